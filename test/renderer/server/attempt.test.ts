/** One attempt at a job, worked on by a process that does as it is told. */
import { beforeAll, expect, it } from 'vitest';
import { LimnerError } from '../../../models/errors.ts';
import { failureOf } from '../../../renderer/core/errors.ts';
import { MOST_LOSSES } from '../../../renderer/server/jobs/run-state.ts';
import { openStorage, type Storage } from '../../../renderer/server/storage/storage.ts';
import { ProcessLost } from '../../../renderer/server/worker/render-process.ts';
import type { WorkEvent } from '../../../renderer/server/worker/work-event.ts';
import { workOnJob } from '../../../renderer/server/worker/work-on-job.ts';
import { noise } from '../core/pictures/samples.ts';
import { testRenderer } from './renderer.ts';

type Order = { readonly resultKey: string };
type Run = { readonly signal: AbortSignal; readonly onProgress: (progress: object) => void };

const renderer = testRenderer({ worker: false });
const FILE = { sha256: 'a'.repeat(64), bytes: 9, mediaType: 'image/png', width: 40, height: 30 };
const MADE = {
  result: { type: 'picture', ...FILE, device: 'cpu', faces: [], warnings: [] },
  timings: { paint: 5 },
};
let storage: Storage;
let picture = '';
beforeAll(async () => {
  storage = openStorage(renderer.folder('data', 'storage'));
  picture = await renderer.client.uploadPicture(await noise(40, 30).png().toBuffer());
});

const newJob = (id: string, more: object = {}) =>
  renderer.client.putJob(id, { kind: 'upscale', picture, scale: 2, ...more } as never);
const jobOf = (id: string) => renderer.client.job(id);

/** @returns what the worker told of it, and what it gave back to the queue */
async function attempt(
  id: string,
  run: (order: Order, options: Run) => unknown,
  more: {
    maxSeconds?: number;
    stopping?: AbortSignal;
    onCancel?: (id: string, cancel: () => void) => void;
  } = {},
): Promise<{ events: WorkEvent[]; again: string | null }> {
  const events: WorkEvent[] = [];
  const { signal } = new AbortController();
  const watch = {
    onCancel: (job: string, cancel: () => void) => {
      more.onCancel?.(job, cancel);
      return () => undefined;
    },
  };
  const context = {
    ...{
      database: renderer.database,
      storage,
      watch,
      process: { run: async (...a: [Order, Run]) => run(...a) },
    },
    ...{ maxSeconds: 60, stopping: signal, onEvent: (event: WorkEvent) => void events.push(event), ...more },
  };
  const again = await workOnJob(id, signal, context as never).then(
    () => null,
    (error: Error) => error.message,
  );
  return { events, again };
}

const ending = (error: unknown) => () => {
  throw error;
};
/** Waits until it is told to stop. */
const stopped = (_: Order, { signal }: Run) =>
  new Promise((done) => {
    const cancelled = new LimnerError('CANCELLED', 'Cancelled.');
    signal.addEventListener('abort', () => done({ error: failureOf(cancelled), isTransient: false }));
  });

it('that succeeds is told with its pixels and times', async () => {
  await newJob('made');
  const { events } = await attempt('made', () => MADE);
  expect(events).toMatchObject([
    { job: 'made', kind: 'upscale', attempt: 1, outcome: 'succeeded', pixels: 1200, timings: { paint: 5 } },
  ]);
  expect(await jobOf('made')).toMatchObject({ state: 'succeeded' });
});

it('whose process takes too much memory fails at once, and says so', async () => {
  await newJob('large');
  const { events, again } = await attempt('large', ending(new ProcessLost('Killed.', true)));
  expect(again).toBeNull();
  expect(events).toMatchObject([{ outcome: 'failed', code: 'WORKER_LOST' }]);
  const { state, error } = await jobOf('large');
  expect([state, error?.message]).toEqual(['failed', 'The job takes more memory than it may.']);
});

