/** Sepia pen and blue-grey washes on rough paper, with a few brush marks and drops. */
import { gaussianBlur } from '../../../models/image/blur.ts';
import type { Plane } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import { type Canvas, createCanvas, glaze } from '../kit/canvas.ts';
import { clamp, hex, mix, mixRgb, type Rgb, ramp } from '../kit/colour.ts';
import { traceContours } from '../kit/contours.ts';
import { smoothPath } from '../kit/features.ts';
import { turnField } from '../kit/field.ts';
import { hatch } from '../kit/hatching.ts';
import { drawnLines, litTone } from '../kit/light.ts';
import { cloud, noise, paperTooth } from '../kit/noise.ts';
import type { Sitter } from '../kit/sitter.ts';
import { type Point, Sweeper, taper } from '../kit/stroke.ts';
import { brushedShape, layWash, multiply } from '../kit/wash.ts';

const PAPER = hex('#f7f3e8');
const WASH = hex('#8d98a8');
const WARM_WASH = hex('#b59a84');
const INK = hex('#2c211d');

export function paintInk(sitter: Sitter, seed: number): Canvas {
  const { width, height } = sitter;
  const tooth = paperTooth(width, height, 2.6, seed);
  const canvas = createCanvas(width, height, (i) => mixRgb(PAPER, hex('#ebe4d3'), 0.35 * tooth.data[i] ** 2));
  washes(sitter, canvas, tooth, seed);
  pen(sitter, canvas, seed);
  drops(sitter, canvas, seed);
  return canvas;
}

function washes(sitter: Sitter, canvas: Canvas, tooth: Plane, seed: number): void {
  const { width, height, segments, interocular: io, landmarks } = sitter;
  const tone = gaussianBlur(litTone(sitter, 0.35), io / 34);
  const broad = gaussianBlur(tone, io / 20);
  const body = brushedShape({ ...tone, data: sitter.person.data.map((p) => 1 - p) }, 0.5, {
    wobble: 0.1,
    softness: 0.2,
    seed,
  });
  const cx = landmarks[3];
  const ends = {
    ...tone,
    data: tone.data.map((_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      return (
        y / height +
        0.16 * (cloud(x, y, 70, 3, seed + 8) - 0.5) +
        0.25 * Math.max(0, Math.abs(x - cx) / width - 0.35)
      );
    }),
  };
  const sheet = multiply(body, brushedShape(ends, 0.93, { wobble: 0.03, softness: 0.004, seed }));
  const behind = {
    ...tone,
    data: tone.data.map((_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      const r = Math.hypot((x - cx - io * 1.25) / 0.62, (y - height * 0.42) / 1.2) / io;
      return r + 1.1 * (cloud(x, y, 110, 4, seed + 5) - 0.5) + 3 * ramp(sitter.person.data[i], 0.35, 0.6);
    }),
  };
  layWash(
    canvas,
    tooth,
    {
      shape: brushedShape(behind, 1, { wobble: 0.05, softness: 0.02, seed }),
      ink: () => WASH,
      density: 0.75,
      edge: 0.9,
      flow: 0.9,
    },
    seed + 20,
  );
  const levels: [number, number, Rgb][] = [
    [0.66, 0.34, WARM_WASH],
    [0.46, 0.65, WASH],
    [0.27, 1.1, WASH],
  ];
  levels.forEach(([level, density, ink], k) => {
    const shape = multiply(
      brushedShape(k === 0 ? broad : tone, level, { wobble: 0.05, softness: 0.012, seed: seed + k }),
      sheet,
    );
    layWash(
      canvas,
      tooth,
      { shape, ink: () => ink, density, edge: 0.8, flow: 0.5, granulation: 0.3 },
      seed + 30 + k,
    );
  });
  const hair = { ...tone, data: tone.data.map((t, i) => t + 1 - segments.hair.data[i]) };
  const streaks = { ...hair, data: hair.data.map((v, i) => v + 0.12 * (streak(sitter, i, seed) - 0.5)) };
  layWash(
    canvas,
    tooth,
    {
      shape: multiply(brushedShape(streaks, 0.42, { wobble: 0.02, softness: 0.02, seed }), sheet),
      ink: () => hex('#4a4e5c'),
      density: 1,
      edge: 0.5,
    },
    seed + 50,
  );
}

