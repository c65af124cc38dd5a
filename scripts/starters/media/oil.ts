/** Oil on a brown ground: loaded bristle brushes from broad to small, and light across the relief of the paint. */

import { gaussianBlur } from '../../../models/image/blur.ts';
import type { LabPlanes } from '../../../models/image/colour.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import { type Canvas, cover, createCanvas } from '../kit/canvas.ts';
import { clamp, type Lab, labToRgb, mix, ramp, rgbToLab } from '../kit/colour.ts';
import { smoothPath } from '../kit/features.ts';
import { type Field, gradient, mixFields } from '../kit/field.ts';
import { groundField } from '../kit/ground.ts';
import { hatch } from '../kit/hatching.ts';
import { litTone } from '../kit/light.ts';
import { cloud, noise } from '../kit/noise.ts';
import { type Dab, type Layer, layDown } from '../kit/painterly.ts';
import type { Sitter } from '../kit/sitter.ts';
import { Sweeper } from '../kit/stroke.ts';

export function paintOil(sitter: Sitter, seed: number): Canvas {
  const { width, height, interocular: io, focus, person } = sitter;
  const easel = new Easel(width, height);
  const meant = colours(sitter, seed);
  const field = mixFields(groundField(width, height, 1.1, seed), sitter.field, (i) =>
    ramp(person.data[i], 0.3, 0.7),
  );
  const near = (low: number, high: number) => (i: number) =>
    mix(low, high, focus.data[i]) * ramp(person.data[i], 0.2, 0.6);
  const layers: Layer[] = [
    { radius: io * 0.12, threshold: 0, length: 7, spacing: 0.8 },
    { radius: io * 0.07, threshold: 4, length: 8 },
    { radius: io * 0.04, threshold: 5, length: 9, where: near(0.7, 1) },
    { radius: io * 0.022, threshold: 5, length: 9, where: near(0.2, 1) },
    { radius: io * 0.012, threshold: 5, length: 10, where: near(0, 1) },
  ];
  layers.forEach((layer, k) => {
    layDown(
      meant,
      field,
      layer,
      (i) => easel.lab(i),
      seed + k,
      (dab) => easel.put(dab, seed + k),
    );
  });
  impasto(sitter, easel, field, seed);
  accents(sitter, easel, seed);
  return easel.lit();
}

/** Warm lights, cool shadows, a stronger light from the left, and a ground of broken greens behind the sitter. */
function colours({ width, height, flat, tone, normals, person, segments }: Sitter, seed: number): LabPlanes {
  const out = { l: createPlane(width, height), a: createPlane(width, height), b: createPlane(width, height) };
  for (let i = 0; i < out.l.data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const light = -0.62 * normals.x.data[i] - 0.45 * normals.y.data[i] + 0.64 * normals.z.data[i];
    const body = segments.skin.data[i] + 0.7 * segments.hair.data[i];
    const t = clamp(tone.data[i] + 0.42 * Math.max(-0.7, light - 0.62) * body);
    const warm = ramp(t, 0.15, 0.75) - 0.5;
    const halftone = segments.skin.data[i] * Math.max(0, 1 - Math.abs(t - 0.42) * 5);
    const drift = cloud(x, y, 90, 2, seed + 9) - 0.5;
    const l = 8 + 84 * t ** 0.92;
    const a = flat.a.data[i] * 1.3 + 14 * drift + 2 * Math.abs(warm) - 9 * halftone;
    const b = flat.b.data[i] * 1.05 + 20 * warm * body - 16 * drift - 6 * halftone;
    const behind = ground(x / width, y / height, seed);
    const p = ramp(person.data[i], 0.3, 0.7);
    out.l.data[i] = mix(behind[0], l, p);
    out.a.data[i] = mix(behind[1], a, p);
    out.b.data[i] = mix(behind[2], b, p);
  }
  return out;
}

function ground(u: number, v: number, seed: number): Lab {
  const n = cloud(u * 4, v * 5, 1, 3, seed + 40);
  const glow = clamp(1.1 - Math.hypot(u - 0.72, v - 0.42) * 1.5);
  return [20 + 30 * glow + 16 * (n - 0.5), -10 + 14 * (n - 0.4), 6 + 22 * glow + 24 * (n - 0.5)];
}

