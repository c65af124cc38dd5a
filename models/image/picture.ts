/**
 * The two pixel types of the method. Neither is a file, a tensor or a canvas: those are made from these at the edges.
 */

/** 8-bit sRGB with straight (not premultiplied) alpha, interleaved RGBA, row by row. Same layout as ImageData. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** length = width · height · 4 */
  readonly data: Uint8ClampedArray;
}

/** One channel of real numbers, row by row; the range is said where a plane is made. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  /** length = width · height */
  readonly data: Float32Array;
}

/** An axis-aligned rectangle in pixels; may reach past the picture. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function createPicture(width: number, height: number): Picture {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

export function createPlane(width: number, height: number, fill = 0): Plane {
  const data = new Float32Array(width * height);
  if (fill !== 0) data.fill(fill);
  return { width, height, data };
}
