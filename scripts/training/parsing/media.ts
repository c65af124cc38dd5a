/** What pictures are made of besides light: paint, line, print. Each changes [3, side, side] in place. */

import { paintStrokes } from './brush-strokes.ts';
import { between, type Colour, happens, hsv, pick, type Random, smoothNoise } from './chance.ts';
import { blur, blurred, clamp, luma } from './planes.ts';
import { AREA, lumaOf, SIDE } from './scene.ts';

/** Steps of tone, as in prints and flat illustrations. */
function posterise(rgb: Float32Array, random: Random): void {
  if (happens(random, 0.6)) flatten(rgb, Math.floor(between(random, 2, 5)));
  const steps = Math.floor(between(random, 2, 6));
  if (happens(random, 0.5)) {
    for (let i = 0; i < 3 * AREA; i++) rgb[i] = Math.round(rgb[i] * steps) / steps;
    return;
  }
  const dark = hsv(random(), between(random, 0, 0.9), between(random, 0, 0.3));
  const light = hsv(random(), between(random, 0, 0.5), between(random, 0.7, 1));
  for (let i = 0; i < AREA; i++) {
    const t = Math.round(lumaOf(rgb, i) * steps) / steps;
    for (let c = 0; c < 3; c++) rgb[c * AREA + i] = dark[c] + t * (light[c] - dark[c]);
  }
}

/** Kuwahara's filter: of the four squares at a pixel the mean of the most even one (Kuwahara et al. 1976). */
export function flatten(rgb: Float32Array, radius: number): void {
  const grey = luma(rgb);
  const width = SIDE + 1;
  const sums = [
    grey,
    grey.map((v) => v * v),
    ...[0, 1, 2].map((c) => rgb.slice(c * AREA, (c + 1) * AREA)),
  ].map((plane) => {
    const table = new Float64Array(width * width);
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0, row = 0; x < SIDE; x++) {
        row += plane[y * SIDE + x];
        table[(y + 1) * width + x + 1] = table[y * width + x + 1] + row;
      }
    }
    return table;
  });
  const box = (table: Float64Array, x0: number, y0: number, x1: number, y1: number) =>
    table[y1 * width + x1] - table[y0 * width + x1] - table[y1 * width + x0] + table[y0 * width + x0];
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      let [least, best, count] = [Infinity, [0, 0, 0, 0], 1];
      for (let k = 0; k < 4; k++) {
        const x0 = Math.max(0, k & 1 ? x : x - radius);
        const y0 = Math.max(0, k & 2 ? y : y - radius);
        const x1 = Math.min(SIDE, (k & 1 ? x + radius : x) + 1);
        const y1 = Math.min(SIDE, (k & 2 ? y + radius : y) + 1);
        const n = (x1 - x0) * (y1 - y0);
        const mean = box(sums[0], x0, y0, x1, y1) / n;
        const variance = box(sums[1], x0, y0, x1, y1) / n - mean * mean;
        if (variance < least) [least, best, count] = [variance, [x0, y0, x1, y1], n];
      }
      for (let c = 0; c < 3; c++)
        rgb[c * AREA + y * SIDE + x] = box(sums[2 + c], best[0], best[1], best[2], best[3]) / count;
    }
  }
}

/** Dark lines at edges (difference of Gaussians with a soft threshold, Winnemöller et al. 2012): 0 line, 1 paper. */
function inkLines(grey: Float32Array, random: Random): Float32Array {
  const sigma = between(random, 0.6, 1.6);
  const [near, far] = [blurred(grey, sigma), blurred(grey, sigma * 1.6)];
  const [gain, threshold] = [between(random, 8, 30), between(random, -0.005, 0.02)];
  return near.map((value, i) => clamp(1 + Math.tanh(gain * 4 * (value - far[i] + threshold - 0.012))));
}

const paperColour = (random: Random): Colour =>
  happens(random, 0.3)
    ? hsv(random(), between(random, 0, 0.5), between(random, 0.3, 1))
    : hsv(0.11, between(random, 0, 0.25), between(random, 0.82, 1));
const inkColour = (random: Random): Colour =>
  hsv(random(), between(random, 0, 0.7), between(random, 0, 0.35));

/** Lines, hatching by tone, and perhaps a thin wash of the picture's own colours. */
export function draw(rgb: Float32Array, random: Random): void {
  const grey = luma(rgb);
  const lines = inkLines(grey, random);
  const soft = blurred(grey, between(random, 0.5, 3));
  const hatch = happens(random, 0.65) ? hatching(random) : () => 1;
  const [paper, ink] = [paperColour(random), inkColour(random)];
  const wash = happens(random, 0.4) ? between(random, 0.2, 0.9) : 0;
  const shade = happens(random, 0.5) ? between(random, 0, 0.8) : 0;
  const noise = smoothNoise(random);
  const rough = between(random, 0, 0.3);
  if (wash > 0) blur(rgb, between(random, 1, 3));
  for (let i = 0; i < AREA; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    const grain = 1 - rough * noise(x * 0.7, y * 0.7);
    const dark = clamp((1 - lines[i] * hatch(x, y, soft[i])) * grain + shade * (1 - soft[i]) * grain);
    for (let c = 0; c < 3; c++) {
      const ground = paper[c] * (1 - wash + wash * rgb[c * AREA + i]);
      rgb[c * AREA + i] = ground + dark * (ink[c] - ground);
    }
  }
}

