/** Many small jobs through a renderer whose processes are killed meanwhile, and the books afterwards. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { seededRandom } from '../../models/image/random.ts';
import type { RendererClient } from '../../protocol/renderer-api/client/index.ts';
import { isEnded, type Job, RendererError } from '../../protocol/renderer-api/index.ts';
import { inParallel, patiently, percentile, round, sum } from './asking.ts';
import type { Fleet, Memory } from './fleet.ts';
import { haveMishaps, type Mishap, type MishapOptions } from './mishaps.ts';
import {
  comeAgain,
  countForeign,
  countReadable,
  deleteDoomed,
  deletePictures,
  EDGE,
  makeTasks,
  request,
  submit,
  type Task,
  uploadPictures,
} from './tasks.ts';

export interface LoadOptions extends MishapOptions {
  readonly jobs: number;
  /** Who share the renderer; each chooses the same ids. */
  readonly tenants: number;
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
  mishaps: Record<Mishap, number>;
  /** Jobs whose picture was deleted while they waited or were at work. */
  deleted: number;
  /** Jobs or results that could be read after their picture was deleted. */
  undead: number;
  /** Jobs of one tenant that another could read. */
  foreign: number;
  /** Resident memory (MB) of server and render process, at the median: while 10 to 20 % of the jobs had ended, and 90 to 100 %. */
  memory: { early: Memory; late: Memory };
}

export async function runLoad(fleet: Fleet, options: LoadOptions): Promise<LoadReport> {
  const random = seededRandom(options.seed);
  const [first] = await uploadPictures(fleet.client, random, 1);
  const overheadMs = await measureOverhead(fleet, first);
  const tasks = await makeTasks(fleet, options, random);
  const kept = tasks.filter(({ isDoomed }) => !isDoomed);
  const started = performance.now();
  const probe = new AbortController();
  const getTimes = probeGets(tasks, random, probe.signal);
  const mishaps = haveMishaps(fleet, options, random);
  await inParallel(tasks, submit);
  const doomed = tasks.filter(({ isDoomed }) => isDoomed);
  const memory = new MemoryLog(fleet, kept.length);
  const onProgress = (ended: number) => {
    memory.sample(ended);
    options.onProgress(ended);
  };
  await untilEnded(kept, kept.length / 4, onProgress);
  await deleteDoomed(fleet, doomed);
  const happened = await mishaps;
  await untilEnded(kept, kept.length, onProgress);
  const seconds = (performance.now() - started) / 1000;
  probe.abort();
  const books = await inParallel(kept, check);
  const count = (test: (book: Book) => boolean) => books.filter(test).length;
  const foreign = await countForeign(kept);
  await deletePictures(kept);
  const undead = await countReadable(await comeAgain(fleet, tasks));
  const times = books.map(({ job }) => latency(job)).filter((time) => time !== null);
  return {
    submitted: tasks.length,
    completed: count(({ job }) => job?.state === 'succeeded'),
    failed: count(({ job }) => job?.state === 'failed' || job?.state === 'cancelled'),
    lost: count(({ job, isWhole }) => !job || !isEnded(job.state) || (job.state === 'succeeded' && !isWhole)),
    duplicated: count(({ ends }) => ends > 1),
    seconds: round(seconds),
    latencyMs: { p50: percentile(times, 0.5), p99: percentile(times, 0.99) },
    getMs: { p50: percentile(await getTimes, 0.5), p99: percentile(await getTimes, 0.99) },
    overheadMs,
    mishaps: happened,
    deleted: doomed.length,
    undead,
    foreign,
    memory: { early: memory.between(0.1, 0.2), late: memory.between(0.9, 1) },
  };
}

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

async function untilEnded(
  tasks: readonly Task[],
  count: number,
  onProgress: LoadOptions['onProgress'],
): Promise<void> {
  const clients = [...new Set(tasks.map(({ client }) => client))];
  for (let ended = 0; ended < count; await pause(500)) {
    ended = sum(await Promise.all(clients.map(countEnded)));
    onProgress(ended);
  }
}

/** What processes had of memory, by how many of the jobs had ended. */
class MemoryLog {
  readonly #fleet: Fleet;
  readonly #count: number;
  readonly #samples: (Memory & { readonly share: number })[] = [];

  constructor(fleet: Fleet, count: number) {
    this.#fleet = fleet;
    this.#count = count;
  }

  sample(ended: number): void {
    this.#samples.push({ share: ended / this.#count, ...this.#fleet.memory() });
  }

  between(low: number, high: number): Memory {
    const within = this.#samples.filter(({ share }) => share >= low && share <= high);
    const median = (of: keyof Memory) =>
      percentile(within.map((one) => one[of]).filter(Number.isFinite), 0.5);
    return { server: median('server'), renderer: median('renderer') };
  }
}

async function countEnded(client: RendererClient): Promise<number> {
  const { jobs } = await patiently(() => client.status());
  return jobs.succeeded + jobs.failed + jobs.cancelled;
}

async function probeGets(tasks: readonly Task[], random: () => number, signal: AbortSignal) {
  const times: number[] = [];
  while (!signal.aborted) {
    const { client, id } = tasks[Math.floor(random() * tasks.length)];
    const started = performance.now();
    const isAnswered = await client.job(id).then(
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

async function check({ client, id }: Task): Promise<Book> {
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