/** The last touches: thick light on what turns to the window, a cool reflection in the shadow, warm strands in the hair. */
function impasto(sitter: Sitter, easel: Easel, field: Field, seed: number): void {
  const { segments, interocular: io, focus, width } = sitter;
  const tone = gaussianBlur(litTone(sitter, 0.42), io / 60);
  const skin = (i: number) => segments.skin.data[i] * (1 - 0.9 * focus.data[i]);
  const here = (i: number) =>
    ramp(cloud(i % width, Math.floor(i / width), io * 0.35, 2, seed + 50), 0.42, 0.62);
  const touches: [Lab, number, number, (i: number) => number][] = [
    [[92, 4, 20], 0.017, 0.17, (i) => (tone.data[i] - 0.74) * skin(i)],
    [[72, 30, 22], 0.022, 0.22, (i) => (0.14 - Math.abs(tone.data[i] - 0.62)) * here(i) * skin(i)],
    [[50, -8, -8], 0.02, 0.22, (i) => (0.4 - tone.data[i]) * here(i) * skin(i)],
    [[56, 18, 34], 0.013, 0.5, (i) => (tone.data[i] - 0.3) * here(i) * segments.hair.data[i]],
    [[28, 14, -30], 0.016, 0.5, (i) => (0.3 - tone.data[i]) * here(i) * segments.hair.data[i]],
    [[36, 22, -46], 0.03, 0.6, (i) => 0.4 * (0.4 - tone.data[i]) * here(i) * segments.clothes.data[i]],
  ];
  touches.forEach(([colour, radius, length, missing], k) => {
    hatch(
      tone,
      { field, length: io * length, spacing: 6, gap: io * radius * 2, least: 0.05, missing },
      seed + 60 + k,
      (path) => {
        const [x, y] = path[Math.floor(path.length / 2)];
        const under = easel.lab(Math.floor(y) * width + Math.floor(x));
        const mixed = colour.map((v, c) => mix(under[c], v, 0.45)) as unknown as Lab;
        easel.put({ path, radius: radius * io, colour: mixed, i: 0 }, seed + 70 + k);
      },
    );
  });
}

/** Lids, pupils, lights in the eyes, and the line between the lips. */
function accents({ features, interocular: io }: Sitter, easel: Easel, seed: number): void {
  const line = (points: Parameters<typeof smoothPath>[0], radius: number, colour: Lab) =>
    easel.put({ path: smoothPath(points, 2), radius: radius * io, colour, i: 0 }, seed + 77);
  for (const lid of features.upperLids) line(lid, 0.011, [13, 8, 6]);
  for (const { x, y, eyeWidth } of features.irises) {
    const r = eyeWidth * 0.19;
    line(
      [
        [x - r * 0.5, y],
        [x + r * 0.5, y],
      ],
      (r * 0.75) / io,
      [16, 9, 12],
    );
    line(
      [
        [x - r * 0.2, y],
        [x + r * 0.2, y],
      ],
      (0.35 * r) / io,
      [5, 2, 2],
    );
    line(
      [
        [x - r * 0.5, y - r * 0.5],
        [x - r * 0.2, y - r * 0.45],
      ],
      (0.2 * r) / io,
      [92, 0, 6],
    );
  }
  for (const lips of features.lipLines) line(lips.slice(1, -1), 0.009, [17, 20, 8]);
}

class Easel {
  readonly canvas: Canvas;
  readonly relief: Plane;
  readonly #sweeper: Sweeper;
  readonly #random = seededRandom(5);
  #count = 0;

  constructor(width: number, height: number) {
    this.canvas = createCanvas(width, height, [96, 66, 44]);
    this.relief = createPlane(width, height);
    this.#sweeper = new Sweeper(width, height);
  }

  lab(i: number): Lab {
    const { rgb } = this.canvas;
    return rgbToLab([rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]]);
  }

  put({ path, radius, colour }: Dab, seed: number): void {
    const random = this.#random;
    const id = seed * 7919 + this.#count++;
    const [l, a, b] = colour;
    const own: Lab = [l + 5 * (random() - 0.5), a + 7 * (random() - 0.5), b + 9 * (random() - 0.5)];
    const [dark, light] = [labToRgb([own[0] - 5, own[1], own[2]]), labToRgb([own[0] + 5, own[1], own[2]])];
    const bristles = Math.max(3, radius * 1.3);
    const load = 0.75 + 0.25 * random();
    const shape = (t: number) => radius * Math.min(1, 0.55 + 3 * t, 0.35 + 2.2 * (1 - t));
    this.#sweeper.sweep({ path, radius: shape }, ({ i, across, along, t, inside }) => {
      const bristle = noise(across * bristles + 50, along / (radius * 9), id);
      const runsOut = ramp(load * 1.5 - t * 0.9 - (1 - bristle) * 0.55, 0, 0.3);
      const alpha = inside * Math.max(runsOut, 0.2 * (1 - t));
      const tint = dark.map((d, c) => mix(d, light[c], bristle)) as unknown as typeof dark;
      cover(this.canvas, i, tint, alpha);
      const ridge = ramp(Math.abs(across), 0.55, 0.9) * (1 - ramp(Math.abs(across), 0.9, 1.05));
      const paint = (0.8 * bristle + 0.5 * ridge * bristle + 0.25) * Math.min(2.4, 0.6 + radius * 0.16);
      this.relief.data[i] = mix(this.relief.data[i], this.relief.data[i] * 0.35 + paint, alpha);
    });
  }

  /** Light from the upper left across the paint, with a little gloss. */
  lit(): Canvas {
    const g = gradient(gaussianBlur(this.relief, 0.6));
    const { rgb } = this.canvas;
    for (let i = 0; i < this.relief.data.length; i++) {
      const slope = -(g.x.data[i] * 0.7 + g.y.data[i] * 0.8);
      const shade = 1 + clamp(0.38 * slope, -0.3, 0.3);
      const gloss = 46 * ramp(slope, 0.35, 1.3);
      for (let c = 0; c < 3; c++) rgb[3 * i + c] = rgb[3 * i + c] * shade + gloss;
    }
    return this.canvas;
  }
}
