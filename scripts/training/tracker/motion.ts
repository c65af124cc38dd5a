/** How tracked squares move from one frame to the next in training: Laplace-distributed, as Held et al. 2016 found. */
import type { Motion } from '../../../models/track/motion.ts';

/** Laplace scales of shift (sides of the square), log scale and roll (radians). The first is that of Held et al. 2016. */
const SPREADS = [
  { share: 0.45, shift: 1 / 5, logScale: 1 / 15, roll: 0.08 },
  { share: 1, shift: 0.06, logScale: 0.03, roll: 0.04 },
] as const;
const MOST_SHIFT = 0.8;
const MOST_LOG_SCALE = 0.4;
const MOST_ROLL = 0.5;

/** From a random number in 0..1: of mean 0 and mean magnitude b. */
export function laplace(u: number, b: number): number {
  const centred = u - 0.5;
  return -b * Math.sign(centred) * Math.log(1 - 2 * Math.abs(centred) || 1e-12);
}

const clamp = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

export function drawMotion(random: () => number): Motion {
  const kind = random();
  const { shift, logScale, roll } = SPREADS.find(({ share }) => kind < share)!;
  return {
    x: clamp(laplace(random(), shift), MOST_SHIFT),
    y: clamp(laplace(random(), shift), MOST_SHIFT),
    logScale: clamp(laplace(random(), logScale), MOST_LOG_SCALE),
    roll: clamp(laplace(random(), roll), MOST_ROLL),
  };
}
