/**
 * The lids of drawn eyes. The face mesh knows people's eyes; of a cartoon's it sees about half of the height, and its lids
 * lie within the irises. From there outwards, lids are where what has not the skin's colour ends.
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
/** Colour over lightness tells eyes from skin, and not lashes or shadows, which are dark skin; this far from the skin's, or this share of it. */
const OTHER = { least: 0.1, share: 0.5 } as const;
/** Below this L* there is no colour: it belongs to what surrounds it. */
const DARK = 12;
/**
 * Of both eyes both lids must be further apart than the mesh says, by so much in the mean (eye widths): what moves one lid
 * alone is lashes, a shadow or glasses. Of 16 drawn references (for testing only) three are changed, all for the better.
 */
const LEAST_STEP = 0.07;
/** An eye is opened no further than this (eye widths). */
const ROUND = 0.9;
/** The mesh moves along, fading over so many times the largest step of a lid. */
const FADES = 2.5;

/** A lid is an arc: the sine of the way from corner to corner, to this power. */
const ARC = 0.7;

type Point = readonly [number, number];

/** A lid's points from corner to corner without the corners, and how far (px) each lies further from the eye's middle. */
interface Lid {
  readonly points: readonly number[];
  /** Unit vector from the middle of the eye to the lid. */
  readonly outwards: Point;
  readonly steps: readonly number[];
  /** Of the steps, eye widths. */
  readonly mean: number;
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
  const isSure = eyes.every(
    ({ lids, opening }) => opening < ROUND && lids.every(({ mean: step }) => step > LEAST_STEP),
  );
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
  const alongOf = ([x, y]: Point) =>
    Math.min(
      1,
      Math.max(0, ((x - from[0]) * (to[0] - from[0]) + (y - from[1]) * (to[1] - from[1])) / width ** 2),
    );
  const upper = eye.slice(1, half);
  const lower = eye.slice(half + 1).reverse();
  const heights = (list: readonly number[]) => list.map((k) => heightOf(at(k)));
  const limits = {
    upper: REACH.brow * Math.min(...heights(brow)),
    lower: REACH.below * width - Math.min(...heights(lower)),
  };
  const isSkin = skinBelow(from, to, up, Math.min(...heights(lower)), width, read);
  const step = width / SAMPLES;
  const find = (list: readonly number[], sign: 1 | -1, limit: number): Lid => {
    const outwards: Point = [sign * up[0], sign * up[1]];
    const found = list.map((k) => {
      const [x, y] = at(k);
      const start = sign * heightOf([x, y]);
      const line = Array.from({ length: Math.max(1, Math.floor((limit - start) / step)) }, (_, n) =>
        isSkin(read(x + n * step * outwards[0], y + n * step * outwards[1])),
      );
      return start + step * lastOfEye(line);
    });
    const arc = list.map((k) => Math.sin(Math.PI * alongOf(at(k))) ** ARC);
    const middle = [2, 3, 4].map((i) => found[i] / arc[i]);
    const height = median(middle);
    const steps = list.map((k, i) => Math.max(0, height * arc[i] - sign * heightOf(at(k))));
    return { points: list, outwards, steps, mean: mean(steps) / width };
  };
  const lids = [find(upper, 1, limits.upper), find(lower, -1, limits.lower)];
  const between = mean(upper.map((k, i) => heightOf(at(k)) - heightOf(at(lower[i])))) / width;
  return { lids, opening: between + lids[0].mean + lids[1].mean };
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
  const tint = ([l, a, b]: Colour): readonly [number, number] => [
    a / Math.max(DARK, l),
    b / Math.max(DARK, l),
  ];
  const tints = samples.map(tint);
  const [a0, b0] = [median(tints.map(([a]) => a)), median(tints.map(([, b]) => b))];
  const limit = Math.max(OTHER.least, OTHER.share * Math.hypot(a0, b0));
  return (colour) => {
    const [a, b] = tint(colour);
    return colour[0] < DARK ? 0.5 : 1 - smoothstep(Math.hypot(a - a0, b - b0) / limit - 0.5);
  };
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
