/**
 * Reinhard et al. 2001, "Color transfer between images": every channel shifted and scaled to the reference's mean and
 * standard deviation. Done in CIE L*a*b* (D65) where the paper uses lαβ; both decorrelate, and Lab is what the metrics use.
 * A baseline that knows nothing of faces, brush or texture.
 */
import { labPlanes, pictureFromLab } from './colour.ts';
import type { Picture, Plane } from './picture.ts';

/** The picture in the reference's colours; same size, alpha kept. Fully transparent pixels count for nothing. */
export function transferColour(picture: Picture, reference: Picture): Picture {
  const from = labPlanes(picture);
  const to = labPlanes(reference);
  const match = (channel: 'l' | 'a' | 'b') =>
    matchMoments(from[channel], moments(from[channel], picture), moments(to[channel], reference));
  const result = pictureFromLab({ l: match('l'), a: match('a'), b: match('b') });
  for (let i = 3; i < result.data.length; i += 4) result.data[i] = picture.data[i];
  return result;
}

interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

function moments(plane: Plane, { data }: Picture): Moments {
  let weight = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < plane.data.length; i++) {
    const alpha = data[4 * i + 3];
    weight += alpha;
    sum += alpha * plane.data[i];
    squares += alpha * plane.data[i] ** 2;
  }
  if (weight === 0) return { mean: 0, deviation: 0 };
  const mean = sum / weight;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / weight - mean ** 2)) };
}

function matchMoments(plane: Plane, from: Moments, to: Moments): Plane {
  const gain = from.deviation > 0 ? to.deviation / from.deviation : 0;
  return { ...plane, data: plane.data.map((value) => (value - from.mean) * gain + to.mean) };
}
