/** Deleted is deleted: whole or not at all, whatever fails meanwhile, and nothing else with it. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { deletePicture } from '../../../renderer/server/jobs/picture-store.ts';
import { reconcile } from '../../../renderer/server/jobs/reconcile.ts';
import { finishJob, MOST_LOSSES, returnJobs, startJob } from '../../../renderer/server/jobs/run-state.ts';
import { discardKeys, emptyTrash, expectKey } from '../../../renderer/server/jobs/trash.ts';
import { openStorage, type Storage } from '../../../renderer/server/storage/storage.ts';
import { ProcessLost } from '../../../renderer/server/worker/render-process.ts';
import { workOnJob } from '../../../renderer/server/worker/work-on-job.ts';
import { noise } from '../core/pictures/samples.ts';
import { svg } from '../export/frames.ts';
import { sha256, testRenderer } from './renderer.ts';

const renderer = testRenderer({ worker: false });
const bytes = new TextEncoder().encode('the result');
let storage: Storage;
let edge = 40;
beforeAll(() => {
  storage = openStorage(renderer.folder('data', 'storage'));
});

/** A job of a picture of its own. */
async function newJob(id: string): Promise<string> {
  const picture = await renderer.client.uploadPicture(await noise(edge++, 30).png().toBuffer());
  await renderer.client.putJob(id, { kind: 'upscale', picture, scale: 2 });
  return picture;
}

/** Its result, as a worker leaves it. @returns where it lies */
async function finish(id: string): Promise<string> {
  const { database } = renderer;
  const key = `results/${id}/${randomUUID()}`;
  const attempt = (await startJob(database, id))!;
  await expectKey(database, key);
  await storage.put(key, bytes);
  const facts = { sha256: sha256(bytes), bytes: bytes.length, mediaType: 'image/png', width: 9, height: 9 };
  const result = { type: 'picture' as const, ...facts, device: 'cpu', faces: [], warnings: [] };
  expect(await finishJob(database, attempt, { result, resultKey: key })).toBe(true);
  return key;
}

const isStored = (key: string) =>
  storage.get(key).then(
    () => true,
    () => false,
  );

const failing = (isFailing: (key: string) => boolean): Storage => ({
  ...storage,
  delete: (key) => (isFailing(key) ? Promise.reject(new Error('no')) : storage.delete(key)),
});

