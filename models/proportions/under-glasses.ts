/** What lies under glasses: their frame moves as a whole, so that it is not bent; eyes change within their lenses. */
import { type Face, LEFT_EYE, LEFT_EYE_OUTER, RIGHT_EYE, RIGHT_EYE_OUTER } from '../face/index.ts';
import { smoothstep } from '../image/smoothstep.ts';
import type { MovedPoints } from './control-points.ts';
import type { Deformation } from './deformation.ts';
import { PLACES } from './ratios.ts';

/**
 * How far glasses reach from the middle of the eyes, and where nothing of the face follows them any more (eye distances): to the
 * sides, up, down on the cheeks, down on the nose.
 */
const GLASSES = { across: [0.62, 0.84], up: [0.26, 0.42], down: [0.38, 0.7], bridge: [0.24, 0.34] } as const;
/** A nose is so wide (eye distances from the middle of its wings), and cheeks begin. */
const NOSE = [0.28, 0.42] as const;
/** Of a lens around the middle of its eye this much is free of its rim (half axes, eye distances) ... */
const WITHIN = { across: 0.22, down: 0.14 } as const;
/** ... and up to this share of it an eye changes as it would without glasses; from there on less. */
const WHOLE = 0.45;
/**
 * Share of the eyes' growing and turning that the frame takes part in (1 and this were looked at with 12 people before two
 * references): where all of it is, frames are a fifth wider before the roundest cartoons, and temples with them.
 */
const FOLLOWS = 0.5;

type Point = readonly [number, number];

export interface Frame {
  /** Where the frame goes with so much of the change, 0..1, and where it comes from; px. */
  readonly place: (point: Point, share: number) => Point;
  readonly origin: (point: Point, share: number) => Point;
  /** 0..1: how much a point of the picture follows the frame. */
  readonly held: (point: Point) => number;
}

/** The frame moves by a similarity: with the middle between the eyes, growing by FOLLOWS of what they do; within its lenses eyes grow as they would. */
export function frameOf({ from, to }: MovedPoints, { landmarks, interocular }: Face): Frame {
  const corner = (k: number): Point => [landmarks[3 * k], landmarks[3 * k + 1]];
  const [left, right] = [corner(LEFT_EYE_OUTER), corner(RIGHT_EYE_OUTER)];
  const axis = [(right[0] - left[0]) / interocular ** 2, (right[1] - left[1]) / interocular ** 2];
  /** Along the line through the eyes and down the face, in eye distances. */
  const inFace = ([x, y]: Point, [cx, cy]: Point): Point => [
    (x - cx) * axis[0] + (y - cy) * axis[1],
    (y - cy) * axis[0] - (x - cx) * axis[1],
  ];
  const eyes = [LEFT_EYE, RIGHT_EYE].map((eye) => ({
    before: middleOf(from, eye),
    after: middleOf(to, eye),
  }));
  const centre = middle(left, right);
  const nose = middle(corner(PLACES.wings[0]), corner(PLACES.wings[1]));
  const held = (point: Point) => {
    const [across, down] = inFace(point, centre);
    const fromNose = Math.abs(inFace(point, nose)[0]);
    const [ex, ey] = inFace(point, eyes[across < 0 ? 0 : 1].before);
    const within = smoothstep((1 - Math.hypot(ex / WITHIN.across, ey / WITHIN.down)) / (1 - WHOLE));
    return (1 - within) * heldByFrame({ across: Math.abs(across), down, fromNose });
  };
  return { ...similarity(eyes[0], eyes[1]), held };
}

/** The same with what is under glasses moved as their frame is. */
export function keepFrame({ from, to }: MovedPoints, { place, held }: Frame): MovedPoints {
  const moved = to.slice();
  for (let i = 0; i < from.length; i += 2) {
    const weight = held([from[i], from[i + 1]]);
    place([from[i], from[i + 1]], 1).forEach((value, c) => {
      moved[i + c] += weight * (value - to[i + c]);
    });
  }
  return { from, to: moved };
}

/** The same with the frame moved by its similarity alone, to which points come close only. @param share of the change, 0..1 */
export function holdFrame(deformation: Deformation, { origin, held }: Frame, share: number): Deformation {
  const { columns, rows, spacing, rect } = deformation;
  const steps = deformation.steps.slice();
  for (let row = 1; row < rows - 1; row++) {
    for (let column = 1; column < columns - 1; column++) {
      const shown: Point = [rect.x + column * spacing, rect.y + row * spacing];
      const read = origin(shown, share);
      const weight = held(read);
      const at = 2 * (row * columns + column);
      read.forEach((value, c) => {
        steps[at + c] += weight * (value - shown[c] - steps[at + c]);
      });
    }
  }
  return { ...deformation, steps };
}

/** 0..1 */
function heldByFrame({ across, down, fromNose }: Readonly<Record<'across' | 'down' | 'fromNose', number>>) {
  const fall = (value: number, [from, to]: readonly [number, number]) =>
    1 - smoothstep((value - from) / (to - from));
  const onCheek = 1 - fall(fromNose, NOSE);
  const below =
    fall(down, GLASSES.bridge) + onCheek * (fall(down, GLASSES.down) - fall(down, GLASSES.bridge));
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

/** The shift that takes the middle of two points where it goes, with FOLLOWS of their turn and scale, and back. */
function similarity(one: Step, other: Step): Pick<Frame, 'place' | 'origin'> {
  const [dx, dy] = [other.before[0] - one.before[0], other.before[1] - one.before[1]];
  const [ex, ey] = [other.after[0] - one.after[0], other.after[1] - one.after[1]];
  const norm = dx * dx + dy * dy;
  const real = 1 + FOLLOWS * ((dx * ex + dy * ey) / norm - 1);
  const imaginary = (FOLLOWS * (dx * ey - dy * ex)) / norm;
  const [before, after] = [middle(one.before, other.before), middle(one.after, other.after)];
  /** Part of it: scale and turn as a complex number, and where the middle goes. */
  const partly = (share: number) => ({
    a: 1 + share * (real - 1),
    b: share * imaginary,
    to: [0, 1].map((c) => before[c] + share * (after[c] - before[c])),
  });
  return {
    place([x, y], share) {
      const { a, b, to } = partly(share);
      const [u, v] = [x - before[0], y - before[1]];
      return [to[0] + a * u - b * v, to[1] + b * u + a * v];
    },
    origin([x, y], share) {
      const { a, b, to } = partly(share);
      const [u, v] = [x - to[0], y - to[1]];
      const size = a * a + b * b;
      return [before[0] + (a * u + b * v) / size, before[1] + (a * v - b * u) / size];
    },
  };
}
