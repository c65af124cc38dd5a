/** Where the irises are, so that they stay round: the darkest of what the lids leave open. */
import { type Face, LEFT_EYE, RIGHT_EYE } from '../face/index.ts';
import type { Picture } from '../image/picture.ts';

export interface VisibleIris {
  /** px of the picture. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** The contour of its eye, numbers of landmarks, a corner first and the other in the middle of the list. */
  readonly eye: readonly number[];
}

/** Radius of an iris over the width of its eye: 5.9 mm of 29 mm. */
const RADIUS = 0.2;
/** Samples along the width of an eye. */
const SAMPLES = 40;
/** Of the lightness within an eye, this share is the iris. */
const DARKEST = 0.35;

/** The irises of a face; one is left out where its eye is closed. */
export function visibleIrises(picture: Picture, { landmarks }: Face): VisibleIris[] {
  return [LEFT_EYE, RIGHT_EYE].flatMap((eye) => {
    const contour = eye.map((k) => [landmarks[3 * k], landmarks[3 * k + 1]] as const);
    const [from, to] = [contour[0], contour[eye.length / 2]];
    const width = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const open = samplesInside(picture, contour, width / SAMPLES);
    if (open.length < SAMPLES) return [];
    open.sort((a, b) => a.lightness - b.lightness);
    const dark = open.slice(0, Math.ceil(DARKEST * open.length));
    const mean = (value: (sample: Sample) => number) =>
      dark.reduce((sum, sample) => sum + value(sample), 0) / dark.length;
    return [{ x: mean(({ x }) => x), y: mean(({ y }) => y), radius: RADIUS * width, eye }];
  });
}

interface Sample {
  readonly x: number;
  readonly y: number;
  readonly lightness: number;
}

type Point = readonly [number, number];

function samplesInside({ width, height, data }: Picture, contour: readonly Point[], step: number): Sample[] {
  const [xs, ys] = [contour.map(([x]) => x), contour.map(([, y]) => y)];
  const samples: Sample[] = [];
  for (let y = Math.min(...ys); y < Math.max(...ys); y += step) {
    for (let x = Math.min(...xs); x < Math.max(...xs); x += step) {
      if (!isInside(contour, x, y) || x < 0 || y < 0 || x >= width || y >= height) continue;
      const i = 4 * (Math.floor(y) * width + Math.floor(x));
      samples.push({ x, y, lightness: data[i] + 2 * data[i + 1] + data[i + 2] });
    }
  }
  return samples;
}

/** Whether a point lies inside a polygon. */
export function isInside(polygon: readonly Point[], x: number, y: number): boolean {
  return polygon.reduce((inside, [ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length];
    const crosses = ay <= y !== by <= y && x < ax + ((y - ay) / (by - ay)) * (bx - ax);
    return crosses ? !inside : inside;
  }, false);
}
