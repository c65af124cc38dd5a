/** Training steps by PyTorch (scripts/training/torch): the same networks, losses and state as `Trainer`, in bfloat16. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Layout } from '../../models/graph/parameters.ts';
import { type FrozenLayer, readLayers } from '../../models/upscale/frozen-features.ts';
import { GENERATORS } from '../../models/upscale/generator.ts';
import { ByteReader } from './byte-reader.ts';
import type { Checkpoint } from './checkpoint.ts';
import { rateOf } from './configs.ts';
import type { Crops } from './crops.ts';
import { seedOfStep } from './random.ts';
import {
  CONTENT_DEPTH,
  CONTENT_NETWORK,
  type Recipe,
  recipeOf,
  type TrainerOptions,
  type TrainingEngine,
} from './trainer.ts';
import { keptShare } from './training-state.ts';

type Vectors = Readonly<Record<string, Float32Array>>;

const SCRIPT = fileURLToPath(new URL('torch/serve_steps.py', import.meta.url));
/** Where `python3 -m venv .cache/venv && .cache/venv/bin/pip install torch numpy` puts it, and the one on the path. */
const PYTHONS = [join('.cache', 'venv', 'bin', 'python'), 'python3'];

export class TorchTrainer implements TrainingEngine {
  readonly layout: Layout;
  private readonly options: TrainerOptions;
  private readonly python: ChildProcess;
  private readonly replies: ByteReader;

  private constructor(options: TrainerOptions, recipe: Recipe) {
    this.options = options;
    this.layout = recipe.layout;
    const python = PYTHONS.find((path) => path === 'python3' || existsSync(path))!;
    this.python = spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.replies = new ByteReader(this.python.stdout!);
  }

  /** A trainer with fresh parameters, or with `theta`. @throws Error where python3 has no torch */
  static async create(options: TrainerOptions, theta?: Float32Array): Promise<TorchTrainer> {
    const recipe = recipeOf(options, theta);
    const trainer = new TorchTrainer(options, recipe);
    const { message, vectors } = firstRequest(options, recipe);
    await trainer.ask(message, vectors);
    return trainer;
  }

  async state(): Promise<Record<string, Float32Array>> {
    return (await this.ask({ op: 'state' })).vectors;
  }

  async best(): Promise<Float32Array> {
    const { theta, average } = await this.state();
    return this.options.config.average > 0 ? average : theta;
  }

  async restore({ vectors }: Checkpoint): Promise<void> {
    await this.ask({ op: 'restore' }, vectors);
  }

  async step(step: number, progress: number, crops: readonly Crops[]): Promise<Record<string, number>> {
    const { config, seed } = this.options;
    const request = {
      op: 'step',
      step,
      seed: seedOfStep(seed, step),
      crops: crops.map(({ folder }) => folder),
      rate: rateOf(config, step, progress),
      keep: keptShare(config.average, step),
    };
    return (await this.ask(request)).message;
  }

  async release(): Promise<void> {
    const ended = once(this.python, 'exit');
    this.python.stdin!.end();
    await ended;
  }

  private async ask(message: object, vectors: Vectors = {}) {
    writeRequest(this.python.stdin!, message, vectors);
    return this.answer();
  }

  private async answer(): Promise<{
    message: Record<string, number>;
    vectors: Record<string, Float32Array>;
  }> {
    const { lengths, ...message } = JSON.parse((await this.replies.line()).toString());
    const vectors: Record<string, Float32Array> = {};
    for (const [name, length] of lengths as [string, number][])
      vectors[name] = new Float32Array(Uint8Array.from(await this.replies.bytes(4 * length)).buffer);
    return { message, vectors };
  }
}

/** A line of JSON, then the vectors as float32. */
export function writeRequest(to: Writable, message: object, vectors: Vectors): void {
  const lengths = Object.entries(vectors).map(([name, { length }]) => [name, length]);
  to.write(`${JSON.stringify({ ...message, lengths })}\n`);
  for (const vector of Object.values(vectors))
    to.write(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
}

/** What PyTorch must know before the first step: networks, losses, parameters and frozen features. */
export function firstRequest(options: TrainerOptions, recipe: Recipe): { message: object; vectors: Vectors } {
  const features = contentLayers(options);
  const constants = features.map(({ weights }, i) => [`feature${i}`, weights?.data ?? new Float32Array(0)]);
  const layers = features.map(({ op, weights, geometry }) => ({ op, shape: weights?.shape, ...geometry }));
  return {
    message: { ...jobOf(options, recipe), features: layers },
    vectors: { ...recipe.vectors, average: recipe.vectors['theta'], ...Object.fromEntries(constants) },
  };
}

/** The layers that the content loss compares; none where it does not count. */
const contentLayers = ({ config }: TrainerOptions): FrozenLayer[] =>
  config.adversarial && config.adversarial.weights.content > 0
    ? readLayers(readFileSync(CONTENT_NETWORK), CONTENT_DEPTH)
    : [];

/** What `serve_steps.py` must know before its first step. */
function jobOf({ config, threads, half = true }: TrainerOptions, { layout, discriminatorLayout }: Recipe) {
  const slotsOf = ({ slots }: Layout) => slots.map(({ name, shape, offset }) => [name, shape, offset]);
  const { adversarial, loss, size, batch } = config;
  const generator = GENERATORS[config.network];
  const job = { threads, half, loss, size, batch, generator, slots: slotsOf(layout) };
  if (!adversarial || !discriminatorLayout) return job;
  const { opponent, opponentRate, weights } = adversarial;
  return { ...job, opponent, opponentRate, weights, opponentSlots: slotsOf(discriminatorLayout) };
}
