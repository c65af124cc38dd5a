/** From the red, green and blue of a file to those of sRGB, by way of CIE XYZ. */

type Point = readonly [x: number, y: number];
type Vector = readonly [number, number, number];
/** Row by row. */
export type Matrix = readonly [Vector, Vector, Vector];

export const IDENTITY: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** CIE 1931 chromaticities. */
export interface Chromaticities {
  readonly red: Point;
  readonly green: Point;
  readonly blue: Point;
  readonly white: Point;
}

const D65: Point = [0.3127, 0.329];
/** White of the profile connection space of ICC. */
export const D50: Point = [0.3457, 0.3585];
/** Illuminant C. */
const C: Point = [0.31, 0.316];

export const primaries = (red: Point, green: Point, blue: Point, white = D65): Chromaticities => ({
  red,
  green,
  blue,
  white,
});

/** By the code points of ITU-T H.273, table 2. */
export const PRIMARIES: Readonly<Record<number, Chromaticities>> = {
  1: primaries([0.64, 0.33], [0.3, 0.6], [0.15, 0.06]),
  4: primaries([0.67, 0.33], [0.21, 0.71], [0.14, 0.08], C),
  5: primaries([0.64, 0.33], [0.29, 0.6], [0.15, 0.06]),
  6: primaries([0.63, 0.34], [0.31, 0.595], [0.155, 0.07]),
  7: primaries([0.63, 0.34], [0.31, 0.595], [0.155, 0.07]),
  8: primaries([0.681, 0.319], [0.243, 0.692], [0.145, 0.049], C),
  9: primaries([0.708, 0.292], [0.17, 0.797], [0.131, 0.046]),
  11: primaries([0.68, 0.32], [0.265, 0.69], [0.15, 0.06], [0.314, 0.351]),
  12: primaries([0.68, 0.32], [0.265, 0.69], [0.15, 0.06]),
  22: primaries([0.63, 0.34], [0.295, 0.605], [0.155, 0.077]),
};

/** Linear light of these primaries to that of sRGB, row by row; white stays white. */
export function toLinearSrgb(from: Chromaticities): Matrix {
  return multiply(invert(toXyz(PRIMARIES[1])), multiply(adaptation(from.white), toXyz(from)));
}

/** CIE XYZ under a white to linear sRGB. */
export const xyzToLinearSrgb = (white: Point): Matrix =>
  multiply(invert(toXyz(PRIMARIES[1])), adaptation(white));

/** From XYZ under D65 to XYZ under D50. */
export const toConnectionSpace = (): Matrix => invert(adaptation(D50));

/** XYZ of a white of luminance 1. */
export const whiteXyz = ([x, y]: Point): Vector => [x / y, 1, (1 - x - y) / y];

function toXyz({ red, green, blue, white }: Chromaticities): Matrix {
  const columns = transpose([whiteXyz(red), whiteXyz(green), whiteXyz(blue)]);
  const amounts = apply(invert(columns), whiteXyz(white));
  return columns.map((row) => row.map((value, i) => value * amounts[i])) as unknown as Matrix;
}

/** Bradford's cones. */
const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

/** From one white to D65. */
function adaptation(white: Point): Matrix {
  const from = apply(BRADFORD, whiteXyz(white));
  const to = apply(BRADFORD, whiteXyz(D65));
  const scaled = BRADFORD.map((row, i) => row.map((value) => (value * to[i]) / from[i])) as unknown as Matrix;
  return multiply(invert(BRADFORD), scaled);
}

const apply = (matrix: Matrix, [x, y, z]: Vector): Vector =>
  matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Vector;

const transpose = (m: Matrix): Matrix =>
  [0, 1, 2].map((i) => [m[0][i], m[1][i], m[2][i]]) as unknown as Matrix;

export const multiply = (a: Matrix, b: Matrix): Matrix =>
  transpose(transpose(b).map((column) => apply(a, column)) as unknown as Matrix);

export function invert(m: Matrix): Matrix {
  const minor = (i: number, j: number) => {
    const [r, s] = [(i + 1) % 3, (i + 2) % 3];
    const [c, d] = [(j + 1) % 3, (j + 2) % 3];
    return m[r][c] * m[s][d] - m[r][d] * m[s][c];
  };
  const determinant = m[0][0] * minor(0, 0) + m[0][1] * minor(0, 1) + m[0][2] * minor(0, 2);
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => minor(j, i) / determinant)) as unknown as Matrix;
}
