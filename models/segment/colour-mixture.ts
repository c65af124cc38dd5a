/** Gaussian mixtures of colour, as in GrabCut (Rother, Kolmogorov, Blake 2004): full covariances, fitted by EM. */

/** Colours in three channels, pixel by pixel. */
export interface ColourSamples {
  readonly channels: readonly [Float32Array, Float32Array, Float32Array];
}

/** One Gaussian: mean, the inverse of its covariance (upper triangle), and the logarithm of its weight and scale. */
interface Component {
  readonly mean: readonly [number, number, number];
  readonly precision: readonly [number, number, number, number, number, number];
  readonly logGain: number;
}

export type ColourMixture = readonly Component[];

/** Fewer pixels than this are no evidence of a material. */
const FEWEST = 30;
/** At most so many pixels are looked at. */
const MOST = 1500;
/** Variance added to each channel, so that a flat colour still allows for noise. */
const LEAST_VARIANCE = [12, 5, 5] as const;
const ROUNDS = 5;
/** Density of a colour that nothing explains: one over the volume of the colours that pictures have. */
const OUTLIER_DENSITY = 1e-7;

/**
 * @param indices of the pixels to fit to
 * @param size number of Gaussians
 * @returns null when there are too few pixels
 */
export function fitMixture(
  { channels }: ColourSamples,
  indices: readonly number[],
  size: number,
): ColourMixture | null {
  if (indices.length < FEWEST) return null;
  const stride = Math.max(1, indices.length / MOST);
  const count = Math.floor(indices.length / stride);
  const samples = Array.from({ length: count }, (_, k) => {
    const i = indices[Math.floor(k * stride)];
    return [channels[0][i], channels[1][i], channels[2][i]] as const;
  });
  // Begin with the samples cut into equal parts by lightness.
  const order = samples.map((_, k) => k).sort((a, b) => samples[a][0] - samples[b][0]);
  const part = new Int32Array(count);
  order.forEach((k, rank) => {
    part[k] = Math.min(size - 1, Math.floor((rank * size) / count));
  });
  let mixture: Component[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    mixture = Array.from({ length: size }, (_, k) => k).flatMap((k) => fitComponent(samples, part, k) ?? []);
    for (let k = 0; k < count; k++) part[k] = mostLikely(mixture, samples[k]);
  }
  return mixture;
}

type Colour = readonly [number, number, number];

function fitComponent(samples: readonly Colour[], part: Int32Array, wanted: number): Component | null {
  const sums = new Float64Array(9);
  let count = 0;
  for (let k = 0; k < samples.length; k++) {
    if (part[k] !== wanted) continue;
    const [x, y, z] = samples[k];
    count++;
    for (const [c, value] of [x, y, z, x * x, x * y, x * z, y * y, y * z, z * z].entries()) sums[c] += value;
  }
  if (count < 8) return null;
  const [mx, my, mz] = [sums[0] / count, sums[1] / count, sums[2] / count];
  const covariance = [
    sums[3] / count - mx * mx + LEAST_VARIANCE[0],
    sums[4] / count - mx * my,
    sums[5] / count - mx * mz,
    sums[6] / count - my * my + LEAST_VARIANCE[1],
    sums[7] / count - my * mz,
    sums[8] / count - mz * mz + LEAST_VARIANCE[2],
  ] as const;
  const { inverse, determinant } = invert(covariance);
  const logGain =
    Math.log(count / samples.length) - 1.5 * Math.log(2 * Math.PI) - 0.5 * Math.log(determinant);
  return { mean: [mx, my, mz], precision: inverse, logGain };
}

type Symmetric = readonly [number, number, number, number, number, number];

/** Of a positive definite matrix, by cofactors; upper triangles row by row. */
function invert([a, b, c, d, e, f]: Symmetric): { inverse: Symmetric; determinant: number } {
  const [A, B, C] = [d * f - e * e, c * e - b * f, b * e - c * d];
  const determinant = a * A + b * B + c * C;
  const g = 1 / determinant;
  return {
    inverse: [A * g, B * g, C * g, (a * f - c * c) * g, (b * c - a * e) * g, (a * d - b * b) * g],
    determinant,
  };
}

function mostLikely(mixture: ColourMixture, colour: Colour): number {
  let [best, part] = [Number.NEGATIVE_INFINITY, 0];
  mixture.forEach((component, k) => {
    const value = logDensity(component, colour[0], colour[1], colour[2]);
    if (value > best) [best, part] = [value, k];
  });
  return part;
}

function logDensity({ mean, precision, logGain }: Component, l: number, a: number, b: number): number {
  const x = l - mean[0];
  const y = a - mean[1];
  const z = b - mean[2];
  const p = precision;
  const squared = x * (p[0] * x + 2 * (p[1] * y + p[2] * z)) + y * (p[3] * y + 2 * p[4] * z) + p[5] * z * z;
  return logGain - 0.5 * squared;
}

/** Probability density of a colour, at least OUTLIER_DENSITY; that alone where there is no mixture. */
export function density(mixture: ColourMixture | null, { channels }: ColourSamples, i: number): number {
  let sum = OUTLIER_DENSITY;
  if (!mixture) return sum;
  const [l, a, b] = [channels[0][i], channels[1][i], channels[2][i]];
  for (const component of mixture) sum += Math.exp(logDensity(component, l, a, b));
  return sum;
}
