/**
 * Antialiased bicubic resizing with the conventions of MATLAB's `imresize`: Keys' cubic (a = -0.5), pixel centres at
 * half-integers, the kernel widened by 1/scale when shrinking, mirrored borders. Any scale, separable.
 */
import { cropPlane } from './crop.ts';
import type { Picture, Plane, Rect } from './picture.ts';

/** Samples interleaved by channel, row by row: length = width · height · channels. */
interface Samples {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** For every output position, `count` source positions and their weights, which sum to 1. */
interface Taps {
  readonly count: number;
  readonly index: Int32Array;
  readonly weight: Float32Array;
}

/** Keys 1981, "Cubic convolution interpolation for digital image processing", a = -0.5. */
function cubic(x: number): number {
  const t = Math.abs(x);
  if (t <= 1) return (1.5 * t - 2.5) * t * t + 1;
  if (t < 2) return ((-0.5 * t + 2.5) * t - 4) * t + 2;
  return 0;
}

/** Position mirrored into 0..length-1 with the border pixel repeated: … 1 0 | 0 1 2 … */
function mirror(position: number, length: number): number {
  const period = 2 * length;
  const folded = ((position % period) + period) % period;
  return folded < length ? folded : period - 1 - folded;
}

/** For `to` positions that share out `length` samples of a row of `from`, beginning `start` samples after its edge. */
function cubicTaps(from: number, to: number, start = 0, length = from): Taps {
  const scale = to / length;
  const shrink = Math.min(1, scale);
  const count = Math.ceil(4 / shrink) + 2;
  const index = new Int32Array(to * count);
  const weight = new Float32Array(to * count);
  const raw = new Float64Array(count);
  for (let i = 0; i < to; i++) {
    const centre = start + (i + 0.5) / scale - 0.5;
    const first = Math.floor(centre - 2 / shrink);
    let sum = 0;
    for (let k = 0; k < count; k++) sum += raw[k] = cubic((centre - first - k) * shrink);
    for (let k = 0; k < count; k++) {
      index[i * count + k] = mirror(first + k, from);
      weight[i * count + k] = raw[k] / sum;
    }
  }
  return withoutZeros({ count, index, weight });
}

/** The same without taps that weigh nothing: most of them where the grids coincide. */
function withoutZeros({ count, index, weight }: Taps): Taps {
  const length = index.length / count;
  const used = (i: number) => {
    let sum = 0;
    for (let k = i * count; k < (i + 1) * count; k++) if (weight[k] !== 0) sum++;
    return sum;
  };
  let most = 1;
  for (let i = 0; i < length; i++) most = Math.max(most, used(i));
  const packed = {
    count: most,
    index: new Int32Array(length * most),
    weight: new Float32Array(length * most),
  };
  for (let i = 0; i < length; i++) {
    let to = i * most;
    for (let k = i * count; k < (i + 1) * count; k++) {
      if (weight[k] === 0) continue;
      packed.index[to] = index[k];
      packed.weight[to++] = weight[k];
    }
  }
  return packed;
}

function resizeRows(source: Samples, height: number, start?: number, length?: number): Samples {
  const { count, index, weight } = cubicTaps(source.height, height, start, length);
  const stride = source.width * source.channels;
  const data = new Float32Array(stride * height);
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * stride, (y + 1) * stride);
    for (let k = y * count; k < (y + 1) * count; k++) {
      const w = weight[k];
      if (w === 0) continue;
      const from = index[k] * stride;
      for (let i = 0; i < stride; i++) row[i] += w * source.data[from + i];
    }
  }
  return { ...source, height, data };
}

function resizeColumns(source: Samples, width: number, start?: number, length?: number): Samples {
  const { channels, height } = source;
  const { count, index, weight } = cubicTaps(source.width, width, start, length);
  const data = new Float32Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const from = y * source.width * channels;
    for (let x = 0, to = y * width * channels; x < width; x++) {
      const end = (x + 1) * count;
      for (let c = 0; c < channels; c++, to++) {
        let sum = 0;
        for (let k = x * count; k < end; k++) sum += weight[k] * source.data[from + index[k] * channels + c];
        data[to] = sum;
      }
    }
  }
  return { ...source, width, data };
}

/** The axis that shrinks more goes first, as in MATLAB, which is also the cheaper order. */
function resizeSamples(source: Samples, width: number, height: number, rect: Rect = whole(source)): Samples {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new RangeError(`Expected a positive whole size in pixels but received ${width}×${height}.`);
  }
  const rows = (samples: Samples) => resizeRows(samples, height, rect.y, rect.height);
  const columns = (samples: Samples) => resizeColumns(samples, width, rect.x, rect.width);
  return height / rect.height <= width / rect.width ? columns(rows(source)) : rows(columns(source));
}

const whole = ({ width, height }: { width: number; height: number }): Rect => ({ x: 0, y: 0, width, height });

/**
 * The part of a plane inside `rect` as width × height pixels. The rectangle's edges need not be whole numbers, and it may
 * reach past the plane, which is mirrored there.
 */
export function resamplePlane(plane: Plane, rect: Rect, width: number, height: number): Plane {
  if (rect.width === width && rect.height === height && isWhole(rect) && isInside(rect, plane))
    return cropPlane(plane, rect);
  const { data } = resizeSamples({ ...plane, channels: 1 }, width, height, rect);
  return { width, height, data };
}

const isWhole = ({ x, y, width, height }: Rect) => [x, y, width, height].every(Number.isInteger);

const isInside = ({ x, y, width, height }: Rect, plane: Plane) =>
  x >= 0 && y >= 0 && x + width <= plane.width && y + height <= plane.height;

/** The same of a picture; colours are weighted by alpha. */
export function resamplePicture(picture: Picture, rect: Rect, width: number, height: number): Picture {
  const source = { ...picture, channels: 4, data: premultiply(picture.data) };
  return { width, height, data: unpremultiply(resizeSamples(source, width, height, rect).data) };
}

/** A plane resized to width × height pixels; values may overshoot the range of the source by the cubic's lobes. */
export function resizePlane(plane: Plane, width: number, height: number): Plane {
  if (plane.width === width && plane.height === height) return { width, height, data: plane.data.slice() };
  const { data } = resizeSamples({ ...plane, channels: 1 }, width, height);
  return { width, height, data };
}

/** A picture resized to width × height pixels; colours are weighted by alpha, so that hidden pixels do not bleed. */
export function resizePicture(picture: Picture, width: number, height: number): Picture {
  if (picture.width === width && picture.height === height) return { ...picture, data: picture.data.slice() };
  const source = { ...picture, channels: 4, data: premultiply(picture.data) };
  return { width, height, data: unpremultiply(resizeSamples(source, width, height).data) };
}

/** Colours times alpha/255; alpha itself unchanged. */
function premultiply(rgba: Uint8ClampedArray): Float32Array {
  const out = Float32Array.from(rgba);
  for (let i = 0; i < out.length; i += 4) {
    const alpha = rgba[i + 3];
    if (alpha === 255) continue;
    for (let c = 0; c < 3; c++) out[i + c] *= alpha / 255;
  }
  return out;
}

function unpremultiply(samples: Float32Array): Uint8ClampedArray {
  const out = new Uint8ClampedArray(samples.length);
  for (let i = 0; i < out.length; i += 4) {
    const alpha = samples[i + 3];
    const gain = alpha > 0.5 && Math.abs(alpha - 255) > 0.5 ? 255 / alpha : 1;
    for (let c = 0; c < 3; c++) out[i + c] = samples[i + c] * gain;
    out[i + 3] = alpha;
  }
  return out;
}
