/** What lies under glasses: their frame moves as a whole, so that it is not bent; eyes change within their lenses. */
import { type Face, LEFT_EYE, LEFT_EYE_OUTER, RIGHT_EYE, RIGHT_EYE_OUTER } from '../face/index.ts';
import { smoothstep } from '../image/smoothstep.ts';
import type { MovedPoints } from './control-points.ts';

/**
 * How far glasses reach from the middle of the eyes, and where nothing of the face follows them any more (eye distances): to the
 * sides, up, down on the cheeks, down on the nose.
 */
const GLASSES = { across: [0.64, 0.9], up: [0.26, 0.42], down: [0.38, 0.8], bridge: [0.28, 0.42] } as const;
/** A nose is so wide (eye distances from its middle), and cheeks begin. */
const NOSE = [0.2, 0.38] as const;
/** Of a lens around the middle of its eye this much is free of its rim (half axes, eye distances) ... */
const WITHIN = { across: 0.22, down: 0.14 } as const;
/** ... and up to this share of it an eye changes as it would without glasses; from there on less. */
const WHOLE = 0.45;

type Point = readonly [number, number];

/**
 * The same with what is under glasses moved by the one similarity that takes both eyes where they go: a frame grows and moves
 * with their distance. Within its lenses eyes grow as they would, around their middles.
 */
export function keepFrame({ from, to }: MovedPoints, { landmarks, interocular }: Face): MovedPoints {
  const corner = (k: number): Point => [landmarks[3 * k], landmarks[3 * k + 1]];
  const [left, right] = [corner(LEFT_EYE_OUTER), corner(RIGHT_EYE_OUTER)];
  const axis = [(right[0] - left[0]) / interocular ** 2, (right[1] - left[1]) / interocular ** 2];
  /** Along the line through the eyes and down the face, in eye distances. */
  const inFace = ([x, y]: Point, [cx, cy]: Point): Point => [
    (x - cx) * axis[0] + (y - cy) * axis[1],
    (y - cy) * axis[0] - (x - cx) * axis[1],
  ];
  const eyes = [LEFT_EYE, RIGHT_EYE].map((eye) => ({ before: middleOf(from, eye), after: middleOf(to, eye) }));
  const place = similarity(eyes[0], eyes[1]);
  const centre = middle(left, right);
  const moved = to.slice();
  for (let i = 0; i < from.length; i += 2) {
    const point: Point = [from[i], from[i + 1]];
    const [across, down] = inFace(point, centre);
    const held = heldByFrame(Math.abs(across), down);
    if (held === 0) continue;
    const [ex, ey] = inFace(point, eyes[across < 0 ? 0 : 1].before);
    const within = smoothstep((1 - Math.hypot(ex / WITHIN.across, ey / WITHIN.down)) / (1 - WHOLE));
    place(point).forEach((value, c) => {
      moved[i + c] += held * (1 - within) * (value - to[i + c]);
    });
  }
  return { from, to: moved };
}

/** 0..1 */
function heldByFrame(across: number, down: number): number {
  const fall = (value: number, [from, to]: readonly [number, number]) => 1 - smoothstep((value - from) / (to - from));
  const onCheek = 1 - fall(across, NOSE);
  const below = fall(down, GLASSES.bridge) + onCheek * (fall(down, GLASSES.down) - fall(down, GLASSES.bridge));
  return fall(across, GLASSES.across) * fall(-down, GLASSES.up) * below;
}

const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

function middleOf(points: readonly number[], list: readonly number[]): Point {
  const mean = (c: 0 | 1) => list.reduce((sum, k) => sum + points[2 * k + c], 0) / list.length;
  return [mean(0), mean(1)];
}

interface Step {
  readonly before: Point;
  readonly after: Point;
}

/** The turn, scale and shift that take one point and another where they go. */
function similarity(one: Step, other: Step): (point: Point) => Point {
  const [dx, dy] = [other.before[0] - one.before[0], other.before[1] - one.before[1]];
  const [ex, ey] = [other.after[0] - one.after[0], other.after[1] - one.after[1]];
  const norm = dx * dx + dy * dy;
  const [a, b] = [(dx * ex + dy * ey) / norm, (dx * ey - dy * ex) / norm];
  const [before, after] = [middle(one.before, other.before), middle(one.after, other.after)];
  return ([x, y]) => [
    after[0] + a * (x - before[0]) - b * (y - before[1]),
    after[1] + b * (x - before[0]) + a * (y - before[1]),
  ];
}
