import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JobEvent, JobRequestInput } from '../../../protocol/renderer-api/index.ts';
import { decodePicture } from '../../../renderer/core/pictures/read-picture.ts';
import { noise } from '../core/pictures/samples.ts';
import { joconde, runLimner } from '../run-limner.ts';
import { portraitBytes, referenceBytes, testRenderer } from './renderer.ts';

const renderer = testRenderer();
let [portrait, reference, small, faceless] = ['', '', '', ''];

beforeAll(async () => {
  const { client } = renderer;
  portrait = await client.uploadPicture(await portraitBytes());
  reference = await client.uploadPicture(await referenceBytes());
  small = await client.uploadPicture(await noise(32, 24).png().toBuffer());
  faceless = await client.uploadPicture(await noise(128, 128).png().toBuffer());
});

const upscale = (scale: 2 | 4 = 2): JobRequestInput => ({
  kind: 'upscale',
  picture: small,
  scale,
  weights: 'srgan-lite',
});

async function eventsOf(id: string, after?: number): Promise<JobEvent[]> {
  const events: JobEvent[] = [];
  for await (const event of renderer.client.events(id, { after })) events.push(event);
  return events;
}

describe('a render', () => {
  it('is the picture that the command line makes, pixel for pixel', async () => {
    const { client, folder } = renderer;
    await client.putJob('render', { kind: 'render', portrait, style: { picture: reference } });
    const job = await client.waitForJob('render');
    expect(job).toMatchObject({ state: 'succeeded', percent: 100, position: null, attempts: 1, error: null });
    expect(job.result).toMatchObject({ type: 'picture', width: 240, height: 280, device: 'cpu' });
    const { bytes, mediaType } = await client.result('render');
    expect(mediaType).toBe('image/png');
    await writeFile(folder('portrait.png'), await portraitBytes());
    await runLimner([
      'render',
      folder('portrait.png'),
      '--style',
      joconde,
      '--out',
      folder('cli.png'),
      '--device',
      'cpu',
      '--no-provenance',
    ]);
    const [served, local] = await Promise.all([
      sharp(bytes).raw().toBuffer(),
      sharp(folder('cli.png')).raw().toBuffer(),
    ]);
    expect(served.equals(local)).toBe(true);
  });

  it('in a style that comes with Limner is that in its picture', async () => {
    const { client } = renderer;
    const settings = { quality: 'draft' } as const;
    const picture = await client.uploadPicture(await client.downloadStyle('linocut'));
    await client.putJob('by-id', { kind: 'render', portrait, style: { style: 'linocut' }, settings });
    await client.putJob('by-file', { kind: 'render', portrait, style: { picture }, settings });
    const [byId, byFile] = await Promise.all([client.waitForJob('by-id'), client.waitForJob('by-file')]);
    expect(byId).toMatchObject({ state: 'succeeded' });
    const pixels = async (id: string) =>
      sharp((await client.result(id)).bytes)
        .raw()
        .toBuffer();
    expect((await pixels(byId.id)).equals(await pixels(byFile.id))).toBe(true);
  });

  it('follows its settings', async () => {
    const { client } = renderer;
    const style = { picture: reference };
    await client.putJob('cut-out', {
      kind: 'render',
      portrait,
      style,
      settings: { background: 'transparent' },
      format: 'webp',
    });
    await client.waitForJob('cut-out');
    const { bytes, mediaType } = await client.result('cut-out');
    const { data } = await decodePicture(bytes, 'result');
    expect(mediaType).toBe('image/webp');
    expect(data[3]).toBe(0);
  });

  it('fails for good where there is no face, and says so', async () => {
    const { client, fetch } = renderer;
    await client.putJob('faceless', { kind: 'render', portrait: faceless, style: { picture: reference } });
    expect(await client.waitForJob('faceless')).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: {
        code: 'NO_FACE',
        message: expect.stringMatching(/No face was found[^.]*\.$/),
        hint: expect.stringContaining('clearly visible'),
      },
    });
    const response = await fetch('/v1/jobs/faceless/result');
    expect(response.status).toBe(409);
    expect((await response.json()).error.code).toBe('NO_RESULT');
  });
});

