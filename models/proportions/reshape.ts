/** Moves the points of a frontal mesh so that its proportions change as wanted, alike on both sides. */
import { CHIN, FOREHEAD_TOP, LANDMARK_COUNT, MOUTH_LEFT, MOUTH_RIGHT } from '../face/topology.ts';
import { smoothstep } from '../image/smoothstep.ts';
import { symmetric } from './frontal-mesh.ts';
import { logRatios, PLACES, RATIOS, type Ratio } from './ratios.ts';
import { solve } from './solve.ts';

/** A displacement (px of the frontal frame) of x and y at a point (x, y), for an amount whose unit is that of log ratios. */
type Movement = (x: number, y: number, amount: number) => readonly [number, number];

/** Rounds of Newton's method; three leave an error below a thousandth of common changes, the others are for caricatures. */
const ROUNDS = 6;
/** An amount changes by no more in a round: a lid has hardly any way to go down, and Newton's method would go on for ever. */
const LONGEST = 0.5;
/** A step of a log ratio by which its derivatives are taken. */
const STEP = 0.02;

/**
 * The displacement of each point, 468 · 3, in the frontal frame.
 * @param points a mesh turned to the front
 * @param wanted changes of the log ratios in the order of RATIOS; a null leaves a ratio free
 */
export function reshape(points: Float64Array, wanted: readonly (number | null)[]): Float64Array {
  const mesh = symmetric(points);
  const movements = movementsOf(mesh);
  const active = wanted.flatMap((change, r) => (change === null ? [] : [r]));
  const before = logRatios(mesh);
  const target = active.map((r) => before[r] + (wanted[r] as number));
  const amounts: number[] = RATIOS.map(() => 0);
  const measure = (change: readonly number[]) => {
    const ratios = logRatios(move(mesh, movements, change));
    return active.map((r) => ratios[r]);
  };
  for (let round = 0; round < ROUNDS; round++) {
    const now = measure(amounts);
    const columns = active.map((r) => {
      const stepped = measure(amounts.map((amount, k) => (k === r ? amount + STEP : amount)));
      return stepped.map((value, k) => (value - now[k]) / STEP);
    });
    const matrix = active.map((_, k) => columns.map((column) => column[k]));
    const change = solve(
      matrix,
      target.map((value, k) => value - now[k]),
    );
    active.forEach((r, k) => {
      amounts[r] += Math.min(LONGEST, Math.max(-LONGEST, change[k]));
    });
  }
  const moved = move(mesh, movements, amounts);
  for (let i = 0; i < moved.length; i++) moved[i] -= mesh[i];
  return moved;
}

function move(mesh: Float64Array, movements: readonly Movement[], amounts: readonly number[]): Float64Array {
  const out = mesh.slice();
  for (let i = 0; i < LANDMARK_COUNT; i++) {
    movements.forEach((movement, r) => {
      if (amounts[r] === 0) return;
      const [dx, dy] = movement(mesh[3 * i], mesh[3 * i + 1], amounts[r]);
      out[3 * i] += dx;
      out[3 * i + 1] += dy;
    });
  }
  return out;
}

/** One for each of RATIOS, for a symmetric mesh. Lengths are shares of the face's width. */
function movementsOf(mesh: Float64Array): Movement[] {
  const x = (k: number) => mesh[3 * k];
  const y = (k: number) => mesh[3 * k + 1];
  const meanOf = (value: (k: number) => number, list: readonly number[]) =>
    list.reduce((sum, k) => sum + value(k), 0) / list.length;
  const width = x(PLACES.cheeks[1]) - x(PLACES.cheeks[0]);
  const [top, chin] = [y(FOREHEAD_TOP), y(CHIN)];
  const eye = {
    x: (x(PLACES.outerCorners[1]) + x(PLACES.innerCorners[1])) / 2,
    y: meanOf(y, [...PLACES.outerCorners, ...PLACES.innerCorners]),
  };
  const browY = meanOf(y, PLACES.brows);
  const mouth = { x: x(MOUTH_RIGHT), y: (y(MOUTH_LEFT) + y(MOUTH_RIGHT)) / 2 };
  const lips = { top: y(PLACES.lipsTop), bottom: y(PLACES.lipsBottom) };
  const nose = { top: y(PLACES.bridge), base: y(PLACES.noseBase), wing: x(PLACES.wings[1]) };
  const centre = (top + chin) / 2;
  const near = (dx: number, dy: number, rx: number, ry: number) =>
    Math.exp(-((dx / (rx * width)) ** 2) - (dy / (ry * width)) ** 2);
  const ramp = (value: number, from: number, to: number) => smoothstep((value - from) / (to - from));
  /** From the middle of the nearer eye. */
  const toEye = (px: number, py: number) => [px - Math.sign(px) * eye.x, py - eye.y] as const;
  const byRatio: Readonly<Record<Ratio, Movement>> = {
    head: (px, py, a) => [px * Math.expm1(a / 2), (py - centre) * Math.expm1(-a / 2)],
    jaw: (px, py, a) => [
      px *
        Math.expm1(a) *
        ramp(py, nose.top, y(PLACES.jaw[0])) *
        ramp(Math.abs(px), 0.6 * mouth.x, 1.5 * mouth.x),
      0,
    ],
    chin: (_, py, a) => [0, (chin - lips.bottom) * Math.expm1(a) * ramp(py, lips.top, chin)],
    forehead: (_, py, a) => [0, (top - browY) * Math.expm1(a) * (1 - ramp(py, top, browY))],
    eyeWidth: (px, py, a) => {
      const [dx, dy] = toEye(px, py);
      return [dx * Math.expm1(a) * near(dx, dy, 0.24, 0.17), 0];
    },
    eyeHeight: (px, py, a) => {
      const [dx, dy] = toEye(px, py);
      return [0, dy * Math.expm1(a) * near(dx, dy, 0.24, 0.1)];
    },
    eyeSpacing: (px, py, a) => {
      const [dx, dy] = toEye(px, py);
      return [Math.sign(px) * eye.x * Math.expm1(a) * near(dx, dy, 0.24, 0.3), 0];
    },
    brow: (px, py, a) => {
      const dx = px - Math.sign(px) * eye.x;
      return [0, (browY - eye.y) * Math.expm1(a) * near(dx, py - browY, 0.35, 0.13)];
    },
    noseLength: (px, py, a) => {
      const beyond = ramp(py, nose.top, nose.base) * (1 - 0.5 * ramp(py, nose.base, lips.top));
      const fades = 1 - ramp(py, lips.bottom, chin);
      return [0, (nose.base - nose.top) * Math.expm1(a) * beyond * fades * near(px, 0, 0.3, 1)];
    },
    noseWidth: (px, py, a) => [
      px *
        Math.expm1(a) *
        near(Math.max(0, Math.abs(px) - nose.wing), py - nose.base + 0.05 * width, 0.1, 0.16),
      0,
    ],
    mouth: (px, py, a) => [
      px * Math.expm1(a) * near(Math.max(0, Math.abs(px) - mouth.x), py - mouth.y, 0.12, 0.16),
      0,
    ],
    lips: (px, py, a) => [
      0,
      (py - mouth.y) *
        Math.expm1(a) *
        near(Math.max(0, Math.abs(px) - mouth.x / 2), py - mouth.y, 0.14, 0.13),
    ],
  };
  return RATIOS.map((ratio) => byRatio[ratio]);
}
