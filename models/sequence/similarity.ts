/** The similarity that takes one face's landmarks to another's, by least squares (Umeyama 1991, in the plane). */

/** Pixel (X, Y) of one picture is pixel (a X − b Y + x, b X + a Y + y) of another; pixel centres lie at whole numbers. */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly x: number;
  readonly y: number;
}

/** @param from and @param to landmarks: 468 · 3 coordinates, pixel centres at halves */
export function similarityBetween(from: Float32Array, to: Float32Array): Similarity {
  const mean = (points: Float32Array, axis: number) => {
    let sum = 0;
    for (let i = axis; i < points.length; i += 3) sum += points[i] - 0.5;
    return (3 * sum) / points.length;
  };
  const [fx, fy, tx, ty] = [mean(from, 0), mean(from, 1), mean(to, 0), mean(to, 1)];
  let [real, imaginary, norm] = [0, 0, 0];
  for (let i = 0; i < from.length; i += 3) {
    const [dx, dy] = [from[i] - 0.5 - fx, from[i + 1] - 0.5 - fy];
    const [ex, ey] = [to[i] - 0.5 - tx, to[i + 1] - 0.5 - ty];
    real += dx * ex + dy * ey;
    imaginary += dx * ey - dy * ex;
    norm += dx * dx + dy * dy;
  }
  const [a, b] = [real / norm, imaginary / norm];
  return { a, b, x: tx - a * fx + b * fy, y: ty - b * fx - a * fy };
}
