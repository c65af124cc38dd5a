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

export type Losses = Readonly<Record<'loss' | 'pixel_loss' | 'patch_loss' | 'spectrum_loss', number>>;

/** Decay of the running average of the weights. */
const AVERAGE = 0.98;

/** A generator on its way to a style. */
export class AdaptationTrainer {
  /** The running average of the weights: what is judged and kept. */
  readonly average: Float32Array;
  readonly device: string;
  readonly #session: Session;
  readonly #shape: BatchShape;
  readonly #channels: number;
  #state: Readonly<Record<'theta' | 'm' | 'v', Float32Array>>;
  #steps = 0;

  private constructor(session: Session, shape: BatchShape, channels: number, theta: Float32Array) {
    this.#session = session;
    this.#shape = shape;
    this.#channels = channels;
    this.#state = { theta, m: new Float32Array(theta.length), v: new Float32Array(theta.length) };
    this.device = session.device;
    this.average = theta.slice();
  }

  /** @param theta the parameters to start from, in the layout of `size` */
  static async create(
    size: GeneratorSize,
    theta: Float32Array,
    shape: BatchShape,
    options?: SessionOptions,
  ): Promise<AdaptationTrainer> {
    const session = await createSession(adaptationStep(size, shape).model, options);
    return new AdaptationTrainer(session, shape, inputChannels(size), theta);
  }

  async step(batch: Batch, { rate, texture }: StepRates): Promise<Losses> {
    const { paired, matched, edge } = this.#shape;
    const n = paired + matched;
    const directions = [DIRECTIONS, 3, PATCH, PATCH];
    const outputs = await this.#session.run({
      low: { dims: [n, this.#channels, edge, edge], data: batch.low },
      real: { dims: [n, 3, edge * SCALE, edge * SCALE], data: batch.real },
      directions: { dims: directions, data: batch.directions },
      half_directions: { dims: directions, data: batch.halfDirections },
      texture: scalar(texture),
      rate: scalar(rate),
      step: scalar(++this.#steps),
      theta: vector(this.#state.theta),
      m: vector(this.#state.m),
      v: vector(this.#state.v),
    });
    this.#state = { theta: outputs['theta_next'].data, m: outputs['m_next'].data, v: outputs['v_next'].data };
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
    const { theta } = this.#state;
    for (let i = 0; i < theta.length; i++) this.average[i] += (1 - keep) * (theta[i] - this.average[i]);
  }
}

const scalar = (value: number): TensorData => ({ dims: [], data: Float32Array.of(value) });
const vector = (data: Float32Array): TensorData => ({ dims: [data.length], data });
