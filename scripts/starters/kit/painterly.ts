/**
 * Layers of opaque strokes from coarse to fine, each only where the painting still differs from what is meant (Hertzmann 1998,
 * "Painterly rendering with curved brush strokes of multiple sizes").
 */
import { gaussianBlur } from '../../../models/image/blur.ts';
import type { LabPlanes } from '../../../models/image/colour.ts';
import { seededRandom } from '../../../models/image/random.ts';
import type { Lab } from './colour.ts';
import { type Field, tracePath } from './field.ts';
import type { Point } from './stroke.ts';

export interface Layer {
  /** Half a stroke's width, px. */
  readonly radius: number;
  /** Lab distance from which a stroke is worth its paint; 0 covers everything. */
  readonly threshold: number;
  /** Of a stroke, in radii. */
  readonly length: number;
  /** Share of places at pixel i that are painted at all, 0..1. */
  readonly where?: (i: number) => number;
  /** Distance between strokes, in radii. */
  readonly spacing?: number;
  /** How far the colours are evened out first, in radii. */
  readonly blur?: number;
}

export interface Dab {
  readonly path: readonly Point[];
  readonly radius: number;
  readonly colour: Lab;
  /** Centre. */
  readonly i: number;
}

/**
 * @param meant the colours in mind
 * @param isNow the painting's Lab colour at pixel i
 */
export function layDown(
  meant: LabPlanes,
  field: Field,
  layer: Layer,
  isNow: (i: number) => Lab,
  seed: number,
  put: (dab: Dab) => void,
): void {
  const { width, height } = meant.l;
  const random = seededRandom(seed);
  const soft = [meant.l, meant.a, meant.b].map((plane) =>
    gaussianBlur(plane, layer.radius * (layer.blur ?? 0.4)),
  );
  const colourAt = (i: number): Lab => [soft[0].data[i], soft[1].data[i], soft[2].data[i]];
  const step = Math.max(1, Math.round(layer.radius * (layer.spacing ?? 1)));
  const starts: number[] = [];
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) starts.push(jitter(x, y, step, width, height, random));
  }
  for (const i of shuffle(starts, random)) {
    if (layer.where && random() > layer.where(i)) continue;
    const colour = colourAt(i);
    if (distance(colour, isNow(i)) < layer.threshold) continue;
    const start: Point = [(i % width) + 0.5, Math.floor(i / width) + 0.5];
    const length = layer.length * layer.radius * (0.6 + 0.8 * random());
    // A stroke ends where another colour is meant by more than it would mend.
    const limit = Math.max(7, layer.threshold);
    const path = tracePath(
      field,
      start,
      length,
      Math.max(1, layer.radius / 2),
      (j) => distance(colour, colourAt(j)) < limit,
    );
    if (path.length > 1) put({ path, radius: layer.radius, colour, i });
  }
}

function jitter(
  x: number,
  y: number,
  step: number,
  width: number,
  height: number,
  random: () => number,
): number {
  const px = Math.min(width - 1, Math.floor(x + step * random()));
  const py = Math.min(height - 1, Math.floor(y + step * random()));
  return py * width + px;
}

export function shuffle<T>(values: T[], random: () => number): T[] {
  for (let k = values.length - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    [values[k], values[other]] = [values[other], values[k]];
  }
  return values;
}

export const distance = (a: Lab, b: Lab): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