it('whose process is lost is made again, so many times', async () => {
  await newJob('unlucky');
  for (let i = 1; i < MOST_LOSSES; i++) {
    const { events, again } = await attempt('unlucky', ending(new ProcessLost('Killed.')));
    expect(again).toContain('ended unexpectedly');
    expect(events).toMatchObject([{ attempt: i, outcome: 'returned', code: 'WORKER_LOST' }]);
    expect(await jobOf('unlucky')).toMatchObject({ state: 'queued' });
  }
  const { events, again } = await attempt('unlucky', ending(new ProcessLost('Killed.')));
  expect([again, events[0].outcome]).toEqual([null, 'failed']);
  expect((await jobOf('unlucky')).error?.message).toContain('ended unexpectedly');
});

it('that takes too long has timed out, whether its process stops or is lost', async () => {
  for (const [id, run] of [
    ['slow', stopped],
    [
      'stuck',
      async (order: Order, options: Run) => {
        await stopped(order, options);
        throw new ProcessLost('Killed.');
      },
    ],
  ] as const) {
    await newJob(id);
    const { events } = await attempt(id, run, { maxSeconds: 0.05 });
    expect(events).toMatchObject([{ outcome: 'failed', code: 'JOB_TIMED_OUT' }]);
    expect(await jobOf(id)).toMatchObject({ state: 'failed', error: { code: 'JOB_TIMED_OUT' } });
  }
});

it('that a deadline ends is told by it', async () => {
  await newJob('late', { deadline: new Date(Date.now() + 3_600_000).toISOString() });
  // However long it took until here: now it has begun, or has passed already.
  await renderer.database.query(
    "update limner.job set deadline = now() + interval '300 ms' where id = 'late'",
  );
  await attempt('late', stopped);
  expect(await jobOf('late')).toMatchObject({ state: 'failed', error: { code: 'DEADLINE_MISSED' } });
});

it('of a job that is cancelled meanwhile is cancelled, not failed', async () => {
  await newJob('unwanted');
  const onCancel = (_: string, cancel: () => void) => void renderer.client.cancelJob('unwanted').then(cancel);
  const { events } = await attempt('unwanted', stopped, { onCancel });
  expect(events).toMatchObject([{ outcome: 'cancelled', code: 'CANCELLED' }]);
  expect(await jobOf('unwanted')).toMatchObject({ state: 'cancelled' });
});

it('is given back by a worker that stops, and costs nothing', async () => {
  await newJob('returned');
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  const { events, again } = await attempt('returned', stopped, { stopping: stop.signal });
  expect([again, events[0].outcome]).toEqual([null, 'returned']);
  expect(await jobOf('returned')).toMatchObject({ state: 'queued' });
  expect((await attempt('returned', () => MADE)).events).toMatchObject([{ outcome: 'succeeded' }]);
});

it('that fails by an error of its own tells that error; by another one is made again', async () => {
  await newJob('blank');
  await attempt('blank', ending(new LimnerError('BAD_OUTPUT', 'The picture is black.')));
  expect(await jobOf('blank')).toMatchObject({ state: 'failed', error: { code: 'BAD_OUTPUT' } });
  await newJob('unplugged');
  const { again } = await attempt('unplugged', ending(new Error('connect ECONNREFUSED')));
  expect(again).toBe('connect ECONNREFUSED');
});

it('writes its progress down, the latest at last', async () => {
  await newJob('moving');
  await attempt('moving', async (_, { onProgress }) => {
    for (const percent of [10, 40, 70]) onProgress({ percent, stage: 'paint' });
    await expect.poll(async () => (await jobOf('moving')).percent).toBe(70);
    return MADE;
  });
  expect(await jobOf('moving')).toMatchObject({ state: 'succeeded', percent: 100 });
});

it('of nothing that waits is none', async () => {
  await newJob('done');
  await attempt('done', () => MADE);
  const { events } = await attempt('done', ending(new Error('never called')));
  expect(events).toEqual([]);
});
