import type { DiscriminatorSize } from '../../models/upscale/discriminator.ts';
import type { GENERATORS } from '../../models/upscale/generator.ts';
import type { LossWeights } from '../../models/upscale/training-step.ts';

/** How long and how fast a run trains. */
export interface Schedule {
  readonly batch: number;
  readonly steps: number;
  /** The highest rate of Adam. */
  readonly rate: number;
  /** `paper`: a tenth of the rate after half of the steps; `cosine`: a warm-up, then down to zero. */
  readonly schedule: 'constant' | 'paper' | 'cosine';
  /** Decay of the running average of the weights that is validated and shipped; 0 ships the last weights. */
  readonly average: number;
}

/** What a run trains and how. Sizes in pixels at low resolution. */
export interface TrainingConfig extends Schedule {
  readonly network: keyof typeof GENERATORS;
  readonly loss: 'mse' | 'charbonnier';
  readonly size: number;
  /** Least that bicubic interpolation misses of a crop, see `CropOptions`. */
  readonly detail: number;
  /** JPEG qualities, see `CropOptions`. */
  readonly jpeg?: readonly [number, number];
  /** Trains against a discriminator; without it, on the pixel loss alone. */
  readonly adversarial?: {
    readonly opponent: DiscriminatorSize /** Of the discriminator, over the generator's. */;
    readonly opponentRate: number;
    readonly weights: LossWeights;
  };
}

/** Flat crops have nothing to teach a pixel loss; */
const DETAILED = 3;
/** but a discriminator that never sees flat ground lets the generator draw a grid there. */
const EVERYTHING = 0;

/**
 * `paper` and `paper-srgan` are the protocol of Ledig et al. 2017, section 3.2; the others fit a budget of hours on two
 * cores.
 */
export const CONFIGS = {
  paper: {
    network: 'srresnet',
    loss: 'mse',
    batch: 16,
    size: 24,
    steps: 1_000_000,
    detail: DETAILED,
    rate: 1e-4,
    schedule: 'constant',
    average: 0,
  },
  'paper-srgan': {
    network: 'srresnet',
    loss: 'mse',
    batch: 16,
    size: 24,
    steps: 200_000,
    detail: EVERYTHING,
    rate: 1e-4,
    schedule: 'paper',
    average: 0,
    adversarial: {
      opponent: { channels: 64, form: 'paper' },
      opponentRate: 1,
      weights: { pixel: 0, content: 1, adversarial: 1e-3 },
    },
  },
  srresnet: {
    network: 'srresnet',
    loss: 'charbonnier',
    batch: 16,
    size: 48,
    steps: 60_000,
    detail: DETAILED,
    rate: 3e-4,
    schedule: 'cosine',
    average: 0.999,
  },
  srgan: {
    network: 'srgan',
    loss: 'charbonnier',
    batch: 16,
    size: 32,
    steps: 30_000,
    detail: EVERYTHING,
    jpeg: [70, 95],
    rate: 1.5e-4,
    schedule: 'cosine',
    average: 0.998,
    adversarial: {
      opponent: { channels: 48, form: 'patch', detail: 6 },
      opponentRate: 1,
      weights: { pixel: 1, content: 0.05, adversarial: 0.02 },
    },
  },
  'srgan-lite': {
    network: 'srgan-lite',
    loss: 'charbonnier',
    batch: 8,
    size: 24,
    steps: 24_000,
    detail: DETAILED,
    rate: 6e-4,
    schedule: 'cosine',
    average: 0.999,
  },
} as const satisfies Record<string, TrainingConfig>;

/** The parsing network; see ./parsing/. */
export const PARSING: Schedule = { batch: 8, steps: 12_000, rate: 1e-3, schedule: 'cosine', average: 0.999 };

/** The tracker's regression network; see ./tracker/. */
export const TRACKER: Schedule = { batch: 16, steps: 12_000, rate: 1e-3, schedule: 'cosine', average: 0.998 };

const WARM_UP = 500;

/** The learning rate of a step (counted from 1) when the run is `progress` (0..1) through its schedule. */
export function rateOf({ rate, steps, schedule }: Schedule, step: number, progress: number): number {
  if (schedule === 'constant') return rate;
  if (schedule === 'paper') return progress <= 0.5 ? rate : rate / 10;
  const warm = Math.min(1, step / Math.min(WARM_UP, steps / 10));
  return rate * warm * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
}
