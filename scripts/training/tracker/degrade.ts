/** Light, blur and noise of a camera, on a crop [3, 64, 64] in 0..1. */
import type { Motion } from '../../../models/track/motion.ts';
import { CROP_SIDE } from '../../../models/track/network.ts';
import { normalNumbers } from '../random.ts';
import { laplace } from './motion.ts';

export interface Degradation {
  readonly gamma: number;
  readonly gains: readonly number[];
  /** Change of light per crop side, to the right and down. */
  readonly slope: readonly [number, number];
  readonly offset: number;
  readonly grey: boolean;
  /** Passes of a 3×3 binomial blur. */
  readonly blur: number;
  /** Deviation of the noise. */
  readonly noise: number;
}

type Random = () => number;
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Of one frame; with `shared`, of another frame of the same film, whose light has changed somewhat. */
export function drawDegradation(random: Random, shared?: Degradation): Degradation {
  const light = shared ? 0.15 : 0.35;
  const gain = Math.exp(light * normal(random));
  const own: Degradation = {
    gamma: Math.exp(light * normal(random)),
    gains: [0, 1, 2].map(() => gain * Math.exp(0.05 * normal(random))),
    slope: [laplace(random(), light), laplace(random(), light)],
    offset: (shared ? 0.02 : 0.06) * normal(random),
    grey: random() < 0.15,
    blur: Math.floor(3 * random()),
    noise: 0.04 * random() ** 2,
  };
  if (!shared) return own;
  return {
    gamma: own.gamma * shared.gamma,
    gains: own.gains.map((value, i) => value * shared.gains[i]),
    slope: [own.slope[0] + shared.slope[0], own.slope[1] + shared.slope[1]],
    offset: own.offset + shared.offset,
    grey: shared.grey,
    blur: Math.max(0, shared.blur + Math.floor(3 * random()) - 1),
    noise: shared.noise,
  };
}

/** Steps of light to which a gamma is tabulated. */
const LEVELS = 1023;
/** Standard normal numbers; noise begins anywhere in them. */
const GRAIN = Float32Array.from({ length: 2 ** 17 }, normalNumbers(1));

/** The most (px) that a moving face is smeared. */
const MOST_SMEAR = 6;

export function degrade(
  crop: Float32Array,
  { gamma, gains, slope, offset, grey, blur, noise }: Degradation,
  motion: Motion | undefined,
  random: Random,
): void {
  const area = CROP_SIDE ** 2;
  if (motion && random() < 0.3) smear(crop, motion, random());
  for (let pass = 0; pass < blur; pass++) blurOnce(crop);
  if (grey) {
    for (let i = 0; i < area; i++) {
      const value = 0.3 * crop[i] + 0.59 * crop[i + area] + 0.11 * crop[i + 2 * area];
      crop[i] = crop[i + area] = crop[i + 2 * area] = value;
    }
  }
  const curve = Float32Array.from({ length: LEVELS + 1 }, (_, level) => (level / LEVELS) ** gamma);
  let grain = Math.floor(random() * GRAIN.length);
  for (let c = 0, at = 0; c < 3; c++) {
    const gain = gains[grey ? 0 : c];
    for (let y = 0; y < CROP_SIDE; y++) {
      const down = 1 + slope[1] * (y / CROP_SIDE - 0.5) - slope[0] / 2;
      for (let x = 0; x < CROP_SIDE; x++, at++) {
        const light = gain * Math.max(0.1, down + (slope[0] * x) / CROP_SIDE);
        grain = (grain + 1) & (GRAIN.length - 1);
        const value = curve[(crop[at] * LEVELS + 0.5) | 0] * light + offset + noise * GRAIN[grain];
        crop[at] = value < 0 ? 0 : value > 1 ? 1 : value;
      }
    }
  }
}

function blurOnce(crop: Float32Array): void {
  for (const step of [1, CROP_SIDE]) {
    const source = crop.slice();
    for (let at = step; at < crop.length - step; at++)
      crop[at] = 0.25 * source[at - step] + 0.5 * source[at] + 0.25 * source[at + step];
  }
}

/** Motion blur: a mean of copies along the shift, symmetric about where the face is. */
function smear(crop: Float32Array, { x, y }: Motion, share: number): void {
  const length = Math.min(MOST_SMEAR, share * Math.hypot(x, y) * (CROP_SIDE / 2));
  if (length < 1) return;
  const [dx, dy] = [x, y].map((value) => value / Math.hypot(x, y));
  const source = crop.slice();
  const half = length / 2;
  const copies = [-half, -half / 2, 0, half / 2, half].map((t) => [Math.round(t * dx), Math.round(t * dy)]);
  for (let at = 0; at < crop.length; at++) {
    const [column, row] = [at % CROP_SIDE, Math.floor(at / CROP_SIDE) % CROP_SIDE];
    let total = 0;
    for (const [i, j] of copies) {
      const fromX = Math.max(0, Math.min(CROP_SIDE - 1, column + i));
      const fromY = Math.max(0, Math.min(CROP_SIDE - 1, row + j));
      total += source[at + (fromY - row) * CROP_SIDE + fromX - column];
    }
    crop[at] = total / copies.length;
  }
}
