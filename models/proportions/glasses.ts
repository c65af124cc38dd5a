/** Whether a person wears glasses: what is rigid must not be bent. No network: lines of a frame are looked for where they must be. */
import {
  type Face,
  LEFT_EYE_INNER,
  LEFT_EYE_OUTER,
  RIGHT_EYE_INNER,
  RIGHT_EYE_OUTER,
} from '../face/index.ts';
import { labPlanes } from '../image/colour.ts';
import { cropPicture } from '../image/crop.ts';
import type { Picture, Plane, Rect } from '../image/picture.ts';
import { sampleLinear } from '../synthesis/sample.ts';

type Range = readonly [number, number];
type Point = readonly [number, number];

/** Where one line of a frame crosses, in eye distances from a point of the face. */
interface Strip {
  /** Along the line through the eyes, away from the nose. */
  readonly u: Range;
  /** Down the face. */
  readonly v: Range;
  /** The line is looked for along this; over the other it is followed. */
  readonly along: 'u' | 'v';
}

/** From the middle between the inner corners of the eyes. */
const BRIDGE: Strip = { u: [-0.05, 0.05], v: [-0.2, 0.15], along: 'v' };
/** From the middle of an eye, its outer corner (the frame's arm, and its side), and its inner corner. */
const BESIDE = {
  under: { u: [-0.08, 0.08], v: [0.14, 0.42], along: 'v' },
  arm: { u: [0.1, 0.2], v: [-0.2, 0.15], along: 'v' },
  outer: { u: [0.02, 0.3], v: [0, 0.1], along: 'u' },
  inner: { u: [-0.16, -0.02], v: [0.02, 0.12], along: 'u' },
} as const satisfies Record<string, Strip>;

/** Eye distances between samples along a strip, and samples over it. */
const STEP = 0.006;
const FOLLOWED = 9;
/** Samples from the middle of a line to what lies beside it: 0.03 eye distances. */
const BESIDE_LINE = 5;

/**
 * A logistic regression on `frameContrasts`, positive with glasses (scripts/fit-glasses.ts). Fitted on 247 official portraits, 46
 * with glasses: one of them is missed, none found too many. Of 246 others, 41 with glasses, none is missed and three are found too
 * many; of 191 of CelebAMask-HQ (for testing only), 9 with glasses, one is missed and one found too many.
 */
const REGRESSION = { constant: -20.68, weights: [2.026, 0.705, 1.034, 0.458, 0.893] } as const;

/** @param face its picture's, px */
export function wearsGlasses(picture: Picture, face: Face): boolean {
  const contrasts = frameContrasts(picture, face);
  if (!contrasts) return false;
  const { constant, weights } = REGRESSION;
  return weights.reduce<number>((sum, weight, k) => sum + weight * contrasts[k], constant) > 0;
}

/**
 * log(1 + contrast in ΔE, CIE76) of the bridge, and summed over both sides of the face what is under the eyes, the arms, the sides and the
 * inner ends of a frame; null where the picture does not show the eyes.
 */
export function frameContrasts(picture: Picture, { landmarks, interocular }: Face): number[] | null {
  const at = (k: number): Point => [landmarks[3 * k], landmarks[3 * k + 1]];
  const [left, right] = [at(LEFT_EYE_OUTER), at(RIGHT_EYE_OUTER)];
  const [leftInner, rightInner] = [at(LEFT_EYE_INNER), at(RIGHT_EYE_INNER)];
  const axis: Point = [right[0] - left[0], right[1] - left[1]];
  const rect = around(middle(left, right), interocular, picture);
  if (rect.width < 2 || rect.height < 2) return null;
  const { l, a, b } = labPlanes(cropPicture(picture, rect));
  const contrast = (origin: Point, side: -1 | 1, strip: Strip) => {
    const from: Point = [origin[0] - rect.x, origin[1] - rect.y];
    return Math.log1p(strongestLine([l, a, b], placesOf(from, axis, side, strip)));
  };
  const both = (onLeft: Point, onRight: Point, strip: Strip) =>
    contrast(onLeft, -1, strip) + contrast(onRight, 1, strip);
  return [
    contrast(middle(leftInner, rightInner), 1, BRIDGE),
    both(middle(left, leftInner), middle(right, rightInner), BESIDE.under),
    both(left, right, BESIDE.arm),
    both(left, right, BESIDE.outer),
    both(leftInner, rightInner, BESIDE.inner),
  ];
}

const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

/** As far as strips may reach, within the picture. */
function around([x, y]: Point, reach: number, picture: Picture): Rect {
  const [left, top] = [x, y].map((value) => Math.max(0, Math.round(value - reach)));
  const [width, height] = [picture.width - left, picture.height - top].map((rest) =>
    Math.min(rest, Math.ceil(2 * reach) + 1),
  );
  return { x: left, y: top, width, height };
}

/** Rows of places (px) across the line that is looked for, each followed over the strip. @param axis an eye distance, px */
function placesOf([x, y]: Point, [ax, ay]: Point, side: -1 | 1, { u, v, along }: Strip): Point[][] {
  const [range, over] = along === 'u' ? [u, v] : [v, u];
  const count = Math.round((range[1] - range[0]) / STEP) + 1;
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: FOLLOWED }, (_, k): Point => {
      const t = range[0] + STEP * i;
      const w = over[0] + ((over[1] - over[0]) * k) / (FOLLOWED - 1);
      const [across, down] = along === 'u' ? [side * t, w] : [side * w, t];
      return [x + across * ax - down * ay, y + across * ay + down * ax];
    }),
  );
}

/** The largest difference (ΔE) of a row from the mean of those beside it, to both sides. */
function strongestLine(planes: readonly Plane[], places: readonly (readonly Point[])[]): number {
  const rows = places.map((row) => planes.map((plane) => meanAt(plane, row)));
  const contrasts = rows.slice(BESIDE_LINE, -BESIDE_LINE).map((colour, i) => {
    const [before, after] = [rows[i], rows[i + 2 * BESIDE_LINE]];
    return Math.hypot(...colour.map((value, c) => value - (before[c] + after[c]) / 2));
  });
  return Math.max(...contrasts);
}

function meanAt({ width, height, data }: Plane, places: readonly Point[]): number {
  const clampTo = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));
  const sum = places.reduce(
    (total, [x, y]) => total + sampleLinear(data, width, height, clampTo(x, width), clampTo(y, height)),
    0,
  );
  return sum / places.length;
}
