import { createPlane, type Plane } from '../image/picture.ts';

/** For each pixel of a target picture, a position (px) in a source picture. */
export interface PositionMap {
  readonly x: Plane;
  readonly y: Plane;
}

/** Control points as x, y pairs; both lists have the same length. */
export interface ControlPoints {
  readonly from: Float32Array;
  readonly to: Float32Array;
}

/** Spacing of the nodes (px) at which the deformation is evaluated; it is interpolated linearly between them. */
const NODE_SPACING = 10;
/** Softens the pull of a control point closer than this (px). */
const NEAREST = 4;

/**
 * Maps every pixel of a `width` × `height` picture by the similarity deformation that moving least squares fits to
 * the control points (Schaefer, McPhail, Warren 2006, "Image Deformation Using Moving Least Squares", section 2.2,
 * weights 1/d²). Far from all points it becomes the one similarity that fits them best, so it extrapolates calmly.
 */
export function movingLeastSquares(width: number, height: number, points: ControlPoints): PositionMap {
  const columns = Math.ceil((width - 1) / NODE_SPACING) + 1;
  const rows = Math.ceil((height - 1) / NODE_SPACING) + 1;
  const nodes = deformNodes(columns, rows, NODE_SPACING, points);
  return interpolateNodes(nodes, columns, width, height);
}

/** The same deformation at the nodes of a grid alone: x, y pairs row by row, the first node at (0, 0). */
export function deformNodes(
  columns: number,
  rows: number,
  spacing: number,
  points: ControlPoints,
): Float32Array {
  const nodes = new Float32Array(columns * rows * 2);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      deform(column * spacing, row * spacing, points, nodes, (row * columns + column) * 2);
    }
  }
  return nodes;
}

/**
 * Writes the deformed position of (vx, vy) to out[at], out[at + 1]. In complex numbers, with weighted centroids
 * p*, q* and centred points p̂, q̂, equation 6 of the paper reads f(v) = q* + (v − p*) · Σ w p̂* q̂ / Σ w |p̂|².
 */
function deform(vx: number, vy: number, { from, to }: ControlPoints, out: Float32Array, at: number): void {
  let sum = 0;
  let px = 0;
  let py = 0;
  let qx = 0;
  let qy = 0;
  let real = 0;
  let imaginary = 0;
  let norm = 0;
  for (let i = 0; i < from.length; i += 2) {
    const dx = from[i] - vx;
    const dy = from[i + 1] - vy;
    const w = 1 / (dx * dx + dy * dy + NEAREST * NEAREST);
    const tx = to[i];
    const ty = to[i + 1];
    sum += w;
    px += w * dx;
    py += w * dy;
    qx += w * tx;
    qy += w * ty;
    norm += w * (dx * dx + dy * dy);
    real += w * (dx * tx + dy * ty);
    imaginary += w * (dx * ty - dy * tx);
  }
  px /= sum;
  py /= sum;
  qx /= sum;
  qy /= sum;
  // Centring by the identity Σ w p̂ q̂ = Σ w p q − (Σ w) p* q*.
  norm -= sum * (px * px + py * py);
  real -= sum * (px * qx + py * qy);
  imaginary -= sum * (px * qy - py * qx);
  const a = real / norm;
  const b = imaginary / norm;
  out[at] = qx - a * px + b * py;
  out[at + 1] = qy - a * py - b * px;
}

function interpolateNodes(nodes: Float32Array, columns: number, width: number, height: number): PositionMap {
  const x = createPlane(width, height);
  const y = createPlane(width, height);
  for (let row = 0, i = 0; row < height; row++) {
    const nodeRow = Math.floor(row / NODE_SPACING);
    const fy = row / NODE_SPACING - nodeRow;
    const above = nodeRow * columns;
    const below = fy === 0 ? above : above + columns;
    for (let column = 0; column < width; column++, i++) {
      const nodeColumn = (column / NODE_SPACING) | 0;
      const fx = column / NODE_SPACING - nodeColumn;
      const left = (above + nodeColumn) * 2;
      const lower = (below + nodeColumn) * 2;
      const right = fx === 0 ? 0 : 2;
      const x0 = nodes[left] + fx * (nodes[left + right] - nodes[left]);
      const x1 = nodes[lower] + fx * (nodes[lower + right] - nodes[lower]);
      const y0 = nodes[left + 1] + fx * (nodes[left + right + 1] - nodes[left + 1]);
      const y1 = nodes[lower + 1] + fx * (nodes[lower + right + 1] - nodes[lower + 1]);
      x.data[i] = x0 + fy * (x1 - x0);
      y.data[i] = y0 + fy * (y1 - y0);
    }
  }
  return { x, y };
}
