/** Many small jobs through a renderer whose processes are killed meanwhile, and the books afterwards. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { seededRandom } from '../../models/image/random.ts';
import { isEnded, type Job, RendererError } from '../../protocol/renderer-api/index.ts';
import type { Fleet } from './fleet.ts';
import type { PostgresServer } from './postgres.ts';

export interface LoadOptions {
  readonly jobs: number;
  /** Workers killed. */
  readonly kills: number;
  readonly serverKills: number;
  /** Orderly restarts of the server. */
  readonly restarts: number;
  /** Outages of the database, of some seconds. */
  readonly outages: number;
  readonly database: Pick<PostgresServer, 'pause' | 'resume'> | null;
  readonly seed: number;
  readonly onProgress: (ended: number) => void;
}

export interface LoadReport {
  submitted: number;
  completed: number;
  failed: number;
  /** Never ended, or ended without the result that was promised. */
  lost: number;
  /** Ended more than once. */
  duplicated: number;
  seconds: number;
  /** From being asked for to the end, waiting included. */
  latencyMs: { p50: number; p99: number };
  /** Of `GET /v1/jobs/ID` while workers are busy. */
  getMs: { p50: number; p99: number };
  /** What a job takes beside the work itself, at the median, when nothing waits. */
  overheadMs: number;
  killed: Record<Mishap, number>;
  /** Jobs or results that could be read after their picture was deleted. */
  undead: number;
  /** Resident memory of the server after a quarter of the jobs, and in the end. */
  serverMb: { early: number; late: number };
}

/** Different pictures, so that not everything is the same. */
const PICTURES = 20;
const EDGE = 24;
/** Requests at once. */
const CLIENTS = 8;

export async function runLoad(fleet: Fleet, options: LoadOptions): Promise<LoadReport> {
  const random = seededRandom(options.seed);
  const pictures = await uploadPictures(fleet, random);
  const overheadMs = await measureOverhead(fleet, pictures[0]);
  const run = `load-${Date.now().toString(36)}`;
  const ids = Array.from({ length: options.jobs }, (_, i) => `${run}-${i}`);
  const before = await countEnded(fleet);
  const started = performance.now();
  const probe = new AbortController();
  const getTimes = probeGets(fleet, ids, random, probe.signal);
  const killer = killAtRandom(fleet, options, random);
  await inParallel(ids, (id, i) => submit(fleet, id, pictures[i % PICTURES]));
  const early = await untilEnded(fleet, before + ids.length / 4, options.onProgress);
  const killed = await killer;
  const late = await untilEnded(fleet, before + ids.length, options.onProgress);
  const seconds = (performance.now() - started) / 1000;
  probe.abort();
  const books = await inParallel(ids, (id) => check(fleet, id));
  const count = (test: (book: Book) => boolean) => books.filter(test).length;
  const undead = await deleteAll(fleet, pictures, ids);
  const times = books.map(({ job }) => latency(job)).filter((time) => time !== null);
  return {
    submitted: ids.length,
    completed: count(({ job }) => job?.state === 'succeeded'),
    failed: count(({ job }) => job?.state === 'failed' || job?.state === 'cancelled'),
    lost: count(({ job, isWhole }) => !job || !isEnded(job.state) || (job.state === 'succeeded' && !isWhole)),
    duplicated: count(({ ends }) => ends > 1),
    seconds: round(seconds),
    latencyMs: { p50: percentile(times, 0.5), p99: percentile(times, 0.99) },
    getMs: { p50: percentile(await getTimes, 0.5), p99: percentile(await getTimes, 0.99) },
    overheadMs,
    killed,
    undead,
    serverMb: { early, late },
  };
}

export function uploadPictures({ client }: Fleet, random: () => number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: PICTURES }, async () => {
      const data = Uint8Array.from({ length: EDGE * EDGE * 3 }, () => random() * 256);
      const png = await sharp(data, { raw: { width: EDGE, height: EDGE, channels: 3 } })
        .png()
        .toBuffer();
      return client.uploadPicture(png);
    }),
  );
}

const request = (picture: string) =>
  ({ kind: 'upscale', picture, scale: 2, weights: 'srgan-lite', format: 'png' }) as const;

/** One after another: from creation to the end, less what the render process took. */
async function measureOverhead({ client }: Fleet, picture: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 30; i++) {
    const { id } = await client.putJob(`overhead-${Date.now()}-${i}`, request(picture));
    const job = await client.waitForJob(id);
    times.push(latency(job)! - job.timings['total']);
  }
  // The first jobs load networks.
  return percentile(times.slice(5), 0.5);
}

