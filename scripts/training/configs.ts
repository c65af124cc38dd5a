import type { GENERATORS } from '../../models/srgan/generator.ts';

/** What a run trains and how. Sizes in pixels at low resolution; rates are Adam's. */
export interface TrainingConfig {
  readonly network: keyof typeof GENERATORS;
  readonly loss: 'mse' | 'charbonnier';
  readonly batch: number;
  readonly size: number;
  readonly steps: number;
  readonly rate: number;
  /** `paper`: a tenth of the rate after half of the steps; `cosine`: 500 steps of warm-up, then down to zero. */
  readonly schedule: 'paper' | 'cosine';
  /** Decay of the running average of the weights that is validated and shipped; 0 ships the last weights. */
  readonly average: number;
}

/** `paper` is the protocol of Ledig et al. 2017, section 3.2; the others fit a budget of hours on two cores. */
export const CONFIGS = {
  paper: {
    network: 'srresnet',
    loss: 'mse',
    batch: 16,
    size: 24,
    steps: 1_000_000,
    rate: 1e-4,
    schedule: 'paper',
    average: 0,
  },
  srresnet: {
    network: 'srresnet',
    loss: 'charbonnier',
    batch: 8,
    size: 24,
    steps: 4000,
    rate: 4e-4,
    schedule: 'cosine',
    average: 0.998,
  },
  'srgan-lite': {
    network: 'srgan-lite',
    loss: 'charbonnier',
    batch: 8,
    size: 24,
    steps: 24_000,
    rate: 6e-4,
    schedule: 'cosine',
    average: 0.999,
  },
} as const satisfies Record<string, TrainingConfig>;

const WARM_UP = 500;

/** The learning rate of a step (counted from 1) when the run is `progress` (0..1) through its schedule. */
export function rateOf({ rate, steps, schedule }: TrainingConfig, step: number, progress: number): number {
  if (schedule === 'paper') return progress <= 0.5 ? rate : rate / 10;
  const warm = Math.min(1, step / Math.min(WARM_UP, steps / 10));
  return rate * warm * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
}
