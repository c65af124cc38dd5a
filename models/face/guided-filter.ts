/**
 * The guided filter with a colour guide (He, Sun, Tang 2013, section 3.4), computed coarsely and applied at full size
 * (He, Sun 2015, "Fast guided filter"): within a small window the matte is a linear function of the colour, so its
 * edges are the picture's edges.
 */
import type { Picture, Plane, Rect } from '../image/picture.ts';
import type { TensorData } from '../runtime/index.ts';

/** A linear function of colour at every sample of a grid: matte = r · red + g · green + b · blue + constant. */
export interface LinearModels {
  readonly width: number;
  readonly height: number;
  readonly terms: readonly [Float32Array, Float32Array, Float32Array, Float32Array];
}

/**
 * @param guide colours 0..1, [1, 3, height, width]
 * @param mattes of the same size, 0..1
 * @param radius of the windows, in samples
 * @param epsilon variance of a colour below which a window counts as flat
 * @returns one for each matte
 */
export function fitLinearModels(
  guide: TensorData,
  mattes: readonly Float32Array[],
  radius: number,
  epsilon: number,
): LinearModels[] {
  const [, , height, width] = guide.dims;
  const size = width * height;
  const mean = boxMean(width, height, radius);
  const channels = [0, 1, 2].map((c) => guide.data.subarray(c * size, (c + 1) * size));
  const means = channels.map(mean);
  const products = PAIRS.map(([i, j]) => mean(multiply(channels[i], channels[j])));
  return mattes.map((matte) => {
    const crosses = channels.map((channel) => mean(multiply(channel, matte)));
    const terms = solve({ means, products, crosses, mean: mean(matte) }, epsilon);
    return { width, height, terms: terms.map(mean) as unknown as LinearModels['terms'] };
  });
}

/** Of colour channels: the upper half of a symmetric matrix. */
const PAIRS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 1],
  [1, 2],
  [2, 2],
] as const;

/** Of the windows around all samples. */
interface WindowMeans {
  /** Of the guide's channels, and of the products of PAIRS. */
  readonly means: readonly Float32Array[];
  readonly products: readonly Float32Array[];
  /** Of the matte, and of its products with the channels. */
  readonly mean: Float32Array;
  readonly crosses: readonly Float32Array[];
}

/** The models of the windows themselves. */
function solve(windows: WindowMeans, epsilon: number): readonly Float32Array[] {
  const [meanR, meanG, meanB] = windows.means;
  const [rr, rg, rb, gg, gb, bb] = windows.products;
  const [rp, gp, bp] = windows.crosses;
  const meanP = windows.mean;
  const terms = [0, 1, 2, 3].map(() => new Float32Array(meanP.length));
  for (let i = 0; i < meanP.length; i++) {
    const mr = meanR[i];
    const mg = meanG[i];
    const mb = meanB[i];
    const mp = meanP[i];
    // The symmetric system (Σ + εU) a = cov(guide, matte), solved by cofactors.
    const srr = rr[i] - mr * mr + epsilon;
    const sgg = gg[i] - mg * mg + epsilon;
    const sbb = bb[i] - mb * mb + epsilon;
    const srg = rg[i] - mr * mg;
    const srb = rb[i] - mr * mb;
    const sgb = gb[i] - mg * mb;
    const pr = rp[i] - mr * mp;
    const pg = gp[i] - mg * mp;
    const pb = bp[i] - mb * mp;
    const c00 = sgg * sbb - sgb * sgb;
    const c01 = sgb * srb - srg * sbb;
    const c02 = srg * sgb - sgg * srb;
    const c11 = srr * sbb - srb * srb;
    const c12 = srb * srg - srr * sgb;
    const c22 = srr * sgg - srg * srg;
    const scale = 1 / (srr * c00 + srg * c01 + srb * c02);
    const r = (c00 * pr + c01 * pg + c02 * pb) * scale;
    const g = (c01 * pr + c11 * pg + c12 * pb) * scale;
    const b = (c02 * pr + c12 * pg + c22 * pb) * scale;
    terms[0][i] = r;
    terms[1][i] = g;
    terms[2][i] = b;
    terms[3][i] = mp - r * mr - g * mg - b * mb;
  }
  return terms;
}

function multiply(a: Float32Array, b: Float32Array): Float32Array {
  const product = new Float32Array(a.length);
  for (let i = 0; i < a.length; i++) product[i] = a[i] * b[i];
  return product;
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

/** Means over (2 radius + 1)² samples, fewer at the borders, with the temporary memory shared among calls. */
function boxMean(width: number, height: number, radius: number): (values: Float32Array) => Float32Array {
  const across = new Float32Array(width * height);
  const columns = new Float64Array(width);
  return (values) => {
    for (let y = 0; y < height; y++) slideAlongRow(values, across, y * width, width, radius);
    return slideDown(across, columns, width, height, radius);
  };
}

function slideAlongRow(
  from: Float32Array,
  to: Float32Array,
  start: number,
  width: number,
  radius: number,
): void {
  let sum = 0;
  for (let x = 0; x < Math.min(radius, width); x++) sum += from[start + x];
  for (let x = 0; x < width; x++) {
    const entering = x + radius;
    const leaving = x - radius - 1;
    if (entering < width) sum += from[start + entering];
    if (leaving >= 0) sum -= from[start + leaving];
    to[start + x] = sum / (Math.min(entering, width - 1) - Math.max(leaving, -1));
  }
}

/** Keeps one running sum a column, so that memory is read row by row. */
function slideDown(
  from: Float32Array,
  sums: Float64Array,
  width: number,
  height: number,
  radius: number,
): Float32Array {
  const result = new Float32Array(from.length);
  sums.fill(0);
  for (let y = -radius; y < height; y++) {
    const entering = y + radius;
    const leaving = y - radius - 1;
    if (entering < height) for (let x = 0, i = entering * width; x < width; x++, i++) sums[x] += from[i];
    if (leaving >= 0) for (let x = 0, i = leaving * width; x < width; x++, i++) sums[x] -= from[i];
    if (y < 0) continue;
    const scale = 1 / (Math.min(entering, height - 1) - Math.max(leaving, -1));
    for (let x = 0, i = y * width; x < width; x++, i++) result[i] = sums[x] * scale;
  }
  return result;
}