describe('deleting a picture', () => {
  it('is one step: a process that ends in the middle leaves all of it or nothing', async () => {
    const { database, client } = renderer;
    const picture = await newJob('whole');
    const key = await finish('whole');
    let steps = 0;
    const died = () => Promise.reject(new Error('The process was killed.'));
    const dying = {
      ...database,
      query: died,
      transaction: (work: never) => (steps++ === 0 ? database.transaction(work) : died()),
    } as typeof database;
    await deletePicture(dying, storage, 'default', picture).catch(() => undefined);
    const left = await Promise.allSettled([
      client.pictureInfo(picture),
      client.job('whole'),
      client.result('whole'),
    ]);
    expect(new Set(left.map(({ status }) => status)).size).toBe(1);
    await client.deletePicture(picture).catch(() => undefined);
    await emptyTrash(database, storage);
    await expect(client.job('whole')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    expect(await isStored(key)).toBe(false);
  });

  it.each([
    ['as an image', (href: string) => `<image width="9" height="9" href="${href}"/>`],
    ['in a filter', (href: string) => `<filter id="f"><feImage href="${href}"/></filter>`],
    ['in a style', (href: string) => `<style>rect{background:url(${href})}</style>`],
  ])('takes the frames that embed it %s along, and what was made of them', async (how, embed) => {
    const { client } = renderer;
    const png = await noise(36, 36).png().toBuffer();
    const image = embed(`data:image/png;base64,${png.toString('base64')}`);
    const frame = await client.uploadPicture(Buffer.from(svg(9, 9, image)));
    const framed = how.replaceAll(' ', '-');
    const style = { picture: await newJob(`style-${framed}`) };
    await client.putJob(framed, { kind: 'export', frame, style });
    await client.uploadPicture(png);
    await client.deletePicture(sha256(png));
    await expect(client.pictureInfo(frame)).rejects.toMatchObject({ status: 404 });
    await expect(client.job(framed)).rejects.toMatchObject({ status: 404 });
    expect((await client.pictureInfo(style.picture)).sha256).toBe(style.picture);
  });

  it('answers, and is done, also while the storage removes nothing; the bytes go when it can', async () => {
    const { database, client } = renderer;
    const picture = await newJob('stuck');
    const key = await finish('stuck');
    await deletePicture(
      database,
      failing(() => true),
      'default',
      picture,
    );
    await expect(client.result('stuck')).rejects.toMatchObject({ status: 404 });
    expect(await isStored(key)).toBe(true);
    await database.query("update limner.trash set due = now() where due < now() + interval '1 minute'");
    await emptyTrash(database, storage);
    expect(await isStored(key)).toBe(false);
  });
});

describe('the trash', () => {
  it('one key that cannot be removed keeps no other; it is tried again, later each time', async () => {
    const { database } = renderer;
    await storage.put('pictures/a/1', bytes);
    await storage.put('pictures/b/1', bytes);
    await discardKeys(database, ['pictures/a/1', 'pictures/b/1']);
    const half = failing((key) => key === 'pictures/a/1');
    await emptyTrash(database, half);
    expect([await isStored('pictures/a/1'), await isStored('pictures/b/1')]).toEqual([true, false]);
    const wait = async () => {
      const [row] = await database.query<{ attempts: number; wait: number }>(
        `select attempts, round(extract(epoch from due - now()))::int as wait from limner.trash where key = 'pictures/a/1'`,
      );
      return row;
    };
    const first = await wait();
    await database.query("update limner.trash set due = now() where key = 'pictures/a/1'");
    await emptyTrash(database, half);
    const second = await wait();
    expect([first.attempts, second.attempts]).toEqual([1, 2]);
    expect(second.wait).toBeGreaterThan(first.wait);
  });

  it('of an old job never holds the result of a new one of the same name', async () => {
    const { database, client } = renderer;
    await newJob('again');
    await finish('again');
    await database.query("delete from limner.job where id = 'again'");
    await client.deleteJob('again').catch(() => undefined);
    await newJob('again');
    const first = await finish('again');
    await client.deleteJob('again');
    await newJob('again');
    const second = await finish('again');
    expect(second).not.toBe(first);
    await discardKeys(database, [first]);
    await emptyTrash(database, storage);
    expect((await client.result('again')).bytes).toEqual(bytes);
  });

  it('takes a result that is written after its job was deleted', async () => {
    const { database, client, folder } = renderer;
    await newJob('late');
    let written = '';
    const process = {
      async run({ resultKey }: { resultKey: string }) {
        await client.deleteJob('late');
        await storage.put(resultKey, bytes);
        written = resultKey;
        return { result: { type: 'picture', width: 1, height: 1 }, timings: {} };
      },
    };
    const watch = { onChange: () => () => undefined, onCancel: () => () => undefined };
    const context = {
      database,
      storage: openStorage(folder('data', 'storage')),
      watch,
      process,
      maxSeconds: 60,
    };
    const stopping = new AbortController().signal;
    await workOnJob('late', stopping, { ...context, stopping, onEvent: () => undefined } as never);
    expect(written).toMatch(/^results\/late\//);
    expect(await isStored(written)).toBe(false);
  });
});

describe('what an attempt at a sequence has kept', () => {
  const MADE = { result: { type: 'picture', width: 1, height: 1 }, timings: {} };

  /** Keeps a picture, and ends as it is told. @returns what it was told and has kept */
  async function attempt(id: string, end: () => object): Promise<{ earlier: string[]; key: string }> {
    const told = { earlier: [] as string[], key: '' };
    const process = {
      async run({ kept }: { kept: { earlier: string[]; key: string } }) {
        told.earlier = kept.earlier;
        told.key = `${kept.key}/000001.png`;
        await storage.put(told.key, bytes);
        return end();
      },
    };
    const watch = { onCancel: () => () => undefined };
    const { signal } = new AbortController();
    const context = { database: renderer.database, storage, watch, process, maxSeconds: 60 };
    await workOnJob(id, signal, { ...context, stopping: signal, onEvent: () => undefined } as never).catch(
      () => undefined,
    );
    return told;
  }

  const killed = () => {
    throw new ProcessLost('It was killed.');
  };

  async function newSequence(id: string): Promise<void> {
    await newJob(id);
    await renderer.database.query("update limner.job set kind = 'sequence' where id = $1", [id]);
  }

  it('is told to the next one, and goes when the job is deleted', async () => {
    await newSequence('long');
    const first = await attempt('long', killed);
    const second = await attempt('long', killed);
    expect(first.earlier).toEqual([]);
    expect(second.earlier.map((key) => `${key}/000001.png`)).toEqual([first.key]);
    expect([await isStored(first.key), await isStored(second.key)]).toEqual([true, true]);
    await renderer.client.deleteJob('long');
    expect([await isStored(first.key), await isStored(second.key)]).toEqual([false, false]);
  });

  it.each([
    ['succeeds', () => MADE],
    ['fails', () => ({ error: { code: 'NO_FACE', message: 'Nobody.' }, isTransient: false })],
  ])('goes when the job %s', async (how, end) => {
    await newSequence(how);
    const { key: left } = await attempt(how, killed);
    const { key } = await attempt(how, end);
    expect([await isStored(left), await isStored(key)]).toEqual([false, false]);
  });

  it('goes when it is due where whoever kept it is no more', async () => {
    const { database } = renderer;
    await newSequence('forsaken');
    const { key } = await attempt('forsaken', killed);
    await database.query("update limner.trash set due = now() where starts_with(key, 'kept/forsaken/')");
    await emptyTrash(database, storage);
    expect(await isStored(key)).toBe(false);
  });
});

describe('a job in the queue', () => {
  const queued = async (id: string) =>
    renderer.database.query<{ state: string; retries: number }>(
      `select queued.state, queued.retry_count as retries from limner_queue.job as queued
       join limner.job on job.queue_id = queued.id where job.id = $1`,
      [id],
    );

  it('is given back as often as it takes, and no try is counted', async () => {
    const { database } = renderer;
    await newJob('returned');
    for (let i = 0; i < 3 * MOST_LOSSES; i++) {
      await startJob(database, 'returned');
      await database.transaction((tx) => returnJobs(database, tx, ['returned']));
    }
    const [job] = await database.query("select state, losses from limner.job where id = 'returned'");
    expect(job).toEqual({ state: 'queued', losses: 0 });
    expect(await queued('returned')).toEqual([{ state: 'created', retries: 0 }]);
  });

  it('that the queue has forgotten is queued again; what it has not is left alone', async () => {
    const { database } = renderer;
    await newJob('forgotten');
    await newJob('known');
    const before = await queued('known');
    await database.query(
      "delete from limner_queue.job as queued using limner.job where job.queue_id = queued.id and job.id = 'forgotten'",
    );
    await reconcile(database);
    expect((await queued('forgotten')).map(({ state }) => state)).toEqual(['created']);
    expect(await queued('known')).toEqual(before);
  });

  it('that was lost too often is to blame itself', async () => {
    const { database, client } = renderer;
    await newJob('deadly');
    for (let i = 0; i <= MOST_LOSSES; i++) await startJob(database, 'deadly');
    const context = { database, storage, watch: { onCancel: () => () => undefined }, maxSeconds: 60 };
    await workOnJob('deadly', new AbortController().signal, context as never);
    expect(await client.job('deadly')).toMatchObject({ state: 'failed', error: { code: 'WORKER_LOST' } });
  });
});
