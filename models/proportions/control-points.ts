/** Points of a picture and where a change of proportions takes them. */
import { faceFrame } from '../face/face-frame.ts';
import type { Face } from '../face/index.ts';
import type { Rect } from '../image/picture.ts';
import { frontalMesh, onPicture } from './frontal-mesh.ts';
import { isInside, type VisibleIris } from './irises.ts';
import { solve } from './solve.ts';

/** Pairs x, y in px of the picture; both lists have the same length. */
export interface MovedPoints {
  readonly from: number[];
  readonly to: number[];
}

/** The picture changes around a face as far as so many face heights from its middle: across, up and down. */
const REACH = { across: 1.45, up: 1.35, down: 1.35 } as const;
/** Between pinned points on the border (face heights); twice as far apart, the border tore where a chin is near. */
const PIN_SPACING = 0.08;
/** From the first to the last of these distances below the middle (face heights) shoulders are pinned, so far to each side. */
const SHOULDERS = { rows: [0.95, 1.15], across: 1.4, spacing: 0.2 } as const;

/** The part of the picture that changes, in whole px. */
export function reachOf(
  { landmarks }: Face,
  picture: { readonly width: number; readonly height: number },
): Rect {
  const { centre, height } = faceFrame(landmarks);
  const [x, y] = [centre[0] - REACH.across * height, centre[1] - REACH.up * height].map((v) =>
    Math.max(0, Math.floor(v)),
  );
  const right = Math.min(picture.width, Math.ceil(centre[0] + REACH.across * height));
  const bottom = Math.min(picture.height, Math.ceil(centre[1] + REACH.down * height));
  return { x, y, width: right - x, height: bottom - y };
}

/** The landmarks of a face, moved. @param steps 468 · 3, in the frontal frame of the face */
export function moveLandmarks({ landmarks }: Face, steps: Float64Array): MovedPoints {
  const mesh = frontalMesh(landmarks);
  const [from, to]: [number[], number[]] = [[], []];
  for (let i = 0; i < steps.length; i += 3) {
    const [dx, dy] = onPicture(mesh, [steps[i], steps[i + 1], steps[i + 2]]);
    from.push(landmarks[i], landmarks[i + 1]);
    to.push(landmarks[i] + dx, landmarks[i + 1] + dy);
  }
  return { from, to };
}

/** Points around an iris besides its middle. */
const AROUND = 12;

/** Irises with as much of their rim as the lids show: they grow as the opening between the lids does, and stay round. */
export function irisPoints({ from, to }: MovedPoints, irises: readonly VisibleIris[]): MovedPoints {
  const out: MovedPoints = { from: [], to: [] };
  for (const { x, y, radius, eye } of irises) {
    const contour = (points: readonly number[]) =>
      eye.map((k) => [points[2 * k], points[2 * k + 1]] as const);
    const [before, after] = [contour(from), contour(to)];
    const opening = (points: readonly (readonly [number, number])[]) => {
      const [upper, lower] = [points[eye.length / 4], points[(3 * eye.length) / 4]];
      return Math.hypot(upper[0] - lower[0], upper[1] - lower[1]);
    };
    const scale = opening(after) / opening(before);
    const [cx, cy] = affine(before, after)(x, y);
    out.from.push(x, y);
    out.to.push(cx, cy);
    for (let k = 0; k < AROUND; k++) {
      const angle = (2 * Math.PI * k) / AROUND;
      const [dx, dy] = [radius * Math.cos(angle), radius * Math.sin(angle)];
      if (!isInside(before, x + dx, y + dy)) continue;
      out.from.push(x + dx, y + dy);
      out.to.push(cx + scale * dx, cy + scale * dy);
    }
  }
  return out;
}

/** The affine map that takes points nearest to others, in the mean of squares. */
function affine(from: readonly (readonly [number, number])[], to: readonly (readonly [number, number])[]) {
  const rows = from.map(([x, y]) => [x, y, 1]);
  const moments = [0, 1, 2].map((a) =>
    [0, 1, 2].map((b) => rows.reduce((sum, row) => sum + row[a] * row[b], 0)),
  );
  const [ax, ay] = ([0, 1] as const).map((c) =>
    solve(
      moments,
      [0, 1, 2].map((a) => rows.reduce((sum, row, i) => sum + row[a] * to[i][c], 0)),
    ),
  );
  return (x: number, y: number) => [ax[0] * x + ax[1] * y + ax[2], ay[0] * x + ay[1] * y + ay[2]];
}

/** Points that stay: the border of what changes, and the shoulders. */
export function pinnedPoints({ landmarks }: Face, { x, y, width, height }: Rect): number[] {
  const frame = faceFrame(landmarks);
  const pins: number[] = [];
  const edge = (length: number) => Math.max(2, Math.ceil(length / (PIN_SPACING * frame.height)));
  for (let k = 0, n = edge(width); k <= n; k++)
    pins.push(x + (k / n) * width, y, x + (k / n) * width, y + height);
  for (let k = 1, n = edge(height); k < n; k++)
    pins.push(x, y + (k / n) * height, x + width, y + (k / n) * height);
  const [dx, dy] = frame.down;
  for (const down of SHOULDERS.rows) {
    for (let side = -SHOULDERS.across; side <= SHOULDERS.across + 1e-6; side += SHOULDERS.spacing) {
      const px = frame.centre[0] + (dx * down + dy * side) * frame.height;
      const py = frame.centre[1] + (dy * down - dx * side) * frame.height;
      if (px > x && py > y && px < x + width && py < y + height) pins.push(px, py);
    }
  }
  return pins;
}
