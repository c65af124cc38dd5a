/** In which order jobs go: by priority and deadline among those of a token, by weight between tokens. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JobRequestInput } from '../../../protocol/renderer-api/index.ts';
import { jobRequestSchema } from '../../../protocol/renderer-api/index.ts';
import { createJob } from '../../../renderer/server/jobs/create-job.ts';
import { JOB_QUEUE, type QueuedJob } from '../../../renderer/server/jobs/queue.ts';
import { finishJob, startJob } from '../../../renderer/server/jobs/run-state.ts';
import { setTenant } from '../../../renderer/server/jobs/tenants.ts';
import { rotateToken } from '../../../renderer/server/jobs/tokens.ts';
import { failOverdue, takeMostUrgent } from '../../../renderer/server/jobs/urgency.ts';
import { noise } from '../core/pictures/samples.ts';
import { testRenderer } from './renderer.ts';

const renderer = testRenderer({ worker: false });
let picture = '';
type Ordering = Pick<JobRequestInput, 'priority' | 'deadline'>;

beforeAll(async () => {
  picture = await renderer.client.uploadPicture(await noise(24, 24).png().toBuffer());
});
beforeEach(async () => {
  await renderer.database.query('delete from limner.job');
  await renderer.database.query('delete from limner.share');
  await renderer.database.query(`delete from limner_queue.job where name = '${JOB_QUEUE}'`);
});

const create = (id: string, token: string, ordering: Ordering = {}) => {
  const request = jobRequestSchema.parse({ kind: 'upscale', picture, ...ordering });
  return createJob(renderer.database, id, request, {
    tenant: 'default',
    token,
    maxQueue: 1000,
    maxEdge: 8000,
  });
};
const inAnHour = (plus = 0) => new Date(Date.now() + 3_600_000 + plus).toISOString();

/** What a worker would work on next, and does. */
async function next(): Promise<string> {
  const { database } = renderer;
  const fetch = () => database.boss.fetch<QueuedJob>(JOB_QUEUE);
  let [turn] = await fetch();
  // A turn that is just being exchanged is passed over: workers look again.
  while (!turn) [turn] = await fetch();
  const id = await takeMostUrgent(database, turn.data.job);
  const attempt = (await startJob(database, id))!;
  await finishJob(database, attempt, { error: { code: 'INTERNAL', message: '' } });
  await database.boss.complete(JOB_QUEUE, turn.id);
  return id;
}
async function order(count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await next());
  return ids;
}
const positions = (...ids: string[]) =>
  Promise.all(ids.map(async (id) => (await renderer.client.job(id)).position));

describe('of one token', () => {
  it('the highest priority goes first, of equal ones the earliest deadline, then who came first', async () => {
    await create('plain', 'a');
    await create('patient', 'a', { priority: -1 });
    await create('late', 'a', { deadline: inAnHour(1000) });
    await create('soon', 'a', { deadline: inAnHour() });
    await create('urgent', 'a', { priority: 10 });
    const expected = ['urgent', 'soon', 'late', 'plain', 'patient'];
    expect(await positions(...expected)).toEqual([0, 1, 2, 3, 4]);
    const listed = (await renderer.client.jobs()).jobs.toSorted((a, b) => a.position! - b.position!);
    expect(listed.map(({ id }) => id)).toEqual(expected);
    expect(await order(5)).toEqual(expected);
  });

  it('each is worked on once, though many workers draw at once, and each cancelled one leaves the queue', async () => {
    for (let i = 0; i < 6; i++) await create(`low-${i}`, 'a');
    for (let i = 0; i < 6; i++) await create(`high-${i}`, 'a', { priority: 1 + (i % 3) });
    expect(await next()).toBe('high-2');
    await renderer.client.cancelJob('low-0');
    const rest = await Promise.all(Array.from({ length: 10 }, next));
    expect(new Set(rest).size).toBe(10);
    expect(await renderer.database.boss.fetch(JOB_QUEUE)).toEqual([]);
  });
});

describe('of several tokens', () => {
  it('one that hurries delays itself alone', async () => {
    for (let i = 0; i < 8; i++) {
      await create(`a${i}`, 'a');
      await create(`b${i}`, 'b');
    }
    const ids = Array.from({ length: 8 }, (_, i) => `b${i}`);
    const before = await positions(...ids);
    for (let i = 0; i < 5; i++) await create(`urgent-${i}`, 'a', { priority: 10 });
    expect(await positions(...ids)).toEqual(before);
    const done = await order(16);
    expect(done.filter((id) => id.startsWith('b'))).toHaveLength(8);
    expect(done.filter((id) => !id.startsWith('b')).slice(0, 5)).toEqual(
      Array.from({ length: 5 }, (_, i) => `urgent-${i}`),
    );
  });

  it('turns are as the tokens weigh, whatever their priorities', async () => {
    await setTenant(renderer.database, 'default');
    await rotateToken(renderer.database, 'light', { weight: 1 });
    await rotateToken(renderer.database, 'heavy', { weight: 3 });
    for (let i = 0; i < 24; i++) await create(`light-${i}`, 'light', { priority: 10, deadline: inAnHour() });
    for (let i = 0; i < 24; i++) await create(`heavy-${i}`, 'heavy', { priority: i % 2 ? -10 : 0 });
    const heavy = (await order(20)).filter((id) => id.startsWith('heavy')).length;
    expect(heavy).toBeGreaterThanOrEqual(13);
    expect(heavy).toBeLessThanOrEqual(17);
  });
});

describe('a deadline', () => {
  it('that has passed is refused; one that passes while the job waits fails it', async () => {
    const past = create('past', 'a', { deadline: new Date(Date.now() - 1000).toISOString() });
    await expect(past).rejects.toMatchObject({ code: 'DEADLINE_MISSED' });
    await create('missed', 'a', { deadline: inAnHour() });
    await create('made', 'a', { deadline: inAnHour() });
    await renderer.database.query("update limner.job set deadline = now() where id = 'missed'");
    expect(await failOverdue(renderer.database)).toBe(1);
    expect(await renderer.client.job('missed')).toMatchObject({
      state: 'failed',
      error: { code: 'DEADLINE_MISSED', hint: expect.any(String) },
    });
    expect(await order(1)).toEqual(['made']);
    expect(await renderer.database.boss.fetch(JOB_QUEUE)).toEqual([]);
  });
});

it.each([{ priority: 11 }, { priority: 0.5 }, { deadline: 'tomorrow' }])(
  '%j is refused',
  async (ordering) => {
    const job = renderer.client.putJob('refused', { kind: 'upscale', picture, ...ordering });
    await expect(job).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  },
);