describe('creating', () => {
  it('is idempotent: 201, then 200, and 409 for another request', async () => {
    const put = (body: JobRequestInput) =>
      renderer.fetch('/v1/jobs/twice', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await put(upscale())).status).toBe(201);
    expect((await put(upscale())).status).toBe(200);
    const refused = await put(upscale(4));
    expect(refused.status).toBe(409);
    expect((await refused.json()).error).toMatchObject({
      code: 'JOB_CONFLICT',
      hint: 'Choose another id.',
      requestId: expect.any(String),
    });
    await renderer.client.waitForJob('twice');
  });

  it('by POST chooses an id and says where the job is', async () => {
    const response = await renderer.fetch('/v1/jobs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(upscale()),
    });
    expect(response.status).toBe(201);
    const { id } = await response.json();
    expect(response.headers.get('location')).toBe(`/v1/jobs/${id}`);
    expect((await renderer.client.waitForJob(id)).state).toBe('succeeded');
  });

  it('by POST with an Idempotency-Key makes one job, and waits for it as preferred', async () => {
    const post = (body: JobRequestInput, prefer: string) =>
      renderer.fetch('/v1/jobs', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'order 7', prefer },
        body: JSON.stringify(body),
      });
    const [first, second] = [await post(upscale(), 'respond-async'), await post(upscale(), 'wait=50')];
    expect([first.status, second.status]).toEqual([201, 200]);
    const [before, after] = [await first.json(), await second.json()];
    expect(after).toMatchObject({ id: before.id, state: 'succeeded' });
    expect((await post(upscale(4), '')).status).toBe(409);
  });

  it('refuses pictures and styles that are not there', async () => {
    const absent = 'f'.repeat(64);
    await expect(
      renderer.client.putJob('gone', { ...upscale(), picture: absent } as JobRequestInput),
    ).rejects.toMatchObject({
      status: 422,
      code: 'PICTURE_GONE',
    });
    const style = { style: 'none' };
    await expect(renderer.client.putJob('gone', { kind: 'render', portrait, style })).rejects.toMatchObject({
      code: 'STYLE_GONE',
    });
    await expect(renderer.client.job('gone')).rejects.toMatchObject({ status: 404, code: 'JOB_NOT_FOUND' });
  });
});

describe('events', () => {
  it('tell the whole story in order, and go on after the last one seen', async () => {
    await renderer.client.putJob('story', upscale());
    const all = await eventsOf('story');
    const types = all.map(({ type }) => type).filter((type) => type !== 'progress');
    expect(types).toEqual(['queued', 'started', 'succeeded']);
    expect(all.map(({ id }) => id)).toEqual([...all.map(({ id }) => id)].sort((a, b) => a - b));
    const again = await eventsOf('story', 2);
    expect(again.map(({ type }) => type)).toEqual(['succeeded']);
    expect(await eventsOf('story', again[0].id)).toEqual([]);
  });

  it('that were seen are not told again while the job goes on', async () => {
    const { client } = renderer;
    const large = await client.uploadPicture(await noise(1400, 1300).jpeg().toBuffer());
    await client.putJob('resumed', { kind: 'upscale', picture: large, scale: 4, weights: 'srresnet' });
    let seen = 0;
    for await (const { id, state } of client.events('resumed')) {
      seen = id;
      if (state === 'running') break;
    }
    const later: number[] = [];
    for await (const { id } of client.events('resumed', { after: seen })) {
      later.push(id);
      if (later.length === 1) await client.cancelJob('resumed');
    }
    expect(Math.min(...later)).toBeGreaterThan(seen);
  });

  it('none has a number that no event can have', async () => {
    const headers = { 'last-event-id': '2147483648' };
    expect((await renderer.fetch('/v1/jobs/story/events', { headers })).status).toBe(422);
  });
});

describe('a result', () => {
  it('has an ETag, by which nobody fetches it twice', async () => {
    await renderer.client.putJob('etag', upscale());
    await renderer.client.waitForJob('etag');
    const first = await renderer.fetch('/v1/jobs/etag/result');
    const etag = first.headers.get('etag')!;
    expect((await first.arrayBuffer()).byteLength).toBe(Number(first.headers.get('content-length')));
    const second = await renderer.fetch('/v1/jobs/etag/result', { headers: { 'if-none-match': etag } });
    expect(second.status).toBe(304);
  });
});

describe('a batch', () => {
  it('is a job a portrait; one bad picture fails alone', async () => {
    const { client } = renderer;
    await client.putJob('team', {
      kind: 'batch',
      portraits: [portrait, faceless, portrait],
      style: { picture: reference },
    });
    const job = await client.waitForJob('team');
    expect(job).toMatchObject({
      state: 'succeeded',
      percent: 100,
      children: { total: 3, succeeded: 2, failed: 1, cancelled: 0 },
    });
    const { jobs } = await client.jobs({ parent: 'team' });
    expect(jobs.map(({ id, state }) => `${id} ${state}`).sort()).toEqual([
      'team.0 succeeded',
      'team.1 failed',
      'team.2 succeeded',
    ]);
    expect((await client.result('team.2')).bytes.length).toBeGreaterThan(10_000);
  });
});

