import { initialParameters, type Layout } from '../graph/parameters.ts';
import { seededNormal } from '../image/random.ts';
import { createSession, type Session, type SessionOptions } from '../runtime/index.ts';
import type { TensorData } from '../runtime/tensor.ts';
import { type GeneratorSize, inputChannels, SCALE } from '../upscale/generator.ts';
import type { Batch } from './batches.ts';
import { adaptationStep, type BatchShape, DIRECTIONS } from './step.ts';
import { PATCH } from './texture-losses.ts';

export interface StepRates {
  readonly rate: number;
  /** How much texture counts beside pixels. */
  readonly texture: number;
}

export type Losses = Readonly<
  Record<'loss' | 'pixel_loss' | 'patch_loss' | 'spectrum_loss' | 'd_loss', number>
>;

/** Decay of the running average of the weights. */
const AVERAGE = 0.98;

/** A generator on its way to a style, with its opponent. */
export class AdaptationTrainer {
  /** The running average of the weights: what is judged and kept. */
  readonly average: Float32Array;
  readonly device: string;
  readonly #session: Session;
  readonly #shape: BatchShape;
  readonly #channels: number;
  #vectors: Record<string, Float32Array>;
  #steps = 0;

  private constructor(
    session: Session,
    shape: BatchShape,
    channels: number,
    vectors: Record<string, Float32Array>,
  ) {
    this.#session = session;
    this.#shape = shape;
    this.#channels = channels;
    this.#vectors = vectors;
    this.device = session.device;
    this.average = vectors['theta'].slice();
  }

  /** @param theta the parameters to start from, in the layout of `size` */
  static async create(
    size: GeneratorSize,
    theta: Float32Array,
    shape: BatchShape,
    seed: number,
    options?: SessionOptions,
  ): Promise<AdaptationTrainer> {
    const { model, layout, discriminatorLayout } = adaptationStep(size, shape);
    const opponent = initialParameters(discriminatorLayout, seededNormal(seed));
    const vectors = { ...stateOf(layout, theta, ''), ...stateOf(discriminatorLayout, opponent, 'd_') };
    return new AdaptationTrainer(await createSession(model, options), shape, inputChannels(size), vectors);
  }

  async step(batch: Batch, { rate, texture }: StepRates): Promise<Losses> {
    const { paired, unpaired, edge } = this.#shape;
    const n = paired + unpaired;
    const step = scalar(++this.#steps);
    const directions = [DIRECTIONS, 3, PATCH, PATCH];
    const state = Object.entries(this.#vectors).map(([name, data]) => [name, { dims: [data.length], data }]);
    const outputs = await this.#session.run({
      low: { dims: [n, this.#channels, edge, edge], data: batch.low },
      real: { dims: [n, 3, edge * SCALE, edge * SCALE], data: batch.real },
      directions: { dims: directions, data: batch.directions },
      half_directions: { dims: directions, data: batch.halfDirections },
      texture: scalar(texture),
      rate: scalar(rate),
      step,
      d_rate: scalar(rate),
      d_step: step,
      ...Object.fromEntries(state),
    });
    const names = Object.keys(this.#vectors);
    this.#vectors = Object.fromEntries(names.map((name) => [name, outputs[`${name}_next`].data]));
    this.#updateAverage();
    const losses = Object.entries(outputs).filter(([name]) => name.endsWith('loss'));
    return Object.fromEntries(losses.map(([name, { data }]) => [name, data[0]])) as Losses;
  }

  release(): Promise<void> {
    return this.#session.release();
  }

  /** The decay grows from 0, so that the first parameters are soon forgotten. */
  #updateAverage(): void {
    const keep = Math.min(AVERAGE, this.#steps / (this.#steps + 10));
    const theta = this.#vectors['theta'];
    for (let i = 0; i < theta.length; i++) this.average[i] += (1 - keep) * (theta[i] - this.average[i]);
  }
}

const scalar = (value: number): TensorData => ({ dims: [], data: Float32Array.of(value) });

function stateOf({ size }: Layout, theta: Float32Array, prefix: string): Record<string, Float32Array> {
  const zeros = () => new Float32Array(size);
  return { [`${prefix}theta`]: theta, [`${prefix}m`]: zeros(), [`${prefix}v`]: zeros() };
}
