/**
 * Takes squares out of a picture for the networks, without aliasing: a pyramid of halved pictures is built as far
 * as it is needed. Transparent pixels show mid-grey, as nothing is known about what will be behind them.
 */
import type { Picture } from '../image/picture.ts';
import type { Tensor } from '../runtime/index.ts';
import type { Square } from './square.ts';

const BACKDROP = 128;

/** How 8-bit values become the numbers a network was trained on: value · scale + offset. */
export interface ValueRange {
  readonly scale: number;
  readonly offset: number;
}

/** What lies past the picture: its last pixels again, or black. */
export type Outside = 'edge' | 'black';

export class Sampler {
  readonly width: number;
  readonly height: number;
  readonly #levels: Picture[];

  constructor(picture: Picture) {
    this.width = picture.width;
    this.height = picture.height;
    this.#levels = [flatten(picture)];
  }

  /** [1, 3, side, side] */
  sample(square: Square, side: number, { scale, offset }: ValueRange, outside: Outside): Tensor {
    const step = square.size / side;
    const level = Math.max(0, Math.floor(Math.log2(step) + 0.25));
    const source = this.#level(level);
    const data = new Float32Array(3 * side * side);
    const cos = (Math.cos(square.angle) * step * source.width) / this.width;
    const sin = (Math.sin(square.angle) * step * source.height) / this.height;
    const centreX = (square.x * source.width) / this.width - 0.5;
    const centreY = (square.y * source.height) / this.height - 0.5;
    const plane = side * side;
    const black = outside === 'black';
    const { width, height, data: pixels } = source;
    for (let row = 0, at = 0; row < side; row++) {
      const dy = row + 0.5 - side / 2;
      for (let column = 0; column < side; column++, at++) {
        const dx = column + 0.5 - side / 2;
        let x = centreX + dx * cos - dy * sin;
        let y = centreY + dx * sin + dy * cos;
        if (black && (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5)) {
          data[at] = data[at + plane] = data[at + 2 * plane] = offset;
          continue;
        }
        x = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
        y = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
        const x0 = x | 0;
        const y0 = y | 0;
        const fx = x - x0;
        const fy = y - y0;
        const right = x0 + 1 < width ? 4 : 0;
        const below = y0 + 1 < height ? 4 * width : 0;
        const i = 4 * (y0 * width + x0);
        const a = (1 - fx) * (1 - fy) * scale;
        const b = fx * (1 - fy) * scale;
        const c = (1 - fx) * fy * scale;
        const d = fx * fy * scale;
        for (let channel = 0; channel < 3; channel++) {
          const j = i + channel;
          data[at + channel * plane] =
            a * pixels[j] +
            b * pixels[j + right] +
            c * pixels[j + below] +
            d * pixels[j + right + below] +
            offset;
        }
      }
    }
    return { dims: [1, 3, side, side], data };
  }

  #level(index: number): Picture {
    while (this.#levels.length <= index) {
      const last = this.#levels.at(-1)!;
      if (last.width < 2 || last.height < 2) return last;
      this.#levels.push(halve(last));
    }
    return this.#levels[index];
  }
}

function flatten(picture: Picture): Picture {
  const { width, height, data } = picture;
  let opaque = true;
  for (let i = 3; i < data.length && opaque; i += 4) opaque = data[i] === 255;
  if (opaque) return picture;
  const flat = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i++) {
    const alpha = data[i | 3] / 255;
    flat[i] = (i & 3) === 3 ? 255 : data[i] * alpha + BACKDROP * (1 - alpha);
  }
  return { width, height, data: flat };
}

/** Means of 2×2 pixels; an odd last row or column is dropped. */
function halve({ width, height, data }: Picture): Picture {
  const halfWidth = width >> 1;
  const halfHeight = height >> 1;
  const half = new Uint8ClampedArray(4 * halfWidth * halfHeight);
  for (let y = 0, to = 0; y < halfHeight; y++) {
    let from = 8 * y * width;
    for (let x = 0; x < halfWidth; x++, from += 8, to += 4) {
      for (let channel = 0; channel < 3; channel++) {
        const i = from + channel;
        half[to + channel] = (data[i] + data[i + 4] + data[i + 4 * width] + data[i + 4 * width + 4] + 2) >> 2;
      }
      half[to + 3] = 255;
    }
  }
  return { width: halfWidth, height: halfHeight, data: half };
}
