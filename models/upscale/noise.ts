import type { Rect } from '../image/picture.ts';

/**
 * White noise of mean 0 and variance 1 for a rectangle of a picture, [channels, h, w]. Each number depends on its place in
 * the picture alone, so that tiles meet without a seam and the same picture gets the same grain.
 */
export function noisePlanes({ x, y, width, height }: Rect, channels: number, seed = 0): Float32Array {
  const planes = new Float32Array(channels * width * height);
  let to = 0;
  for (let c = 0; c < channels; c++)
    for (let row = y; row < y + height; row++)
      for (let column = x; column < x + width; column++)
        planes[to++] = (hash(column, row, c + seed * channels) / 2 ** 32 - 0.5) * Math.sqrt(12);
  return planes;
}

/** 32 mixed bits of three whole numbers; the finaliser is that of MurmurHash3 (Austin Appleby, public domain). */
function hash(x: number, y: number, z: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b) ^ Math.imul(z, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
