import { readFileSync } from 'node:fs';
import type ort from 'onnxruntime-node';
import { scale } from '../../models/graph/arithmetic.ts';
import type { Tensor } from '../../models/graph/graph.ts';
import { initialParameters, type Layout, type Network } from '../../models/graph/parameters.ts';
import { discriminator } from '../../models/upscale/discriminator.ts';
import { frozenFeatures } from '../../models/upscale/frozen-features.ts';
import { SCALE } from '../../models/upscale/generator.ts';
import { charbonnier, meanSquaredError } from '../../models/upscale/losses.ts';
import { adversarialStep, pixelStep, type TrainingStep } from '../../models/upscale/training-step.ts';
import type { Checkpoint } from './checkpoint.ts';
import { rateOf, type TrainingConfig } from './configs.ts';
import { type Crops, drawBatch } from './crops.ts';
import { normalNumbers, seedOfStep } from './random.ts';
import { openSession, scalar, tensor } from './session.ts';

const LOSSES = { mse: meanSquaredError, charbonnier };
/** The content loss compares what follows this convolution of `faceres`: 128 channels at a quarter of the size. */
export const CONTENT_DEPTH = 7;
export const CONTENT_NETWORK = new URL('../../models/weights/faceres.onnx', import.meta.url);

export interface TrainerOptions {
  readonly config: TrainingConfig;
  readonly network: Network;
  readonly seed: number;
  readonly threads: number;
  /** By PyTorch, compute in bfloat16; default true. */
  readonly half?: boolean;
}

/** A training step as a model, and the vectors that it updates: its inputs NAME come back as NAME_next. */
export interface Recipe extends TrainingStep {
  readonly vectors: Record<string, Float32Array>;
  readonly discriminatorLayout?: Layout;
}

/** A generator in training. Its state is a checkpoint; a step depends on nothing else but the seed. */
export interface TrainingEngine {
  readonly layout: Layout;
  /** Takes a step, counted from 1, `progress` (0..1) through the schedule, and returns its losses by name. */
  step(step: number, progress: number, crops: readonly Crops[]): Promise<Record<string, number>>;
  state(): Promise<Record<string, Float32Array>>;
  restore(checkpoint: Checkpoint): Promise<void>;
  release(): Promise<void>;
}

/** Steps in ONNX Runtime. */
export class Trainer implements TrainingEngine {
  readonly layout: Layout;
  private readonly options: TrainerOptions;
  private readonly session: ort.InferenceSession;
  private vectors: Record<string, Float32Array>;
  private average: Float32Array;

  private constructor(options: TrainerOptions, session: ort.InferenceSession, { layout, vectors }: Recipe) {
    this.options = options;
    this.session = session;
    this.layout = layout;
    this.vectors = vectors;
    this.average = vectors['theta'].slice();
  }

  /** A trainer with fresh parameters, or with `theta`. */
  static async create(options: TrainerOptions, theta?: Float32Array): Promise<Trainer> {
    const recipe = recipeOf(options, theta);
    return new Trainer(options, await openSession(recipe.model, options.threads), recipe);
  }

  async state(): Promise<Record<string, Float32Array>> {
    return { ...this.vectors, average: this.average };
  }

  async restore({ vectors: { average, ...vectors } }: Checkpoint): Promise<void> {
    for (const [name, { length }] of Object.entries(this.vectors)) {
      if (vectors[name]?.length !== length) throw new RangeError('The checkpoint is of another network.');
    }
    this.vectors = vectors;
    this.average = average;
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  async step(step: number, progress: number, crops: readonly Crops[]): Promise<Record<string, number>> {
    const { config, seed } = this.options;
    const { low, high } = drawBatch(crops, config.batch, seedOfStep(seed, step));
    const [rate, count] = [rateOf(config, step, progress), scalar(step)];
    const state = Object.entries(this.vectors).map(([name, vector]) => [
      name,
      tensor(vector, [vector.length]),
    ]);
    const { adversarial } = config;
    const opponent = adversarial ? { d_rate: scalar(rate * adversarial.opponentRate), d_step: count } : {};
    const outputs = await this.session.run({
      low: tensor(low, [config.batch, 3, config.size, config.size]),
      high: tensor(high, [config.batch, 3, config.size * SCALE, config.size * SCALE]),
      rate: scalar(rate),
      step: count,
      ...opponent,
      ...Object.fromEntries(state),
    });
    const dataOf = (name: string) => outputs[name].data as Float32Array;
    this.vectors = Object.fromEntries(
      Object.keys(this.vectors).map((name) => [name, dataOf(`${name}_next`)]),
    );
    this.updateAverage(step);
    const losses = this.session.outputNames.filter((name) => name.endsWith('loss'));
    return Object.fromEntries(losses.map((name) => [name, dataOf(name)[0]]));
  }

  private updateAverage(step: number): void {
    const keep = keepOf(this.options.config, step);
    const { average } = this;
    const theta = this.vectors['theta'];
    for (let i = 0; i < average.length; i++) average[i] += (1 - keep) * (theta[i] - average[i]);
  }
}

/** Share of the running average that a step keeps. It grows from 0, so that the first parameters are soon forgotten. */
export const keepOf = ({ average }: TrainingConfig, step: number): number =>
  Math.min(average, step / (step + 10));

/** The parameters to validate and to ship. */
export const bestOf = ({ average }: TrainingConfig, state: Record<string, Float32Array>): Float32Array =>
  average > 0 ? state['average'] : state['theta'];

/** The step of a configuration with fresh parameters, or with `theta`. @throws RangeError when theta is of another network */
export function recipeOf(options: TrainerOptions, theta?: Float32Array): Recipe {
  const recipe = options.config.adversarial ? adversarialRecipe(options) : pixelRecipe(options);
  if (theta && theta.length !== recipe.layout.size)
    throw new RangeError(`Expected ${recipe.layout.size} parameters but received ${theta.length}.`);
  return theta ? { ...recipe, vectors: { ...recipe.vectors, theta } } : recipe;
}

function freshVectors(layout: Layout, seed: number, prefix = ''): Record<string, Float32Array> {
  return {
    [`${prefix}theta`]: initialParameters(layout, normalNumbers(seed)),
    [`${prefix}m`]: new Float32Array(layout.size),
    [`${prefix}v`]: new Float32Array(layout.size),
  };
}

function pixelRecipe({ config, network, seed }: TrainerOptions): Recipe {
  const step = pixelStep(network, LOSSES[config.loss], config.batch, config.size);
  return { ...step, vectors: freshVectors(step.layout, seed) };
}

function adversarialRecipe({ config, network, seed }: TrainerOptions): Recipe {
  const { opponent, weights } = config.adversarial!;
  const networks = {
    generator: network,
    discriminator: discriminator(opponent),
    features: weights.content > 0 ? contentFeatures() : undefined,
  };
  const step = adversarialStep(networks, LOSSES[config.loss], weights, config.batch, config.size);
  const vectors = {
    ...freshVectors(step.layout, seed),
    ...freshVectors(step.discriminatorLayout, seed + 1, 'd_'),
  };
  return { ...step, vectors };
}

/** `faceres` sees values 0..255. */
function contentFeatures(): (x: Tensor) => Tensor {
  const features = frozenFeatures(readFileSync(CONTENT_NETWORK), CONTENT_DEPTH);
  return (x) => features(scale(x, 255));
}
