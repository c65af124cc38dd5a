/** Hand-made animation moves by itself: a share of the patches is drawn anew every few pictures (Fišer et al. 2017). */

/** Paintings for which a drawing holds. */
const HOLD = 2;
/** Edge (eye distances) of what is drawn anew at once. */
const CELL = 0.12;

interface BoilCanvas {
  readonly width: number;
  readonly height: number;
  readonly anchor: readonly [number, number];
  /** px */
  readonly interocular: number;
}

/** 1 where patches are drawn anew in this painting of a shot; null for nowhere. @param share 0..1 */
export function boilMask(
  { width, height, anchor, interocular }: BoilCanvas,
  painting: number,
  share: number,
): Uint8Array | null {
  if (share <= 0 || painting % HOLD !== 0) return null;
  const cell = Math.max(4, Math.round(CELL * interocular));
  const mask = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor((y - anchor[1]) / cell);
    for (let x = 0; x < width; x++, i++) {
      const column = Math.floor((x - anchor[0]) / cell);
      if (random(column, row, painting) < share) mask[i] = 1;
    }
  }
  return mask;
}

/** 0..1, the same for the same three numbers (the finaliser of MurmurHash3). */
function random(x: number, y: number, z: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(z, 0xc2b2ae3d);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}