/** Noise drawn out along the hair. */
function streak({ width, field }: Sitter, i: number, seed: number): number {
  const [x, y] = [i % width, Math.floor(i / width)];
  const [dx, dy] = [field.x.data[i], field.y.data[i]];
  return noise((-dy * x + dx * y) / 4, (dx * x + dy * y) / 40, seed + 60);
}

function pen(sitter: Sitter, canvas: Canvas, seed: number): void {
  const { field, interocular: io, focus, width, features, segments } = sitter;
  const random = seededRandom(seed + 5);
  const sweeper = new Sweeper(canvas.width, canvas.height);
  const id = { count: 0 };
  const stroke = (
    path: readonly Point[],
    radius: number,
    ends: [number, number] = [0.3, 0.45],
    density = 1,
  ) => {
    const own = id.count++;
    const swell = (t: number) => taper(radius, ...ends)(t) * (0.75 + 0.5 * noise(t * 5, own, seed));
    sweeper.sweep({ path, radius: swell }, ({ i, inside }) => glaze(canvas, i, INK, inside * density));
  };
  for (const { path, strength } of traceContours(drawnLines(sitter, io / 100, { rim: 4 }), field, {
    high: 2.2,
    low: 0.8,
    shortest: io * 0.07,
    gap: 4,
    longest: io * 1.1,
  })) {
    const [x, y] = path[Math.floor(path.length / 2)];
    if (random() < 0.12 && focus.data[Math.floor(y) * width + Math.floor(x)] < 0.2) continue;
    stroke(path, mix(0.9, 2.1, clamp(strength / 8)));
  }
  const tone = litTone(sitter, 0.35);
  const missing = (i: number) => (0.42 - tone.data[i]) * segments.skin.data[i];
  hatch(
    tone,
    { field: turnField(field, 1.2), length: io * 0.16, spacing: 3, gap: 4, least: 0.05, missing },
    seed + 6,
    (path) => stroke(path, 0.8, [0.2, 0.6], 0.85),
  );
  const dark = (i: number) => (0.5 - tone.data[i]) * segments.hair.data[i];
  hatch(tone, { field, length: io * 0.4, spacing: 3, gap: 4, least: 0.04, missing: dark }, seed + 7, (path) =>
    stroke(path, 1.1, [0.3, 0.6], 0.9),
  );
  for (const lid of features.upperLids) stroke(smoothPath(lid, 2), io / 65, [0.3, 0.2]);
  for (const lid of features.lowerLids) stroke(smoothPath(lid, 2), 0.7, [0.6, 0.2], 0.7);
  for (const { x, y, eyeWidth } of features.irises) {
    const r = eyeWidth * 0.19;
    stroke(
      [
        [x - r * 0.35, y - r * 0.1],
        [x + r * 0.35, y - r * 0.1],
      ],
      r * 0.62,
      [0, 0],
    );
  }
  for (const line of features.lipLines) stroke(smoothPath(line, 2), io / 80);
  stroke(smoothPath(features.underLip, 2), 1, [0.5, 0.5], 0.8);
}

function drops({ width, height, interocular: io }: Sitter, canvas: Canvas, seed: number): void {
  const random = seededRandom(seed + 8);
  const sweeper = new Sweeper(width, height);
  for (let k = 0; k < 26; k++) {
    const [x, y] = [width * (0.72 + 0.26 * random()), height * (0.12 + 0.6 * random() ** 1.5)];
    const r = io * 0.004 + io * 0.02 * random() ** 4;
    sweeper.sweep(
      {
        path: [
          [x, y],
          [x + 1.5 * r * random(), y + r * random()],
        ],
        radius: () => r,
      },
      ({ i, inside }) => glaze(canvas, i, mixRgb(INK, WASH, 0.4), inside * 0.9),
    );
  }
}
