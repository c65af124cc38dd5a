/** Levels filled with numbers, for the kernels. */
import { seededRandom } from '../../../../models/image/random.ts';
import {
  type EnergyWeights,
  GUIDE_CHANNELS,
  type Kernels,
  LAB_CHANNELS,
  type Level,
  type LevelSize,
  PATCH_RADIUS,
} from '../../../../models/synthesis/kernels/kernels.ts';

export const WEIGHTS: EnergyWeights = { style: 1, positionCap: 150, uniformity: 8, uniformityCap: 40 };

/** Everything random: pictures, guides, positions inside and outside of the source, ragged regions, any field. */
export function randomLevel(
  kernels: Kernels,
  size: LevelSize,
  seed: number,
  anchor: readonly [number, number] = [0, 0],
): Level {
  const random = seededRandom(seed);
  const level = kernels.openLevel(size, ...anchor);
  const fill = (array: Int16Array, channels: number, used: number, range: number) => {
    for (let i = 0; i < array.length; i++)
      array[i] = i % channels < used ? Math.floor((random() - 0.2) * range) : 0;
  };
  fill(level.lab, LAB_CHANNELS, 3, 1600);
  fill(level.sourceLab, LAB_CHANNELS, 3, 1600);
  fill(level.guides, GUIDE_CHANNELS, 11, 800);
  fill(level.sourceGuides, GUIDE_CHANNELS, 11, 800);
  for (let k = 0; k < level.field.length; k++) {
    level.positionX[k] = (random() * 1.2 - 0.1) * size.sourceWidth;
    level.positionY[k] = (random() * 1.2 - 0.1) * size.sourceHeight;
    level.positionWeight[k] = random() < 0.1 ? 0 : random() * 3;
    level.region[k] = random() < 0.85 ? 1 : 0;
    level.field[k] = randomMatch(random, size);
  }
  for (let k = 0; k < level.valid.length; k++) level.valid[k] = random() < 0.9 ? 1 : 0;
  kernels.padBorders(level);
  return level;
}

/** A patch that lies inside the source. */
export function randomMatch(random: () => number, { sourceWidth, sourceHeight }: LevelSize): number {
  const inside = (size: number) => PATCH_RADIUS + Math.floor(random() * (size - 2 * PATCH_RADIUS));
  return (inside(sourceHeight) << 16) | inside(sourceWidth);
}

/** The same contents for other kernels. */
export function copyLevel(kernels: Kernels, level: Level): Level {
  const copy = kernels.openLevel(level, level.anchorX, level.anchorY);
  for (const name of ARRAYS) copy[name].set(level[name]);
  return copy;
}

export const ARRAYS = [
  ...(['lab', 'sourceLab', 'guides', 'sourceGuides', 'positionX', 'positionY', 'positionWeight'] as const),
  ...(['region', 'valid', 'field', 'costs', 'uses'] as const),
];

export const placeOf = (match: number): [x: number, y: number] => [match & 0xffff, match >>> 16];
export const sumOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0);
