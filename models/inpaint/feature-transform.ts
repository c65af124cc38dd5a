/** For each pixel the index of the nearest pixel of a set; -1 everywhere when the set is empty. */
export interface FeatureTransform {
  readonly width: number;
  readonly height: number;
  readonly nearest: Int32Array;
}

/**
 * Exact Euclidean feature transform of the pixels where `isMember(index)` holds.
 * Meijster, Roerdink, Hesselink 2000, "A general algorithm for computing distance transforms in linear time".
 */
export function featureTransform(
  width: number,
  height: number,
  isMember: (index: number) => boolean,
): FeatureTransform {
  const nearestRow = nearestInColumns(width, height, isMember);
  const nearest = new Int32Array(width * height).fill(-1);
  const stack = new Int32Array(width);
  const start = new Int32Array(width);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    /** Squared distance from (x, y) to the nearest member in column c. */
    const distance = (x: number, c: number) => {
      const dy = nearestRow[row + c] - y;
      return (x - c) * (x - c) + dy * dy;
    };
    let top = -1;
    for (let c = 0; c < width; c++) {
      if (nearestRow[row + c] < 0) continue;
      while (top >= 0 && distance(start[top], stack[top]) > distance(start[top], c)) top--;
      if (top < 0) {
        top = 0;
        stack[0] = c;
        start[0] = 0;
        continue;
      }
      const p = stack[top];
      const dp = nearestRow[row + p] - y;
      const dc = nearestRow[row + c] - y;
      const from = 1 + Math.floor((c * c - p * p + dc * dc - dp * dp) / (2 * (c - p)));
      if (from < width) {
        top++;
        stack[top] = c;
        start[top] = from;
      }
    }
    if (top < 0) continue;
    for (let x = width - 1; x >= 0; x--) {
      const c = stack[top];
      nearest[row + x] = nearestRow[row + c] * width + c;
      if (x === start[top]) top--;
    }
  }
  return { width, height, nearest };
}

/** For each pixel the row of the nearest member in its column, or -1. */
function nearestInColumns(width: number, height: number, isMember: (index: number) => boolean): Int32Array {
  const rows = new Int32Array(width * height).fill(-1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      rows[i] = isMember(i) ? y : y > 0 ? rows[i - width] : -1;
    }
  }
  for (let y = height - 2; y >= 0; y--) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const below = rows[i + width];
      if (below >= 0 && (rows[i] < 0 || below - y < y - rows[i])) rows[i] = below;
    }
  }
  return rows;
}