const submit = ({ client }: Fleet, id: string, picture: string) =>
  patiently(() => client.putJob(id, request(picture)));

/** Tries again while the server is down. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RendererError && error.isTransient)) throw error;
      await pause(200);
    }
  }
}

type Mishap = 'worker' | 'server' | 'restart' | 'outage';

/** One mishap after another, in an order of chance. */
async function killAtRandom(fleet: Fleet, options: LoadOptions, random: () => number) {
  const { kills, serverKills, restarts, outages, database } = options;
  const happen: Record<Mishap, () => Promise<unknown>> = {
    worker: () => fleet.killWorker(random),
    async server() {
      await fleet.killServer();
      await pause(random() * 1000);
      await fleet.startServer();
    },
    async restart() {
      await fleet.stopServer();
      await fleet.startServer();
    },
    async outage() {
      await database?.pause();
      await pause(random() * 5000);
      await database?.resume();
    },
  };
  const killed: Record<Mishap, number> = {
    worker: kills,
    server: serverKills,
    restart: restarts,
    outage: database ? outages : 0,
  };
  const order = Object.entries(killed).flatMap(([kind, count]) => Array<Mishap>(count).fill(kind as Mishap));
  for (const kind of shuffle(order, random)) {
    await pause(1000 + random() * 4000);
    await happen[kind]();
  }
  return killed;
}

/** Deletes all pictures. @returns how many jobs and results can be read all the same */
async function deleteAll(
  { client }: Fleet,
  pictures: readonly string[],
  ids: readonly string[],
): Promise<number> {
  for (const picture of new Set(pictures)) await patiently(() => client.deletePicture(picture));
  const isThere = (ask: () => Promise<unknown>) =>
    patiently(ask).then(
      () => 1,
      () => 0,
    );
  const found = await inParallel(
    ids,
    async (id) => (await isThere(() => client.job(id))) + (await isThere(() => client.result(id))),
  );
  return found.reduce((sum, one) => sum + one, 0);
}

function shuffle<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => [random(), value] as const)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);
}

/** @returns the server's memory then, in MB */
async function untilEnded(
  fleet: Fleet,
  count: number,
  onProgress: LoadOptions['onProgress'],
): Promise<number> {
  for (let ended = 0; ended < count; await pause(250)) {
    ended = await countEnded(fleet);
    onProgress(ended);
  }
  return Math.round(fleet.serverMemory() / 1e6);
}

async function countEnded({ client }: Fleet): Promise<number> {
  const { jobs } = await patiently(() => client.status());
  return jobs.succeeded + jobs.failed + jobs.cancelled;
}

async function probeGets(
  { client }: Fleet,
  ids: readonly string[],
  random: () => number,
  signal: AbortSignal,
) {
  const times: number[] = [];
  while (!signal.aborted) {
    const started = performance.now();
    const isAnswered = await client.job(ids[Math.floor(random() * ids.length)]).then(
      () => true,
      (error: unknown) => error instanceof RendererError && error.status === 404,
    );
    if (isAnswered) times.push(performance.now() - started);
    await pause(20);
  }
  return times;
}

interface Book {
  job: Job | null;
  /** Whether the result is the picture that the job says it is. */
  isWhole: boolean;
  /** How often it ended. */
  ends: number;
}

async function check({ client }: Fleet, id: string): Promise<Book> {
  const job = await patiently(() => client.job(id)).catch(() => null);
  if (job?.state !== 'succeeded' || job.result?.type !== 'picture') return { job, isWhole: false, ends: 0 };
  let ends = 0;
  for await (const event of client.events(id)) if (isEnded(event.state)) ends++;
  const { bytes } = await client.result(id);
  const { width, height } = await sharp(bytes).metadata();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { job, ends, isWhole: sha256 === job.result.sha256 && width === 2 * EDGE && height === 2 * EDGE };
}

const latency = (job: Job | null): number | null =>
  job?.endedAt ? Date.parse(job.endedAt) - Date.parse(job.createdAt) : null;

/** Works on all items, CLIENTS at once. */
export async function inParallel<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const hand = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i], i);
  };
  await Promise.all(Array.from({ length: CLIENTS }, hand));
  return results;
}

const round = (value: number) => Math.round(value * 10) / 10;

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}
