/**
 * How different two pictures look, by the features of Limner's own networks. The form is that of LPIPS (Zhang et al. 2018,
 * "The Unreasonable Effectiveness of Deep Features as a Perceptual Metric") without its learned weights and its networks,
 * which are not to be had here: values compare with each other only, not with published ones.
 */
import type { Picture } from '../image/picture.ts';
import type { TensorData } from '../runtime/index.ts';
import type { FeatureMaps, FeaturePyramid } from './feature-pyramid.ts';

/** Keeps the direction of no features at all 0, as in LPIPS. */
const EPSILON = 1e-10;

/**
 * Mean over eight layers, and over the places of each, of the squared distance between the features there, which are
 * scaled to length 1 first.
 * @returns 0 (equal) to 2
 * @throws RangeError when the pictures are not equally large
 */
export async function perceptualDistance(a: Picture, b: Picture, pyramid: FeaturePyramid): Promise<number> {
  if (a.width !== b.width || a.height !== b.height)
    throw new RangeError(`Expected ${b.width}×${b.height} px but received ${a.width}×${a.height}.`);
  return featureDistance(await pyramid.of(a), await pyramid.of(b));
}

function featureDistance(a: FeatureMaps, b: FeatureMaps): number {
  return a.reduce((sum, map, k) => sum + mapDistance(map, b[k]), 0) / a.length;
}

function mapDistance({ dims, data }: TensorData, other: TensorData): number {
  const [, channels, height, width] = dims;
  const area = height * width;
  let sum = 0;
  for (let i = 0; i < area; i++) {
    let [aa, bb, ab] = [0, 0, 0];
    for (let k = i; k < channels * area; k += area) {
      const [x, y] = [data[k], other.data[k]];
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
    const [p, q] = [Math.sqrt(aa) + EPSILON, Math.sqrt(bb) + EPSILON];
    sum += aa / (p * p) + bb / (q * q) - (2 * ab) / (p * q);
  }
  return Math.max(0, sum / area);
}
