/** Strokes laid until a tone is reached (Salisbury 1994, "Interactive pen-and-ink illustration"). */
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import { type Field, tracePath } from './field.ts';
import { shuffle } from './painterly.ts';
import type { Point } from './stroke.ts';

export interface Hatching {
  readonly field: Field;
  /** px; strokes vary by 40 % about it. */
  readonly length: number;
  /** px between the places where strokes may begin. */
  readonly spacing: number;
  /** How much tone is still missing, 0..1, at pixel i; strokes begin and go on where it is above `least`. */
  readonly missing: (i: number) => number;
  readonly least: number;
  /** px that a stroke's middle stays away from others of this pass, varied by a third. */
  readonly gap: number;
}

/** @param put is told the path and the tone that is missing in its middle */
export function hatch(
  { width, height }: Plane,
  { field, length, spacing, missing, least, gap }: Hatching,
  seed: number,
  put: (path: Point[], missing: number) => void,
): void {
  const random = seededRandom(seed);
  const taken = createPlane(width, height);
  const starts: Point[] = [];
  for (let y = 0; y < height; y += spacing) {
    for (let x = 0; x < width; x += spacing) starts.push([x + spacing * random(), y + spacing * random()]);
  }
  for (const [x, y] of shuffle(starts, random)) {
    const i = Math.floor(y) * width + Math.floor(x);
    if (x >= width || y >= height || taken.data[i] > 0 || missing(i) < least) continue;
    const own = length * (0.6 + 0.8 * random());
    const path = tracePath(field, [x, y], own, 2, (j) => missing(j) > least * 0.6 && taken.data[j] === 0);
    if (path.length < 4) continue;
    put(path, missing(i));
    const room = gap * (0.7 + 0.7 * random());
    for (const [px, py] of path) mark(taken, px, py, room);
  }
}

function mark({ width, height, data }: Plane, x: number, y: number, gap: number): void {
  const r = Math.floor(gap);
  for (let py = Math.max(0, Math.floor(y) - r); py <= Math.min(height - 1, Math.floor(y) + r); py++) {
    for (let px = Math.max(0, Math.floor(x) - r); px <= Math.min(width - 1, Math.floor(x) + r); px++)
      data[py * width + px] = 1;
  }
}
