/** How often each part of a picture is painted with, so that no patch is repeated until the eye catches it. */
export interface PatchUsage {
  /** Begins anew with these patches in use. */
  reset(inUse: Iterable<number>): void;
  move(from: number, to: number): void;
  /** By how much the error of this patch counts more because its surroundings are in use already: 1 or more. */
  penalty(patch: number): number;
}

/** Counted in cells of this side (px). */
const CELL = 4;
/**
 * For each time that a patch is used more often than all would be on average, its error is counted so often again. Where
 * all patches fit well, as on a plain wall, that is nothing.
 */
const COST = 5;

/**
 * After the occurrence maps of self-tuning texture optimisation (Kaspar et al. 2015).
 * @param isSource 1 for pixels that are patches to paint with
 * @param uses how many patches are in use at a time
 */
export function createPatchUsage(width: number, isSource: Uint8Array, uses: number): PatchUsage {
  const columns = Math.ceil(width / CELL);
  const cellOf = (i: number) => Math.floor(i / width / CELL) * columns + Math.floor((i % width) / CELL);
  const used = new Int32Array(cellOf(isSource.length - 1) + columns);
  const available = new Int32Array(used.length);
  let sources = 0;
  for (let i = 0; i < isSource.length; i++) {
    available[cellOf(i)] += isSource[i];
    sources += isSource[i];
  }
  const average = uses / Math.max(1, sources);
  return {
    reset(inUse) {
      used.fill(0);
      for (const patch of inUse) used[cellOf(patch)]++;
    },
    move(from, to) {
      used[cellOf(from)]--;
      used[cellOf(to)]++;
    },
    penalty(patch) {
      const cell = cellOf(patch);
      const times = used[cell] / (average * Math.max(1, available[cell]));
      return 1 + COST * Math.max(0, times - 1);
    },
  };
}
