import type ort from 'onnxruntime-node';
import { initialParameters, type Layout, type Network } from '../../models/graph/parameters.ts';
import { SCALE } from '../../models/srgan/generator.ts';
import { charbonnier, meanSquaredError } from '../../models/srgan/losses.ts';
import { pixelStep } from '../../models/srgan/training-step.ts';
import type { Checkpoint } from './checkpoint.ts';
import { rateOf, type TrainingConfig } from './configs.ts';
import { type Crops, drawBatch } from './crops.ts';
import { normalNumbers, seedOfStep } from './random.ts';
import { openSession, scalar, tensor } from './session.ts';

const LOSSES = { mse: meanSquaredError, charbonnier };

export interface TrainerOptions {
  readonly config: TrainingConfig;
  readonly network: Network;
  readonly seed: number;
  readonly threads: number;
}

/** A generator in training on a pixel loss. Its state is a checkpoint; a step depends on nothing else but the seed. */
export class PixelTrainer {
  readonly layout: Layout;
  private readonly options: TrainerOptions;
  private readonly session: ort.InferenceSession;
  private vectors: Record<'theta' | 'm' | 'v' | 'average', Float32Array>;

  private constructor(
    options: TrainerOptions,
    session: ort.InferenceSession,
    layout: Layout,
    theta: Float32Array,
  ) {
    this.options = options;
    this.session = session;
    this.layout = layout;
    const [m, v] = [new Float32Array(layout.size), new Float32Array(layout.size)];
    this.vectors = { theta, m, v, average: theta.slice() };
  }

  /** A trainer with fresh parameters, or with `theta`. */
  static async create(options: TrainerOptions, theta?: Float32Array): Promise<PixelTrainer> {
    const { config, network, seed, threads } = options;
    const { model, layout } = pixelStep(network, LOSSES[config.loss], config.batch, config.size);
    const first = theta ?? initialParameters(layout, normalNumbers(seed));
    if (first.length !== layout.size)
      throw new RangeError(`Expected ${layout.size} parameters but received ${first.length}.`);
    const session = await openSession(model, threads);
    return new PixelTrainer(options, session, layout, first);
  }

  /** The parameters to validate and to ship. */
  get best(): Float32Array {
    return this.options.config.average > 0 ? this.vectors.average : this.vectors.theta;
  }

  restore({ vectors }: Checkpoint): void {
    for (const name of ['theta', 'm', 'v', 'average'] as const) {
      if (vectors[name]?.length !== this.layout.size)
        throw new RangeError(`The checkpoint is of another network.`);
      this.vectors[name] = vectors[name];
    }
  }

  state(): Record<string, Float32Array> {
    return { ...this.vectors };
  }

  /** Takes a step, counted from 1, `progress` (0..1) through the schedule, and returns its loss. */
  async step(step: number, progress: number, crops: readonly Crops[]): Promise<number> {
    const { config, seed } = this.options;
    const { low, high } = drawBatch(crops, config.batch, seedOfStep(seed, step));
    const vector = (data: Float32Array) => tensor(data, [this.layout.size]);
    const outputs = await this.session.run({
      low: tensor(low, [config.batch, 3, config.size, config.size]),
      high: tensor(high, [config.batch, 3, config.size * SCALE, config.size * SCALE]),
      theta: vector(this.vectors.theta),
      m: vector(this.vectors.m),
      v: vector(this.vectors.v),
      rate: scalar(rateOf(config, step, progress)),
      step: scalar(step),
    });
    for (const name of ['theta', 'm', 'v'] as const)
      this.vectors[name] = outputs[`${name}_next`].data as Float32Array;
    this.updateAverage(step);
    return (outputs['loss'].data as Float32Array)[0];
  }

  /** The decay grows from 0, so that the first parameters are soon forgotten. */
  private updateAverage(step: number): void {
    const keep = Math.min(this.options.config.average, step / (step + 10));
    const { average, theta } = this.vectors;
    for (let i = 0; i < average.length; i++) average[i] += (1 - keep) * (theta[i] - average[i]);
  }
}
