/**
 * A picture as the classifier sees it: 57 numbers about its colours and its texture, none about what it shows. Power in
 * bands of frequency and in directions, at two sizes, is what tells one painter's strokes, one paper, one render from
 * another.
 */
import { labPlanes } from '../../image/colour.ts';
import type { Picture, Plane } from '../../image/picture.ts';
import { resizePicture } from '../../image/resize.ts';
import { BLOCK, logPowerSpectrum } from '../../image/spectrum.ts';

/** Longest edge in px; larger pictures are shrunk. */
const LONGEST = 512;
/** Shortest edge in px, so that a block of the spectrum fits at half the size, too. */
const SHORTEST = 2 * BLOCK;
const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95];
/** Borders of the bands, in cycles over 64 px. */
const BANDS = [2, 4, 8, 16, 33];
const DIRECTIONS = 4;
const HALF = BLOCK / 2 + 1;

export function describePicture(picture: Picture): Float32Array {
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const edge = (length: number) => Math.max(SHORTEST, Math.round(length * scale));
  const whole = resizePicture(opaque(picture), edge(picture.width), edge(picture.height));
  const half = resizePicture(whole, whole.width >> 1, whole.height >> 1);
  const { l, a, b } = labPlanes(whole);
  const colours = [l, a, b].flatMap(({ data }) => quantiles(data));
  return Float32Array.from([...colours, ...textureOf(whole, l), ...textureOf(half, labPlanes(half).l)]);
}

/** Over white. */
function opaque(picture: Picture): Picture {
  const data = picture.data.map((value, i, all) => {
    const alpha = all[i | 3] / 255;
    return i % 4 === 3 ? 255 : 255 + (value - 255) * alpha;
  });
  return { ...picture, data };
}

function quantiles(values: Float32Array): number[] {
  const sorted = values.slice().sort();
  return SHARES.map((share) => sorted[Math.floor(share * (sorted.length - 1))] / 10);
}

function textureOf(picture: Picture, lightness: Plane): number[] {
  const spectrum = logPowerSpectrum(picture);
  const size = BLOCK * HALF;
  const channels = [0, 1, 2].map((c) => spectrum.subarray(c * size, (c + 1) * size));
  const bands = channels.flatMap((channel) =>
    BANDS.slice(1).map((high, i) => meanWhere(channel, (radius) => radius >= BANDS[i] && radius < high)),
  );
  return [
    ...bands,
    ...directionsOf(channels[0], 4, 16),
    ...directionsOf(channels[0], 16, 33),
    crispness(lightness),
  ];
}

/** How much more power than on average lies in each direction of a band. */
function directionsOf(spectrum: Float32Array, low: number, high: number): number[] {
  const inBand = (radius: number) => radius >= low && radius < high;
  const all = meanWhere(spectrum, inBand);
  return Array.from({ length: DIRECTIONS }, (_, k) => {
    const inDirection = (angle: number) =>
      Math.floor((angle / Math.PI) * DIRECTIONS + 0.5) % DIRECTIONS === k;
    return meanWhere(spectrum, (radius, angle) => inBand(radius) && inDirection(angle)) - all;
  });
}

function meanWhere(spectrum: Float32Array, isIn: (radius: number, angle: number) => boolean): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < spectrum.length; i++) {
    const [row, u] = [Math.floor(i / HALF), i % HALF];
    const v = row < BLOCK / 2 ? row : row - BLOCK;
    if (!isIn(Math.hypot(u, v), (Math.atan2(v, u) + Math.PI) % Math.PI)) continue;
    sum += spectrum[i];
    count++;
  }
  return sum / count;
}

/** Root mean square over mean of the differences between neighbours: large where few, sharp edges do the drawing. */
function crispness({ width, height, data }: Plane): number {
  let [sum, squares] = [0, 0];
  for (let y = 0; y < height - 1; y++)
    for (let x = 0, i = y * width; x < width - 1; x++, i++) {
      const step = Math.hypot(data[i + 1] - data[i], data[i + width] - data[i]);
      sum += step;
      squares += step * step;
    }
  const count = (width - 1) * (height - 1);
  return Math.log((Math.sqrt(squares / count) + 0.1) / (sum / count + 0.1));
}
