/**
 * The guided filter with a colour guide (He, Sun, Tang 2013, section 3.4), computed coarsely and applied at full size
 * (He, Sun 2015, "Fast guided filter"): within a small window the matte is a linear function of the colour, so its
 * edges are the picture's edges.
 */
import type { Picture, Plane, Rect } from '../image/picture.ts';
import type { Tensor } from '../runtime/index.ts';

/** A linear function of colour at every sample of a grid: matte = r · red + g · green + b · blue + constant. */
export interface LinearModels {
  readonly width: number;
  readonly height: number;
  readonly terms: readonly [Float32Array, Float32Array, Float32Array, Float32Array];
}

/**
 * @param guide colours 0..1, [1, 3, height, width]
 * @param matte the same size, 0..1
 * @param radius of the windows, in samples
 * @param epsilon variance of a colour below which a window counts as flat
 */
export function fitLinearModels(
  guide: Tensor,
  matte: Float32Array,
  radius: number,
  epsilon: number,
): LinearModels {
  const [, , height, width] = guide.dims;
  const size = width * height;
  const mean = (values: Float32Array) => boxMean(values, width, height, radius);
  const channels = [0, 1, 2].map((channel) => guide.data.subarray(channel * size, (channel + 1) * size));
  const means = channels.map(mean);
  const matteMean = mean(matte);
  const covariance = (a: Float32Array, b: Float32Array, meanA: Float32Array, meanB: Float32Array) => {
    const products = mean(a.map((value, i) => value * b[i]));
    return products.map((value, i) => value - meanA[i] * meanB[i]);
  };
  const withMatte = channels.map((channel, c) => covariance(channel, matte, means[c], matteMean));
  const between = (a: number, b: number) => covariance(channels[a], channels[b], means[a], means[b]);
  const [rr, rg, rb, gg, gb, bb] = [
    between(0, 0),
    between(0, 1),
    between(0, 2),
    between(1, 1),
    between(1, 2),
    between(2, 2),
  ];
  const terms = [0, 1, 2, 3].map(() => new Float32Array(size));
  for (let i = 0; i < size; i++) {
    // The symmetric 3×3 system (Σ + εU) a = cov(I, p), by cofactors.
    const [sr, sg, sb] = [rr[i] + epsilon, gg[i] + epsilon, bb[i] + epsilon];
    const c00 = sg * sb - gb[i] * gb[i];
    const c01 = gb[i] * rb[i] - rg[i] * sb;
    const c02 = rg[i] * gb[i] - sg * rb[i];
    const c11 = sr * sb - rb[i] * rb[i];
    const c12 = rb[i] * rg[i] - sr * gb[i];
    const c22 = sr * sg - rg[i] * rg[i];
    const determinant = sr * c00 + rg[i] * c01 + rb[i] * c02;
    const [pr, pg, pb] = [withMatte[0][i], withMatte[1][i], withMatte[2][i]];
    const r = (c00 * pr + c01 * pg + c02 * pb) / determinant;
    const g = (c01 * pr + c11 * pg + c12 * pb) / determinant;
    const b = (c02 * pr + c12 * pg + c22 * pb) / determinant;
    terms[0][i] = r;
    terms[1][i] = g;
    terms[2][i] = b;
    terms[3][i] = matteMean[i] - r * means[0][i] - g * means[1][i] - b * means[2][i];
  }
  const [r, g, b, constant] = terms.map(mean);
  return { width, height, terms: [r, g, b, constant] };
}

/**
 * Evaluates the models on the colours of the rectangle that they were fitted to, spread over it bilinearly.
 *
 * @param rect whole pixels within the picture
 * @returns a plane of the rectangle's size; may leave 0..1 a little
 */
export function applyLinearModels(picture: Picture, rect: Rect, models: LinearModels): Plane {
  const { width, height } = rect;
  const data = new Float32Array(width * height);
  const columns = bilinearPositions(width, models.width);
  const rows = bilinearPositions(height, models.height);
  const line = models.terms.map(() => new Float32Array(models.width)) as unknown as LinearModels['terms'];
  const [red, green, blue, constant] = line;
  const pixels = picture.data;
  for (let y = 0, at = 0; y < height; y++) {
    for (let k = 0; k < line.length; k++) {
      interpolateRows(models.terms[k], rows.index[y] * models.width, rows.fraction[y], line[k]);
    }
    let pixel = 4 * ((rect.y + y) * picture.width + rect.x);
    for (let x = 0; x < width; x++, at++, pixel += 4) {
      const i = columns.index[x];
      const f = columns.fraction[x];
      const weighted =
        pixels[pixel] * (red[i] + f * (red[i + 1] - red[i])) +
        pixels[pixel + 1] * (green[i] + f * (green[i + 1] - green[i])) +
        pixels[pixel + 2] * (blue[i] + f * (blue[i + 1] - blue[i]));
      data[at] = weighted / 255 + constant[i] + f * (constant[i + 1] - constant[i]);
    }
  }
  return { width, height, data };
}

/** The row that begins at `start`, and a fraction of the way to the next, into `line`. */
function interpolateRows(term: Float32Array, start: number, fraction: number, line: Float32Array): void {
  const { length } = line;
  for (let x = 0; x < length; x++) {
    line[x] = term[start + x] + fraction * (term[start + length + x] - term[start + x]);
  }
}

/** For each of `length` pixels the grid sample before it and the way to the next, both within the grid. */
function bilinearPositions(length: number, samples: number): { index: Int32Array; fraction: Float32Array } {
  const index = new Int32Array(length);
  const fraction = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const position = Math.min(samples - 1, Math.max(0, ((i + 0.5) * samples) / length - 0.5));
    index[i] = Math.min(samples - 2, Math.floor(position));
    fraction[i] = position - index[i];
  }
  return { index, fraction };
}

/** The mean over (2 radius + 1)² samples, fewer at the borders. */
function boxMean(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const across = new Float32Array(values.length);
  for (let y = 0; y < height; y++) slide(values, across, y * width, 1, width, radius);
  const result = new Float32Array(values.length);
  for (let x = 0; x < width; x++) slide(across, result, x, width, height, radius);
  return result;
}

/** Running means of one row or column. */
function slide(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
) {
  let sum = 0;
  let count = 0;
  for (let i = -radius; i < length; i++) {
    if (i + radius < length) {
      sum += from[start + (i + radius) * step];
      count++;
    }
    if (i - radius > 0) {
      sum -= from[start + (i - radius - 1) * step];
      count--;
    }
    if (i >= 0) to[start + i * step] = sum / count;
  }
}
