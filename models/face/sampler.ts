/**
 * Takes squares out of a picture for the networks, without aliasing: a pyramid of halved pictures is built as far
 * as it is needed. Transparent pixels show mid-grey, as nothing is known about what will be behind them.
 */
import type { Picture, Rect } from '../image/picture.ts';
import type { TensorData } from '../runtime/index.ts';
import type { Square } from './square.ts';

const BACKDROP = 128;

/** How 8-bit values become the numbers a network was trained on: value · scale + offset. */
export interface ValueRange {
  readonly scale: number;
  readonly offset: number;
}

/** What lies past the picture: its last pixels again, or black. */
export type Outside = 'edge' | 'black';

/** Samples around a centre; the steps between them in picture pixels [x, y]. */
interface Grid {
  readonly width: number;
  readonly height: number;
  readonly across: readonly [number, number];
  readonly down: readonly [number, number];
}

/** A picture from which squares at any angle and size are cut as input of networks; shrunk copies are made once. */
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
  sample(square: Square, side: number, range: ValueRange, outside: Outside): TensorData {
    const step = square.size / side;
    const cos = Math.cos(square.angle) * step;
    const sin = Math.sin(square.angle) * step;
    return this.#resample(
      square,
      { width: side, height: side, across: [cos, sin], down: [-sin, cos] },
      range,
      outside,
    );
  }

  /** [1, 3, height, width] of an upright rectangle, stretched. */
  stretch(rect: Rect, width: number, height: number, range: ValueRange): TensorData {
    const centre = { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
    const grid: Grid = { width, height, across: [rect.width / width, 0], down: [0, rect.height / height] };
    return this.#resample(centre, grid, range, 'edge');
  }

  #resample(
    centre: { x: number; y: number },
    grid: Grid,
    { scale, offset }: ValueRange,
    outside: Outside,
  ): TensorData {
    const step = Math.sqrt(Math.abs(grid.across[0] * grid.down[1] - grid.across[1] * grid.down[0]));
    const source = this.#level(Math.max(0, Math.floor(Math.log2(step) + 0.25)));
    const { width, height, data: pixels } = source;
    const [scaleX, scaleY] = [width / this.width, height / this.height];
    const [acrossX, acrossY] = [grid.across[0] * scaleX, grid.across[1] * scaleY];
    const [downX, downY] = [grid.down[0] * scaleX, grid.down[1] * scaleY];
    const plane = grid.width * grid.height;
    const data = new Float32Array(3 * plane);
    for (let row = 0, at = 0; row < grid.height; row++) {
      const dy = row + 0.5 - grid.height / 2;
      const rowX = centre.x * scaleX - 0.5 + dy * downX;
      const rowY = centre.y * scaleY - 0.5 + dy * downY;
      for (let column = 0; column < grid.width; column++, at++) {
        const dx = column + 0.5 - grid.width / 2;
        let x = rowX + dx * acrossX;
        let y = rowY + dx * acrossY;
        if (outside === 'black' && (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5)) {
          data[at] = data[at + plane] = data[at + 2 * plane] = offset;
          continue;
        }
        x = Math.max(0, Math.min(x, width - 1));
        y = Math.max(0, Math.min(y, height - 1));
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
    return { dims: [1, 3, grid.height, grid.width], data };
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
