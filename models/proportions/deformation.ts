/** A deformation of part of a picture as displacements at the nodes of a grid. */
import { createPlane, type Plane, type Rect } from '../image/picture.ts';
import { deformNodes } from '../synthesis/moving-least-squares.ts';
import type { MovedPoints } from './control-points.ts';

export interface Deformation {
  /** px of the picture; outside nothing moves. */
  readonly rect: Rect;
  readonly columns: number;
  readonly rows: number;
  /** px between nodes. */
  readonly spacing: number;
  /** For each node, x, y pairs in px: from where the picture is read, less where it is shown. */
  readonly steps: Float32Array;
}

/** Nodes an eye distance: the opening of an eye spans three. */
export const NODES = 24;
/**
 * Nodes lie so many units of the solver apart, which softens points that are closer than 4 of its units: 0.8 of a node. With half
 * of that the map had cusps at landmarks, and a tenth of all changes was made in part for their sake.
 */
const UNITS = 5;

/** @param interocular px */
export function deform(rect: Rect, interocular: number, { from, to }: MovedPoints): Deformation {
  const spacing = interocular / NODES;
  const columns = Math.ceil(rect.width / spacing) + 1;
  const rows = Math.ceil(rect.height / spacing) + 1;
  const unit = UNITS / spacing;
  const local = (points: readonly number[]) =>
    Float32Array.from(points, (value, i) => (value - (i % 2 === 0 ? rect.x : rect.y)) * unit);
  const steps = deformNodes(columns, rows, UNITS, { from: local(to), to: local(from) });
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i += 2) {
      const edge = Math.min(row, column, rows - 1 - row, columns - 1 - column) === 0;
      steps[i] = edge ? 0 : (steps[i] - column * UNITS) / unit;
      steps[i + 1] = edge ? 0 : (steps[i + 1] - row * UNITS) / unit;
    }
  }
  return { rect, columns, rows, spacing, steps };
}

/** What a plane of the picture's size has at the nodes, beyond its border what it has there. */
export function atNodes(
  { rect, columns, rows, spacing }: Deformation,
  { width, height, data }: Plane,
): Plane {
  const out = createPlane(columns, rows);
  const at = (from: number, node: number, size: number) =>
    Math.min(size - 1, Math.max(0, Math.round(from + node * spacing)));
  for (let row = 0, i = 0; row < rows; row++) {
    const line = at(rect.y, row, height) * width;
    for (let column = 0; column < columns; column++, i++)
      out.data[i] = data[line + at(rect.x, column, width)];
  }
  return out;
}

/** Every step times the value of its node. */
export const weighted = (deformation: Deformation, { data }: Plane): Deformation => ({
  ...deformation,
  steps: deformation.steps.map((value, i) => value * data[i >> 1]),
});

/** The displacement at a point of the picture (px), bilinear between nodes. */
export function stepAt(
  { rect, columns, rows, spacing, steps }: Deformation,
  x: number,
  y: number,
): [number, number] {
  const u = Math.min(columns - 1.001, Math.max(0, (x - rect.x) / spacing));
  const v = Math.min(rows - 1.001, Math.max(0, (y - rect.y) / spacing));
  const [c, r] = [Math.floor(u), Math.floor(v)];
  const [fu, fv] = [u - c, v - r];
  const at = (r * columns + c) * 2;
  const below = at + 2 * columns;
  const mixed = (k: 0 | 1) => {
    const upper = steps[at + k] + fu * (steps[at + 2 + k] - steps[at + k]);
    const lower = steps[below + k] + fu * (steps[below + 2 + k] - steps[below + k]);
    return upper + fv * (lower - upper);
  };
  return [mixed(0), mixed(1)];
}

/**
 * How far from folding a deformation is: the smallest determinant of its Jacobian or of its inverse's, whichever is less.
 * 1 where no area changes; 0 and less is a fold.
 */
export function smallestJacobian({ columns, rows, spacing, steps }: Deformation): number {
  let smallest = 1;
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = (row * columns + column) * 2;
      const below = at + 2 * columns;
      // Between nodes steps are bilinear, so the determinant is least in a corner.
      for (const edge of [at, below]) {
        const [ux, uy] = [steps[edge + 2] - steps[edge], steps[edge + 3] - steps[edge + 1]];
        for (const side of [0, 2]) {
          const [vx, vy] = [
            steps[below + side] - steps[at + side],
            steps[below + side + 1] - steps[at + side + 1],
          ];
          const area = (1 + ux / spacing) * (1 + vy / spacing) - (uy * vx) / spacing ** 2;
          smallest = Math.min(smallest, area, area > 1 ? 1 / area : 1);
        }
      }
    }
  }
  return smallest;
}