/** Parallel strokes that grow with darkness, in up to three directions, or dots. Returns 0 ink to 1 paper. */
function hatching(random: Random): (x: number, y: number, tone: number) => number {
  const period = between(random, 2.5, 7);
  const first = between(random, 0, Math.PI);
  const dots = happens(random, 0.25);
  const noise = smoothNoise(random);
  const waver = between(random, 0, 3);
  const angles = dots ? [first, first + Math.PI / 2] : [first, first + 1, first + 2];
  const turns = angles.map((a) => [Math.cos(a) / period, Math.sin(a) / period]);
  const layers = Math.floor(between(random, 1, 4));
  return (x, y, tone) => {
    const bend = waver * noise(x / 30, y / 30);
    const wave = ([cos, sin]: number[]) =>
      0.5 + 0.5 * Math.cos(2 * Math.PI * ((x + bend) * cos + (y + bend) * sin));
    if (dots) return clamp((tone * 1.4 - 0.5 * (wave(turns[0]) + wave(turns[1])) + 0.1) * 6);
    let light = 1;
    for (let k = 0; k < layers; k++)
      light = Math.min(light, clamp((tone + 0.25 * k - wave(turns[k]) * 0.9 + 0.15) * 5));
    return light;
  };
}

/** Flat colours, a few tones each, with outlines where labels or tones change. */
function inkAndFill(rgb: Float32Array, labels: Uint8Array, random: Random): void {
  flatten(rgb, Math.floor(between(random, 3, 6)));
  const steps = between(random, 2.5, 6);
  const outline = happens(random, 0.7) ? between(random, 0.3, 1) : 0;
  const [ink, wide] = [inkColour(random), happens(random, 0.4)];
  const lines = inkLines(luma(rgb), random);
  const even = happens(random, 0.5) ? between(random, 0.3, 1) : 0;
  const means = even > 0 ? meansOfLabels(rgb, labels) : null;
  for (let i = 0; i < AREA; i++) {
    const tone = lumaOf(rgb, i) + 0.02;
    const stepped = (Math.round(tone * steps) + 0.15) / steps / tone;
    const mean = means?.get(labels[i]);
    const right =
      labels[Math.min(AREA - 1, i + 1)] !== labels[i] || labels[Math.min(AREA - 1, i + SIDE)] !== labels[i];
    const border =
      right || (wide && i > SIDE && (labels[i - 1] !== labels[i] || labels[i - SIDE] !== labels[i]));
    const dark = outline * Math.max(border ? 1 : 0, 1 - lines[i]);
    for (let c = 0; c < 3; c++) {
      let value = rgb[c * AREA + i] * stepped;
      if (mean) value += even * (mean[c] * (0.75 + 0.25 * stepped) - value);
      rgb[c * AREA + i] = clamp(value + dark * (ink[c] - value));
    }
  }
}

function meansOfLabels(rgb: Float32Array, labels: Uint8Array): Map<number, number[]> {
  const sums = new Map<number, number[]>();
  for (let i = 0; i < AREA; i++) {
    const sum = sums.get(labels[i]) ?? [0, 0, 0, 0];
    sums.set(labels[i], sum);
    for (let c = 0; c < 3; c++) sum[c] += rgb[c * AREA + i];
    sum[3]++;
  }
  return new Map([...sums].map(([label, [r, g, b, n]]) => [label, [r / n, g / n, b / n]]));
}

/** Paper, canvas or plaster: a fine relief of one scale over everything. */
export function addTooth(rgb: Float32Array, random: Random): void {
  const [strength, size] = [between(random, 0.03, 0.2), between(random, 0.3, 1.2)];
  const noise = smoothNoise(random);
  const weave = happens(random, 0.5);
  for (let i = 0; i < AREA; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    const t = weave
      ? 0.5 + 0.25 * (Math.sin(x * size * 3) + Math.sin(y * size * 3))
      : noise(x * size, y * size);
    for (let c = 0; c < 3; c++) rgb[c * AREA + i] = clamp(rgb[c * AREA + i] * (1 + strength * (t - 0.5) * 2));
  }
}

/** A random linear filter of 3 × 3 samples over all channels, mixed with the picture (Xu et al. 2021, RandConv). */
function filterAtRandom(rgb: Float32Array, random: Random): void {
  const share = between(random, 0.2, 0.7);
  const kernel = Float32Array.from({ length: 81 }, () => (random() + random() + random() - 1.5) * 0.45);
  const source = rgb.slice();
  for (let c = 0; c < 3; c++) {
    const gain = kernel.subarray(27 * c, 27 * c + 27).reduce((sum, k) => sum + k, 0);
    for (let y = 1; y < SIDE - 1; y++) {
      for (let x = 1; x < SIDE - 1; x++) {
        let sum = 0;
        for (let k = 0; k < 27; k++) {
          const at = Math.floor(k / 9) * AREA + (y + (Math.floor(k / 3) % 3) - 1) * SIDE + x + (k % 3) - 1;
          sum += kernel[27 * c + k] * source[at];
        }
        const i = c * AREA + y * SIDE + x;
        rgb[i] = clamp((1 - share) * source[i] + share * (sum - 0.5 * gain + 0.5));
      }
    }
  }
}

/** The picture as if made in some medium; a list of one or two changes. */
export function drawMedium(rgb: Float32Array, labels: Uint8Array, random: Random): void {
  const kind = pick(random, [
    'strokes',
    'strokes',
    'strokes',
    'flat',
    'fill',
    'fill',
    'posterise',
    'draw',
    'draw',
    'filter',
  ] as const);
  if (kind === 'strokes') paintStrokes(rgb, random);
  else if (kind === 'flat') flatten(rgb, Math.floor(between(random, 2, 7)));
  else if (kind === 'fill') inkAndFill(rgb, labels, random);
  else if (kind === 'posterise') posterise(rgb, random);
  else if (kind === 'draw') draw(rgb, random);
  else filterAtRandom(rgb, random);
  if (happens(random, 0.4)) addTooth(rgb, random);
}
