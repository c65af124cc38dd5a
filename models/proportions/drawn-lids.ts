/**
 * The lids of drawn eyes. The face mesh knows people's eyes; of a cartoon's it sees about half of the height, and its lids
 * lie within the irises. From the middle of the eye outwards, lids are where what is no skin ends.
 */
import { type Face, LEFT_BROW, LEFT_EYE, RIGHT_BROW, RIGHT_EYE } from '../face/index.ts';
import { type LabPlanes, labPlanes } from '../image/colour.ts';
import { cropPicture } from '../image/crop.ts';
import type { Picture } from '../image/picture.ts';
import { smoothstep } from '../image/smoothstep.ts';
import { sampleLinear } from '../synthesis/sample.ts';
import { isFarFromHuman } from './changes.ts';

/** Samples an eye's width along the lines on which a lid is looked for. */
const SAMPLES = 60;
/** Lids are looked for up to this share of the way to the brow, and so far (eye widths) below the lower one. */
const REACH = { brow: 0.75, below: 0.45 } as const;
/** Where skin is seen: so far (eye widths) below the lower lid, a patch of this size. */
const SKIN = { below: 0.62, size: 0.3, samples: 12 } as const;
/** Distance from the skin's colour (L*a*b*, lightness counts for this share) from which on something is no skin. */
const NO_SKIN = { least: 14, deviations: 3, lightness: 0.6 } as const;
/** Eyes that are less opened by it stay as they were; what opens them more is no lid. */
const OPENED = { least: 1.1, most: 2.6 } as const;
/** One eye is opened no more times as far as the other. */
const ALIKE = 1.6;
/** The mesh moves along, fading over so many times the largest step of a lid. */
const FADES = 2.5;

type Point = readonly [number, number];

/** A lid's points from corner to corner without the corners, and how far (px) each lies further from the eye's middle. */
interface Lid {
  readonly points: readonly number[];
  /** Unit vector from the middle of the eye to the lid. */
  readonly outwards: Point;
  readonly steps: readonly number[];
}

/** A face with its lids where the picture shows them; the same face where it is no drawing, or they are not found. */
export function withDrawnLids(picture: Picture, face: Face): Face {
  if (!isFarFromHuman(face.landmarks)) return face;
  const { box } = face;
  const x = Math.max(0, Math.floor(box.x));
  const y = Math.max(0, Math.floor(box.y));
  const width = Math.min(picture.width, Math.ceil(box.x + box.width)) - x;
  const height = Math.min(picture.height, Math.ceil(box.y + box.height)) - y;
  if (width < 2 || height < 2) return face;
  const lab = labPlanes(cropPicture(picture, { x, y, width, height }));
  const read = (px: number, py: number) => colourAt(lab, px - x, py - y);
  const eyes = [LEFT_EYE, RIGHT_EYE].map((eye, i) => findLids(face, eye, [LEFT_BROW, RIGHT_BROW][i], read));
  const [left, right] = eyes.map(({ opened }) => opened);
  const isSure =
    Math.min(left, right) > OPENED.least &&
    Math.max(left, right) < OPENED.most &&
    Math.max(left / right, right / left) < ALIKE;
  if (!isSure) return face;
  const landmarks = face.landmarks.slice();
  for (const { lids } of eyes) for (const lid of lids) moveLid(landmarks, face.landmarks, lid);
  return { ...face, landmarks };
}

type Colour = readonly [number, number, number];

function colourAt({ l, a, b }: LabPlanes, x: number, y: number): Colour {
  const [u, v] = [inside(x, l.width), inside(y, l.height)];
  const value = ({ data, width, height }: LabPlanes['l']) => sampleLinear(data, width, height, u, v);
  return [value(l), value(a), value(b)];
}

const inside = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));

