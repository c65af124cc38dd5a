/** The loop of a training: steps, checkpoints, validation, log, plot and weights. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import type { Schedule } from './configs.ts';
import { MeanLosses } from './mean-losses.ts';
import { plotLog } from './plot.ts';

const LOG_EVERY = 50;
/** No step takes so many seconds: the process was suspended, which is not time spent. */
const PAUSE = 10;

/** What is at hand, or comes from another process. */
export type Awaitable<T> = T | Promise<T>;

/** A network in training. */
export interface Subject {
  /** Of the file of weights. */
  readonly name: string;
  /** Its size and its data, for people. */
  readonly title: string;
  readonly schedule: Schedule;
  /** What `validate` measures, with its unit. */
  readonly measure: string;
  /** A step, counted from 1, `progress` (0..1) through the schedule; its losses by name. */
  step(step: number, progress: number): Promise<Record<string, number>>;
  state(): Awaitable<Record<string, Float32Array>>;
  restore(checkpoint: Checkpoint): Awaitable<void>;
  /** The weights to ship, as an ONNX model. */
  model(): Awaitable<Uint8Array>;
  /** Undefined when there is nothing to validate on. */
  validate(model: Uint8Array): Promise<number | undefined>;
  /** Ends what computes the steps. */
  release?(): Promise<void>;
}

export interface RunOptions {
  readonly steps: number;
  readonly hours: number;
  readonly resume: boolean;
  readonly validateEvery: number;
  /** Folder of checkpoint, log, plot and weights. */
  readonly out: string;
}

export async function runTraining(
  subject: Subject,
  { steps, hours, resume, validateEvery, out }: RunOptions,
): Promise<void> {
  mkdirSync(out, { recursive: true });
  console.log(`${subject.name}: ${subject.title}, ${steps} steps`);
  const [checkpoint, csv] = [join(out, 'checkpoint.bin'), join(out, 'log.csv')];
  const resumed = resume ? readCheckpoint(checkpoint) : null;
  if (resumed) await subject.restore(resumed);
  startLog(csv, resumed?.step ?? 0);

  let seconds = resumed?.seconds ?? 0;
  const most = hours * 3600;
  const losses = new MeanLosses();
  for (let step = (resumed?.step ?? 0) + 1; step <= steps && seconds <= most; step++) {
    const start = performance.now();
    const progress = Math.max(step / steps, seconds / most);
    losses.add(await subject.step(step, progress), step);
    seconds += Math.min(PAUSE, (performance.now() - start) / 1000);
    const last = step === steps || seconds > most;
    if (step % validateEvery === 0 || last) {
      writeCheckpoint(checkpoint, { step, seconds, vectors: await subject.state() });
      const model = await subject.model();
      writeFileSync(join(out, `${subject.name}.onnx`), model);
      report(csv, step, seconds, losses.take(), subject.measure, await subject.validate(model));
      await plotLog(csv, join(out, 'plot.png'), subject.measure);
    } else if (step % LOG_EVERY === 0) report(csv, step, seconds, losses.take(), subject.measure);
  }
  await subject.release?.();
}

/** Keeps the rows of the log up to the step the run goes on from. */
function startLog(csv: string, step: number): void {
  if (step === 0) rmSync(csv, { force: true });
  const rows = existsSync(csv) ? readFileSync(csv, 'utf8').trim().split('\n').slice(1) : [];
  const kept = rows.filter((row) => Number(row.split(',')[0]) <= step);
  writeFileSync(csv, `${['step,seconds,loss,validation,pixel_loss,d_loss', ...kept].join('\n')}\n`);
}

function report(
  csv: string,
  step: number,
  seconds: number,
  losses: Record<string, number>,
  measure: string,
  validation?: number,
): void {
  const cell = (name: string): string => losses[name]?.toPrecision(5) ?? '';
  const row = [
    step,
    seconds.toFixed(1),
    cell('loss'),
    validation?.toPrecision(5) ?? '',
    cell('pixel_loss'),
    cell('d_loss'),
  ];
  appendFileSync(csv, `${row.join(',')}\n`);
  const parts = Object.keys(losses).map((name) => `${name} ${cell(name)}`);
  const validated = validation === undefined ? '' : `  ${measure} ${validation.toPrecision(5)}`;
  console.log(`step ${step}  ${seconds.toFixed(1)} s  ${parts.join('  ')}${validated}`);
}
