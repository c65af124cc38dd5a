import { readFileSync } from 'node:fs';
import type ort from 'onnxruntime-node';
import { scale } from '../../models/graph/arithmetic.ts';
import type { Tensor } from '../../models/graph/graph.ts';
import type { Layout, Network } from '../../models/graph/parameters.ts';
import { discriminator } from '../../models/upscale/discriminator.ts';
import { frozenFeatures } from '../../models/upscale/frozen-features.ts';
import { SCALE } from '../../models/upscale/generator.ts';
import { charbonnier, meanSquaredError } from '../../models/upscale/losses.ts';
import { adversarialStep, pixelStep, type TrainingStep } from '../../models/upscale/training-step.ts';
import type { Checkpoint } from './checkpoint.ts';
import { rateOf, type TrainingConfig } from './configs.ts';
import { type Crops, drawBatch } from './crops.ts';
import { seedOfStep } from './random.ts';
import type { Awaitable } from './run.ts';
import { type Feeds, openSession, scalar, tensor } from './session.ts';
import { freshVectors, TrainingState } from './training-state.ts';

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
  state(): Awaitable<Record<string, Float32Array>>;
  restore(checkpoint: Checkpoint): Awaitable<void>;
  /** The parameters to validate and to ship. */
  best(): Awaitable<Float32Array>;
  release(): Promise<void>;
}

/** Steps in ONNX Runtime. */
export class Trainer implements TrainingEngine {
  readonly layout: Layout;
  private readonly options: TrainerOptions;
  private readonly session: ort.InferenceSession;
  private readonly trained: TrainingState;

  private constructor(options: TrainerOptions, session: ort.InferenceSession, { layout, vectors }: Recipe) {
    this.options = options;
    this.session = session;
    this.layout = layout;
    this.trained = new TrainingState(vectors, options.config.average);
  }

  /** A trainer with fresh parameters, or with `theta`. */
  static async create(options: TrainerOptions, theta?: Float32Array): Promise<Trainer> {
    const recipe = recipeOf(options, theta);
    return new Trainer(options, await openSession(recipe.model, options.threads), recipe);
  }

  best(): Float32Array {
    return this.trained.best;
  }

  state(): Record<string, Float32Array> {
    return this.trained.all();
  }

  restore(checkpoint: Checkpoint): void {
    this.trained.restore(checkpoint);
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  step(step: number, progress: number, crops: readonly Crops[]): Promise<Record<string, number>> {
    const { config, seed } = this.options;
    const { low, high } = drawBatch(crops, config.batch, seedOfStep(seed, step));
    const rate = rateOf(config, step, progress);
    const { adversarial } = config;
    const opponent: Feeds = adversarial
      ? { d_rate: scalar(rate * adversarial.opponentRate), d_step: scalar(step) }
      : {};
    const feeds = {
      low: tensor(low, [config.batch, 3, config.size, config.size]),
      high: tensor(high, [config.batch, 3, config.size * SCALE, config.size * SCALE]),
      rate: scalar(rate),
      ...opponent,
    };
    return this.trained.advance(this.session, feeds, step);
  }
}

/** The step of a configuration with fresh parameters, or with `theta`. @throws RangeError when theta is of another network */
export function recipeOf(options: TrainerOptions, theta?: Float32Array): Recipe {
  const recipe = options.config.adversarial ? adversarialRecipe(options) : pixelRecipe(options);
  if (theta && theta.length !== recipe.layout.size)
    throw new RangeError(`Expected ${recipe.layout.size} parameters but received ${theta.length}.`);
  return theta ? { ...recipe, vectors: { ...recipe.vectors, theta } } : recipe;
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
