/** What can be seen of jobs that nobody works on. */
import { readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JobRequestInput } from '../../../protocol/renderer-api/index.ts';
import { openInspector } from '../../../renderer/server/intake/inspector.ts';
import { createJob } from '../../../renderer/server/jobs/create-job.ts';
import { deleteJobs } from '../../../renderer/server/jobs/job-store.ts';
import { addPicture } from '../../../renderer/server/jobs/picture-store.ts';
import { deleteExpired } from '../../../renderer/server/jobs/retention.ts';
import { openStorage } from '../../../renderer/server/storage/storage.ts';
import { noise } from '../core/pictures/samples.ts';
import { sha256, testRenderer } from './renderer.ts';

const renderer = testRenderer({ worker: false, limits: { maxQueue: 6 } });
let picture = '';
const storage = () => openStorage(renderer.folder('data', 'storage'));
const request = (scale: 2 | 4 = 2) => ({ kind: 'upscale', picture, scale }) as const;

async function storedFiles(): Promise<string[]> {
  const entries = await readdir(renderer.folder('data', 'storage'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath }) => parentPath);
}

beforeAll(async () => {
  picture = await renderer.client.uploadPicture(await noise(40, 30).png().toBuffer());
});

describe('the queue', () => {
  it('says how many come first, and takes only so many of one token', async () => {
    const { client } = renderer;
    for (let i = 0; i < 3; i++) await client.putJob(`q${i}`, request());
    expect((await client.job('q2')).position).toBe(2);
    await client.cancelJob('q0');
    expect((await client.job('q2')).position).toBe(1);
    const batch = (length: number): JobRequestInput => ({
      kind: 'batch',
      portraits: Array<string>(length).fill(picture),
      style: { picture },
    });
    await expect(client.putJob('too-many', batch(4))).rejects.toMatchObject({
      status: 429,
      code: 'QUEUE_FULL',
      retryAfter: 30,
    });
    await expect(client.job('too-many.0')).rejects.toMatchObject({ status: 404 });
    await client.putJob('two', batch(2));
    expect(await client.cancelJob('two')).toMatchObject({
      state: 'cancelled',
      children: { total: 2, cancelled: 2 },
    });
    expect((await client.job('two.1')).state).toBe('cancelled');
    expect(await (await renderer.fetch('/v1/jobs/q1/result')).json()).toMatchObject({
      error: { code: 'JOB_NOT_ENDED' },
    });
    for (const id of ['q1', 'q2']) await client.deleteJob(id);
    await expect(client.job('q1')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
  });

  it('turns: whoever asks for little is not kept waiting by whoever asks for much', async () => {
    const { database, client } = renderer;
    const options = { tenant: 'default', maxQueue: 1000, maxEdge: 8000 };
    const create = (id: string, token: string) =>
      createJob(database, id, { ...request(), format: 'png' }, { ...options, token });
    for (let i = 0; i < 60; i++) await create(`much-${i}`, 'much');
    for (let i = 0; i < 3; i++) await create(`little-${i}`, 'little');
    const places = await Promise.all(
      ['little-0', 'little-1', 'little-2'].map(async (id) => (await client.job(id)).position),
    );
    expect(places).toEqual([2, 4, 6].map((place) => expect.closeTo(place, -1)));
    expect(Math.max(...(places as number[]))).toBeLessThan(8);
    // Nor does much wait for ever behind little, of which there is always more.
    for (let i = 3; i < 40; i++) await create(`little-${i}`, 'little');
    expect((await client.job('much-10')).position).toBeLessThan(25);
    const ids = await database.query<{ id: string }>(
      "select id from limner.job where token in ('much', 'little')",
    );
    await deleteJobs(
      database,
      storage(),
      ids.map(({ id }) => id),
    );
    // Turns that were used while nobody else waited are not held against anybody.
    await create('fresh', 'much');
    await create('other', 'little');
    expect((await client.job('fresh')).position).toBe(0);
    await deleteJobs(database, storage(), ['fresh', 'other']);
  });

  it('refuses results over the longest edge before they wait', async () => {
    const wide = await renderer.client.uploadPicture(await noise(2100, 20).png().toBuffer());
    const job = renderer.client.putJob('wide', { kind: 'upscale', picture: wide, scale: 4 });
    await expect(job).rejects.toMatchObject({ status: 422, code: 'OUTPUT_TOO_LARGE' });
  });
});

describe('pictures', () => {
  it('are kept once, however often they are sent', async () => {
    const bytes = await noise(50, 50).png().toBuffer();
    const before = (await storedFiles()).length;
    const put = () =>
      renderer.fetch(`/v1/pictures/${sha256(bytes)}`, {
        method: 'PUT',
        body: bytes as BodyInit,
        headers: { 'content-type': 'application/octet-stream' },
      });
    const statuses = await Promise.all([put(), put(), put()].map(async (one) => (await one).status));
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect((await put()).status).toBe(200);
    await deleteExpired(renderer.database, storage(), 3600);
    expect((await storedFiles()).length).toBe(before + 1);
  });

  it('are kept upright, with no word of where they were taken', async () => {
    const exif = { IFD0: { Copyright: 'Jane' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } };
    const bytes = await noise(60, 40).jpeg().withExif(exif).withMetadata({ orientation: 6 }).toBuffer();
    expect((await sharp(bytes).metadata()).exif).toBeDefined();
    const inspector = openInspector();
    const store = { database: renderer.database, storage: storage(), inspector };
    const { picture: kept } = await addPicture(store, 'default', sha256(bytes), bytes, 1e6);
    inspector.close();
    expect(kept).toMatchObject({ width: 40, height: 60 });
    const [{ key }] = await renderer.database.query<{ key: string }>(
      'select key from limner.picture where sha256 = $1',
      [kept.sha256],
    );
    const stored = await storage().get(key);
    const { exif: found, orientation, width } = await sharp(stored).metadata();
    expect({ found, orientation, width }).toEqual({ found: undefined, orientation: undefined, width: 40 });
    expect(Buffer.from(stored).includes('Jane')).toBe(false);
  });

  it('deleted, are gone with their bytes and every job that used them', async () => {
    const { client, database } = renderer;
    const bytes = await noise(44, 44).png().toBuffer();
    const doomed = await client.uploadPicture(bytes);
    await client.putJob('doomed', { kind: 'upscale', picture: doomed, scale: 2 });
    await client.deletePicture(doomed);
    await expect(client.pictureInfo(doomed)).rejects.toMatchObject({
      status: 404,
      code: 'PICTURE_NOT_FOUND',
    });
    await expect(client.job('doomed')).rejects.toMatchObject({ status: 404 });
    expect((await storedFiles()).filter((path) => path.includes(doomed) || path.includes('doomed'))).toEqual(
      [],
    );
    expect(await database.query('select * from limner.event where job = $1', ['doomed'])).toEqual([]);
  });
});

describe('retention', () => {
  it('deletes what is old, and spares what a job still needs', async () => {
    const { client, database } = renderer;
    const [old, needed] = await Promise.all(
      [45, 46].map(async (edge) => client.uploadPicture(await noise(edge, edge).png().toBuffer())),
    );
    await client.putJob('waits', { kind: 'upscale', picture: needed, scale: 2 });
    await client.putJob('ended', request());
    await client.cancelJob('ended');
    await database.query(`update limner.picture set used_at = now() - interval '2 hours'`);
    await database.query(`update limner.job set ended_at = now() - interval '2 hours' where id = 'ended'`);
    await deleteExpired(database, storage(), 3600);
    await expect(client.pictureInfo(old)).rejects.toMatchObject({ status: 404 });
    await expect(client.job('ended')).rejects.toMatchObject({ status: 404 });
    expect((await client.pictureInfo(needed)).sha256).toBe(needed);
    expect((await storedFiles()).some((path) => path.includes(old))).toBe(false);
  });
});

describe('styles', () => {
  it('that are no style files are refused', async () => {
    const upload = renderer.client.uploadStyle('mona', await noise(32, 32).png().toBuffer());
    await expect(upload).rejects.toMatchObject({ status: 422, code: 'STYLE_DAMAGED' });
    expect((await renderer.client.styles()).filter(({ builtIn }) => !builtIn)).toEqual([]);
    await expect(renderer.client.downloadStyle('mona')).rejects.toMatchObject({ code: 'STYLE_NOT_FOUND' });
  });
});
