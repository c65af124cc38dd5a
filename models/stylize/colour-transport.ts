/**
 * Optimal transport of colours between two normal distributions (the linear Monge–Kantorovich map; Pitié, Kokaram 2007,
 * "The linear Monge-Kantorovitch linear colour mapping for example-based colour transfer"):
 * T = A^(-1/2) (A^(1/2) B A^(1/2))^(1/2) A^(-1/2) for covariances A and B. Of all maps that give one distribution the
 * mean and covariance of the other it moves colours least.
 */
import type { LabPlanes } from '../image/colour.ts';
import type { Plane } from '../image/picture.ts';

/** Mean and covariance (row by row) of L, a, b, and the weight they were measured from. */
export interface ColourStatistics {
  readonly mean: readonly number[];
  readonly covariance: readonly number[];
  readonly weight: number;
}

export type ColourMap = (l: number, a: number, b: number) => readonly [l: number, a: number, b: number];

/** Variance (squared units of L*a*b*) added to every channel: less than this is noise. */
const NOISE = 4;

export function colourStatistics({ l, a, b }: LabPlanes, weights: Plane): ColourStatistics {
  const planes = [l.data, a.data, b.data];
  const mean = [0, 0, 0];
  const covariance = new Array<number>(9).fill(0);
  let weight = 0;
  for (let i = 0; i < weights.data.length; i++) {
    const w = weights.data[i];
    if (w <= 0) continue;
    weight += w;
    for (let c = 0; c < 3; c++) mean[c] += w * planes[c][i];
  }
  if (weight === 0) return { mean, covariance, weight };
  for (let c = 0; c < 3; c++) mean[c] /= weight;
  for (let i = 0; i < weights.data.length; i++) {
    const w = weights.data[i] / weight;
    if (w <= 0) continue;
    const [x, y, z] = [l.data[i] - mean[0], a.data[i] - mean[1], b.data[i] - mean[2]];
    covariance[0] += w * x * x;
    covariance[1] += w * x * y;
    covariance[2] += w * x * z;
    covariance[4] += w * y * y;
    covariance[5] += w * y * z;
    covariance[8] += w * z * z;
  }
  covariance[3] = covariance[1];
  covariance[6] = covariance[2];
  covariance[7] = covariance[5];
  return { mean, covariance, weight };
}

export function colourTransport(from: ColourStatistics, to: ColourStatistics): ColourMap {
  const noisy = (m: readonly number[]) => m.map((value, i) => value + (i % 4 === 0 ? NOISE : 0));
  const [root, inverse] = [0.5, -0.5].map((power) => matrixPower(noisy(from.covariance), power));
  const middle = matrixPower(multiply(multiply(root, noisy(to.covariance)), root), 0.5);
  const map = multiply(multiply(inverse, middle), inverse);
  return (l, a, b) => {
    const [x, y, z] = [l - from.mean[0], a - from.mean[1], b - from.mean[2]];
    const row = (r: number) => to.mean[r] + map[3 * r] * x + map[3 * r + 1] * y + map[3 * r + 2] * z;
    return [row(0), row(1), row(2)];
  };
}

function multiply(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: 9 }, (_, i) => {
    const [r, c] = [Math.floor(i / 3), i % 3];
    return a[3 * r] * b[c] + a[3 * r + 1] * b[3 + c] + a[3 * r + 2] * b[6 + c];
  });
}

/** Of a symmetric positive matrix, by Jacobi's rotations. */
function matrixPower(matrix: readonly number[], power: number): number[] {
  const m = [...matrix];
  const vectors = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  for (let sweep = 0; sweep < 12; sweep++) {
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ])
      rotate(m, vectors, p, q);
  }
  const values = [m[0], m[4], m[8]].map((value) => Math.max(1e-9, value) ** power);
  return Array.from({ length: 9 }, (_, i) => {
    const [r, c] = [Math.floor(i / 3), i % 3];
    return values.reduce((sum, value, k) => sum + value * vectors[3 * r + k] * vectors[3 * c + k], 0);
  });
}

/** One Jacobi rotation that makes m[p][q] zero. */
function rotate(m: number[], vectors: number[], p: number, q: number): void {
  const off = m[3 * p + q];
  if (Math.abs(off) < 1e-12) return;
  const angle = 0.5 * Math.atan2(2 * off, m[4 * q] - m[4 * p]);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  for (let k = 0; k < 3; k++) {
    const [a, b] = [m[3 * k + p], m[3 * k + q]];
    m[3 * k + p] = c * a - s * b;
    m[3 * k + q] = s * a + c * b;
  }
  for (let k = 0; k < 3; k++) {
    const [a, b] = [m[3 * p + k], m[3 * q + k]];
    m[3 * p + k] = c * a - s * b;
    m[3 * q + k] = s * a + c * b;
    const [v, w] = [vectors[3 * k + p], vectors[3 * k + q]];
    vectors[3 * k + p] = c * v - s * w;
    vectors[3 * k + q] = s * v + c * w;
  }
}

/** Chroma of pencil or charcoal on paper or of stone, at most, and of painted skin at the least. */
const [GREY, COLOURED] = [6, 16];

/** 0..1: whether a material is painted in colour or drawn in grey. */
export const colouredness = ({ mean: [, a, b] }: ColourStatistics): number =>
  Math.min(1, Math.max(0, (Math.hypot(a, b) - GREY) / (COLOURED - GREY)));

export const isGrey = (colours: ColourStatistics): boolean => colouredness(colours) === 0;
