/** Pictures that end close around the head, of which the network's square sees the last pixels again. */
import { faceFrame } from '../../../models/face/face-frame.ts';
import { UNKNOWN } from '../../../models/face/parsing-classes.ts';
import { NEAR } from '../../../models/face/parsing-input.ts';
import { classNumber } from '../../labels/classes.ts';
import { between, type Random } from './chance.ts';
import { AREA, type Scene, SIDE } from './scene.ts';

/** Past the picture its last pixels are seen again: there ground and clothes go on as they are, and count so much. */
export const GOES_ON = new Set([classNumber('background'), classNumber('clothes')]);
export const OUTSIDE = 64;

/**
 * Range of the distance of a picture's edge from the middle of the face, in face heights of the mesh where the network sees
 * NEAR of them, and in proportion where it sees more or less; but never through the face.
 */
const EDGES = [0.55, 1.1] as const;
const LEAST = 0.5;

/** Ends the finished sample at a rectangle by chance, as the product sees a picture that ends there. */
export function cropScene({ rgb, labels, trust, landmarks }: Scene, random: Random): void {
  const { centre, height } = faceFrame(landmarks);
  const wide = SIDE / (NEAR.size * height);
  const away = () => Math.max(LEAST, between(random, ...EDGES) * wide) * height;
  const [left, right] = [centre[0] - away(), centre[0] + away()].map(toSample);
  const [top, bottom] = [centre[1] - away(), centre[1] + away()].map(toSample);
  for (let y = 0, i = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, i++) {
      const at = clamp(y, top, bottom) * SIDE + clamp(x, left, right);
      if (at === i) continue;
      for (let c = 0; c < 3; c++) rgb[c * AREA + i] = rgb[c * AREA + at];
      const goesOn = GOES_ON.has(labels[at]);
      labels[i] = goesOn ? labels[at] : UNKNOWN;
      trust[i] = goesOn ? Math.min(OUTSIDE, trust[at]) : 0;
    }
  }
}

const toSample = (at: number): number => Math.max(0, Math.min(SIDE - 1, Math.round(at)));
const clamp = (at: number, least: number, most: number): number => Math.max(least, Math.min(most, at));
