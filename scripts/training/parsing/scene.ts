/** A sample in the making: the network's square with everything that is known of it. */
import { type FacePositions, facePositions } from '../../../models/face/face-frame.ts';
import { PARSING_SIDE, type ParsingClass } from '../../../models/face/parsing-classes.ts';
import { classNumber } from '../../labels/classes.ts';
import type { Colour } from './chance.ts';

export const SIDE = PARSING_SIDE;
export const AREA = SIDE * SIDE;

export interface Scene {
  /** Red, green and blue planes, 0..1. */
  readonly rgb: Float32Array;
  /** Index into PARSING_CLASSES, or UNKNOWN. */
  readonly labels: Uint8Array;
  /** 0..255: how much a pixel's label counts. */
  readonly trust: Uint8Array;
  /** What lies past the sitter's picture was drawn: body and ground. */
  readonly isContinued: boolean;
  /** In samples of the square. */
  readonly landmarks: Float32Array;
  /** Face positions of each sample, see `facePositions`. */
  readonly positions: FacePositions;
}

export const createScene = (parts: Omit<Scene, 'positions'>): Scene => ({
  ...parts,
  positions: facePositions(parts.landmarks, SIDE, SIDE),
});

/** Paints over samples: `colour` where `alpha` (0..1) says so; those that are mostly painted take the label. */
export function paint(
  { rgb, labels, trust }: Scene,
  name: ParsingClass,
  alpha: (i: number) => number,
  colour: (i: number) => Colour,
): void {
  const index = classNumber(name);
  for (let i = 0; i < AREA; i++) {
    const share = alpha(i);
    if (share <= 0) continue;
    const ink = colour(i);
    for (let c = 0; c < 3; c++) rgb[c * AREA + i] += Math.min(1, share) * (ink[c] - rgb[c * AREA + i]);
    if (share <= 0.5) continue;
    labels[i] = index;
    trust[i] = 255;
  }
}

/** Mean colour of the samples of some classes; null where there are hardly any. */
export function meanOf({ rgb, labels }: Scene, names: readonly ParsingClass[]): Colour | null {
  const wanted = new Set(names.map(classNumber));
  const sum = [0, 0, 0];
  let count = 0;
  for (let i = 0; i < AREA; i++) {
    if (!wanted.has(labels[i])) continue;
    count++;
    for (let c = 0; c < 3; c++) sum[c] += rgb[c * AREA + i];
  }
  return count < 50 ? null : [sum[0] / count, sum[1] / count, sum[2] / count];
}

export const lumaOf = (rgb: Float32Array, i: number): number =>
  0.299 * rgb[i] + 0.587 * rgb[AREA + i] + 0.114 * rgb[2 * AREA + i];