describe('listing', () => {
  it('goes newest first, filters, and continues where a page ended', async () => {
    const { client } = renderer;
    for (const id of ['l1', 'l2', 'l3']) await client.putJob(id, upscale());
    await client.waitForJob('l3');
    const first = await client.jobs({ limit: 2, kind: 'upscale' });
    expect(first.jobs.map(({ id }) => id)).toEqual(['l3', 'l2']);
    const second = await client.jobs({ limit: 2, kind: 'upscale', cursor: first.next! });
    expect(second.jobs[0].id).toBe('l1');
    expect((await client.jobs({ state: 'failed' })).jobs.every(({ state }) => state === 'failed')).toBe(true);
    await expect(client.jobs({ cursor: 'nonsense' })).rejects.toMatchObject({
      status: 422,
      code: 'INVALID_REQUEST',
    });
  });
});

describe('cancelling', () => {
  it('stops a running job between tiles; the process goes on with the next one', async () => {
    const { client } = renderer;
    const large = await client.uploadPicture(await noise(1400, 1400).jpeg().toBuffer());
    await client.putJob('long', { kind: 'upscale', picture: large, scale: 4, weights: 'srresnet' });
    for await (const { state } of client.events('long')) if (state === 'running') break;
    expect((await client.cancelJob('long')).state).toBe('cancelled');
    await client.putJob('next', upscale());
    expect((await client.waitForJob('next')).state).toBe('succeeded');
    expect(await client.job('long')).toMatchObject({ state: 'cancelled', result: null });
    expect((await eventsOf('long')).at(-1)).toMatchObject({ type: 'cancelled' });
    // Done is done.
    expect((await client.cancelJob('next')).state).toBe('succeeded');
  });
});

describe('a paused queue', () => {
  const setPaused = (isPaused: boolean) =>
    renderer.fetch('/v1/queue', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ isPaused }),
    });

  it('takes jobs and begins none; afterwards the most urgent goes first', async () => {
    const { client, database } = renderer;
    await setPaused(true);
    await client.putJob('held', upscale());
    // A worker has drawn its turn, and waits.
    const drawn = () =>
      database.query(`select 1 from limner_queue.job where name = 'jobs' and state = 'active'`);
    await expect.poll(drawn).toHaveLength(1);
    await client.putJob('urgent', { ...upscale(), priority: 10 });
    expect(await client.job('held')).toMatchObject({ state: 'queued', attempts: 0 });
    await setPaused(false);
    const ended = await Promise.all(['held', 'urgent'].map((id) => client.waitForJob(id)));
    expect(ended.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    const [held, urgent] = ended.map(({ startedAt }) => Date.parse(startedAt!));
    expect(urgent).toBeLessThan(held);
  }, 120_000);
});

describe('trying again', () => {
  it('of a batch takes what did not succeed, and the batch ends once more', async () => {
    const { client, database } = renderer;
    const request: JobRequestInput = {
      kind: 'batch',
      portraits: [faceless, portrait],
      style: { picture: reference },
    };
    await client.putJob('again', request);
    expect(await client.waitForJob('again')).toMatchObject({ state: 'succeeded', children: { failed: 1 } });
    // What was wrong is put right behind its back.
    await database.query(
      `update limner.job set inputs = array_replace(inputs, $1, $2), request = jsonb_set(request, '{portrait}', to_jsonb($2::text))
       where id = 'again.0'`,
      [faceless, portrait],
    );
    expect(await client.retryJob('again')).toMatchObject({
      state: 'running',
      children: { total: 2, succeeded: 1, failed: 0 },
    });
    expect(await client.waitForJob('again')).toMatchObject({
      state: 'succeeded',
      children: { succeeded: 2 },
    });
    expect(await client.job('again.0')).toMatchObject({ state: 'succeeded', error: null });
    expect((await eventsOf('again.0')).at(-1)).toMatchObject({ type: 'succeeded' });
    await expect(client.retryJob('again')).rejects.toMatchObject({ status: 409, code: 'NOTHING_TO_RETRY' });
  }, 180_000);
});
