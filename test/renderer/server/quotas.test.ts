/** What a tenant may use, and how often it has its turn. */
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRendererClient, type RendererClient } from '../../../protocol/renderer-api/client/index.ts';
import { finishJob, startJob } from '../../../renderer/server/jobs/run-state.ts';
import { setTenant } from '../../../renderer/server/jobs/tenants.ts';
import { rotateToken } from '../../../renderer/server/jobs/tokens.ts';
import { testRenderer } from './renderer.ts';

const renderer = testRenderer({ worker: false });
let client: RendererClient;
let picture: string;

const square = (size: number, background: string) =>
  sharp({ create: { width: size, height: size, channels: 3, background } })
    .png()
    .toBuffer();
const job = () => ({ kind: 'upscale', picture, scale: 4 }) as const;
const limits = (input: Parameters<typeof setTenant>[2]) => setTenant(renderer.database, 'acme', input);

async function newMember(tenant: string, name = 'member', weight?: number): Promise<RendererClient> {
  await setTenant(renderer.database, tenant);
  const token = await rotateToken(renderer.database, name, { tenant, roles: ['render'], weight });
  return createRendererClient({ baseUrl: renderer.url, token, deadline: 300_000 });
}

beforeAll(async () => {
  client = await newMember('acme');
  picture = await client.uploadPicture(await square(50, 'red'));
});

describe('a tenant', () => {
  it('has no more jobs at a time than it may; others are not hindered', async () => {
    await limits({ maxJobs: 2 });
    await client.putJob('one', job());
    await client.putJob('two', job());
    await expect(client.putJob('three', job())).rejects.toMatchObject({
      status: 429,
      code: 'QUEUE_FULL',
      retryAfter: 30,
    });
    await client.putJob('two', job());
    await expect(client.job('three')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    const others = await newMember('others');
    await others.uploadPicture(await square(50, 'red'));
    await others.putJob('three', job());
    await client.cancelJob('one');
    await client.putJob('three', job());
    await limits({ maxJobs: null });
  });

  it('keeps no more bytes than it may, and may again once it has deleted some', async () => {
    const { bytes } = await limits({});
    expect(bytes).toBe((await client.pictureInfo(picture)).bytes);
    await limits({ maxBytes: bytes + 10 });
    const blue = await square(50, 'blue');
    await expect(client.uploadPicture(blue)).rejects.toMatchObject({
      status: 429,
      code: 'QUOTA_EXCEEDED',
      retryAfter: 600,
    });
    await limits({ maxBytes: bytes });
    await expect(client.putJob('full', job())).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    await limits({ maxBytes: 2 * bytes + 100 });
    const second = await client.uploadPicture(blue);
    await limits({ maxBytes: bytes });
    await client.deletePicture(second);
    expect((await limits({ maxBytes: null })).bytes).toBe(bytes);
  });

  it('is charged pixels times seconds of what ran, whichever way it ended, and waits for the next day', async () => {
    const { database } = renderer;
    const ran = async (id: string, seconds: number) => {
      await client.putJob(id, job());
      const attempt = (await startJob(database, `acme/${id}`))!;
      await database.query(
        `update limner.job set tried_at = clock_timestamp() - make_interval(secs => $2) where id = $1`,
        [`acme/${id}`, seconds],
      );
      return attempt;
    };
    await limits({ maxPixelSeconds: 1e6 });
    const attempt = await ran('charged', 10);
    const error = { code: 'INTERNAL', message: '' };
    await finishJob(database, attempt, { error });
    const pixels = 200 * 200;
    expect((await limits({})).pixelSeconds / pixels).toBeCloseTo(10, -1);
    await ran('stopped', 20);
    await client.cancelJob('stopped');
    expect((await limits({})).pixelSeconds / pixels).toBeCloseTo(30, -1);
    const refused = await client.putJob(`late-${randomUUID()}`, job()).catch((one) => one);
    expect(refused).toMatchObject({ status: 429, code: 'QUOTA_EXCEEDED' });
    expect(refused.retryAfter).toBeGreaterThan(0);
    expect(refused.retryAfter).toBeLessThanOrEqual(86_400);
    await database.query('update limner.usage set day = day - 1');
    await client.putJob('next-day', job());
    await limits({ maxPixelSeconds: null });
  });
});

describe('turns', () => {
  const places = async (member: RendererClient, ids: readonly string[]) => {
    const jobs = await Promise.all(ids.map((id) => member.job(id)));
    return jobs.map(({ position }) => position as number);
  };
  const many = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

  it('come as often as tenant and token weigh', async () => {
    await renderer.database.query('delete from limner.job');
    await renderer.database.query('delete from limner.share');
    const [light, heavy] = [await newMember('light'), await newMember('heavy')];
    await setTenant(renderer.database, 'heavy', { weight: 3 });
    for (const member of [light, heavy]) await member.uploadPicture(await square(50, 'red'));
    for (const id of many('l', 12)) await light.putJob(id, job());
    for (const id of many('h', 12)) await heavy.putJob(id, job());
    const ahead = (await places(light, many('l', 12))).filter(
      (place, _, all) => all.indexOf(place) >= 0 && place < 16,
    );
    expect(ahead.length).toBeGreaterThanOrEqual(3);
    expect(ahead.length).toBeLessThanOrEqual(6);
  });

  it('of a tenant do not grow with its tokens', async () => {
    await renderer.database.query('delete from limner.job');
    await renderer.database.query('delete from limner.share');
    const single = await newMember('light');
    const crowd = await Promise.all(many('t', 6).map((name) => newMember('crowd', name)));
    await crowd[0].uploadPicture(await square(50, 'red'));
    for (const id of many('s', 10)) await single.putJob(id, job());
    for (const [i, member] of crowd.entries())
      for (const id of many(`c${i}-`, 5)) await member.putJob(id, job());
    const ahead = (await places(single, many('s', 10))).filter((place) => place < 20).length;
    expect(ahead).toBeGreaterThanOrEqual(5);
  });
});