function findLids(
  { landmarks }: Face,
  eye: readonly number[],
  brow: readonly number[],
  read: (x: number, y: number) => Colour,
) {
  const at = (k: number): Point => [landmarks[3 * k], landmarks[3 * k + 1]];
  const half = eye.length / 2;
  const [from, to] = [at(eye[0]), at(eye[half])];
  const width = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const up: Point = [(to[1] - from[1]) / width, (from[0] - to[0]) / width];
  const heightOf = ([x, y]: Point) => (x - from[0]) * up[0] + (y - from[1]) * up[1];
  const upper = eye.slice(1, half);
  const lower = eye.slice(half + 1).reverse();
  const heights = (list: readonly number[]) => list.map((k) => heightOf(at(k)));
  const limits = {
    upper: REACH.brow * Math.min(...heights(brow)),
    lower: REACH.below * width - Math.min(...heights(lower)),
  };
  const isSkin = skinBelow(from, to, up, Math.min(...heights(lower)), width, read);
  const step = width / SAMPLES;
  const find = (list: readonly number[], opposite: readonly number[], sign: 1 | -1, limit: number): Lid => {
    const outwards: Point = [sign * up[0], sign * up[1]];
    const steps = list.map((k, i) => {
      const [p, q] = [at(k), at(opposite[i])];
      const base: Point = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
      const start = sign * heightOf(base);
      const line = Array.from({ length: Math.max(1, Math.floor((limit - start) / step)) }, (_, n) =>
        isSkin(read(base[0] + n * step * outwards[0], base[1] + n * step * outwards[1])),
      );
      return Math.max(0, start + step * lastOfEye(line) - sign * heightOf(p));
    });
    return { points: list, outwards, steps: smoothed(steps) };
  };
  const lids = [find(upper, lower, 1, limits.upper), find(lower, upper, -1, limits.lower)];
  const opening = mean(upper.map((k, i) => heightOf(at(k)) - heightOf(at(lower[i]))));
  const grown = mean(lids[0].steps) + mean(lids[1].steps);
  return { lids, opened: (opening + grown) / Math.max(opening, step) };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** 0..1 for a colour: how surely it is the skin under the eye. */
function skinBelow(
  from: Point,
  to: Point,
  up: Point,
  lowest: number,
  width: number,
  read: (x: number, y: number) => Colour,
): (colour: Colour) => number {
  const samples: Colour[] = [];
  const n = SKIN.samples;
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const along = 0.5 + SKIN.size * (column / (n - 1) - 0.5);
      const down = lowest - width * (SKIN.below + SKIN.size * (row / (n - 1) - 0.5));
      const x = from[0] + along * (to[0] - from[0]) + down * up[0];
      const y = from[1] + along * (to[1] - from[1]) + down * up[1];
      samples.push(read(x, y));
    }
  }
  const middle = [0, 1, 2].map((c) => median(samples.map((sample) => sample[c])));
  const distance = ([l, a, b]: Colour) =>
    Math.hypot(NO_SKIN.lightness * (l - middle[0]), a - middle[1], b - middle[2]);
  const limit = Math.max(NO_SKIN.least, NO_SKIN.deviations * median(samples.map(distance)));
  return (colour) => 1 - smoothstep(distance(colour) / limit - 0.5);
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];

/** The number of samples that are the eye's: so that most of them are no skin and most of those beyond are. */
function lastOfEye(skin: readonly number[]): number {
  let [sum, best, last] = [0, 0, 0];
  skin.forEach((value, n) => {
    sum += 0.5 - value;
    if (sum > best) [best, last] = [sum, n + 1];
  });
  return last;
}

/** Single lines may run into a lash or a shine; corners stay. */
function smoothed(steps: readonly number[]): number[] {
  const at = (list: readonly number[], i: number) => list[i] ?? 0;
  const middle = steps.map((value, i) => median([at(steps, i - 1), value, at(steps, i + 1)]));
  return middle.map((value, i) => (at(middle, i - 1) + 2 * value + at(middle, i + 1)) / 4);
}

/** Moves a lid, and what of the mesh is near it, except for the rest of the eye's contour. */
function moveLid(landmarks: Float32Array, before: Float32Array, { points, outwards, steps }: Lid): void {
  const largest = Math.max(...steps);
  if (largest === 0) return;
  const fixed = new Set([...LEFT_EYE, ...RIGHT_EYE]);
  for (let k = 0; k < before.length / 3; k++) {
    const own = points.indexOf(k);
    const step =
      own >= 0 ? steps[own] : fixed.has(k) ? 0 : nearStep(before, k, points, steps, outwards, largest);
    landmarks[3 * k] += step * outwards[0];
    landmarks[3 * k + 1] += step * outwards[1];
  }
}

function nearStep(
  before: Float32Array,
  k: number,
  points: readonly number[],
  steps: readonly number[],
  outwards: Point,
  largest: number,
): number {
  let [nearest, sum, weights] = [Number.POSITIVE_INFINITY, 0, 0];
  points.forEach((point, i) => {
    const [dx, dy] = [before[3 * k] - before[3 * point], before[3 * k + 1] - before[3 * point + 1]];
    const distance = Math.hypot(dx, dy);
    nearest = Math.min(nearest, distance);
    const weight = 1 / (distance * distance + 1e-6);
    // What lies on the other side of the eye belongs to the other lid.
    sum += dx * outwards[0] + dy * outwards[1] < 0 ? 0 : weight * steps[i];
    weights += weight;
  });
  return (sum / weights) * (1 - smoothstep(nearest / (FADES * largest)));
}
