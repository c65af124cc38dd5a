/** Samples above this belong to a component. */
const MEMBER = 0.25;
/** Components smaller than this share of the largest are islands. */
const LEAST_SHARE = 0.2;

/**
 * Clears from a matte, in place, what hangs together with neither its largest part nor anything nearly as large: flags
 * and furniture that the network took for a person.
 *
 * @param matte 0..1, row by row
 */
export function removeIslands(matte: Float32Array, width: number): void {
  const labels = new Int32Array(matte.length).fill(-1);
  const sizes: number[] = [];
  for (let i = 0; i < matte.length; i++) {
    if (matte[i] > MEMBER && labels[i] < 0) sizes.push(flood(matte, labels, width, i, sizes.length));
  }
  const least = LEAST_SHARE * Math.max(0, ...sizes);
  for (let i = 0; i < matte.length; i++) if (labels[i] >= 0 && sizes[labels[i]] < least) matte[i] = 0;
}

/** Labels the 4-connected component of a sample; returns its size. */
function flood(matte: Float32Array, labels: Int32Array, width: number, seed: number, label: number): number {
  const stack = [seed];
  labels[seed] = label;
  let size = 0;
  const visit = (i: number) => {
    if (matte[i] > MEMBER && labels[i] < 0) {
      labels[i] = label;
      stack.push(i);
    }
  };
  while (stack.length > 0) {
    const i = stack.pop()!;
    size++;
    if (i % width > 0) visit(i - 1);
    if (i % width < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i + width < matte.length) visit(i + width);
  }
  return size;
}
