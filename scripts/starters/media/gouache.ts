/** Gouache: a head built of few flat planes of invented colour, each laid with a broad, square brush. */
import { gaussianBlur } from '../../../models/image/blur.ts';
import { type LabPlanes, pictureFromLab } from '../../../models/image/colour.ts';
import { createPlane } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import { type Canvas, cover, createCanvas } from '../kit/canvas.ts';
import { clamp, hex, type Lab, labToRgb, mix, type Rgb, ramp, rgbToLab } from '../kit/colour.ts';
import { smoothPath } from '../kit/features.ts';
import { mixFields } from '../kit/field.ts';
import { groundField } from '../kit/ground.ts';
import { litTone, spreadTone } from '../kit/light.ts';
import { cloud, noise } from '../kit/noise.ts';
import { type Dab, type Layer, layDown } from '../kit/painterly.ts';
import type { Sitter } from '../kit/sitter.ts';
import { Sweeper } from '../kit/stroke.ts';

const lab = (...codes: string[]): Lab[] => codes.map((code) => rgbToLab(hex(code)));
/** Dark to light, and the tones between them. */
const SKIN = {
  colours: lab('#2f3d7e', '#3f7f8c', '#d2553f', '#f2975c', '#f9cf8e', '#fdf0cf'),
  levels: [0.14, 0.28, 0.44, 0.66, 0.86],
};
const HAIR = { colours: lab('#231f45', '#5a3f6e', '#b0563f', '#e2a05a'), levels: [0.18, 0.36, 0.6] };
const CLOTHES = { colours: lab('#1d2452', '#2c4a9a', '#7fa8d6', '#f6e6d8'), levels: [0.14, 0.32, 0.62] };
const LIPS = { colours: lab('#8a2550', '#c8324a', '#ee6a5c', '#f8a088'), levels: [0.18, 0.4, 0.6] };
const WHITES = { colours: lab('#4f7fae', '#a9c6cf', '#f3ead8'), levels: [0.22, 0.5] };
const GROUND = lab('#f4b81f', '#f28c2c', '#f7cf4d', '#e4572e');

export function paintGouache(sitter: Sitter, seed: number): Canvas {
  const { width, height, interocular: io, person, focus } = sitter;
  const meant = planes(sitter, seed);
  const board = new Board(meant, seed);
  const near = gaussianBlur(person, io / 12);
  const field = mixFields(groundField(width, height, 0.9, seed, -0.5), sitter.field, (i) =>
    ramp(near.data[i], 0.03, 0.3),
  );
  const on = (low: number) => (i: number) => mix(low, 1, focus.data[i]) * ramp(person.data[i], 0.1, 0.4);
  const layers: Layer[] = [
    { radius: io * 0.1, threshold: 0, length: 7, spacing: 0.6 },
    { radius: io * 0.06, threshold: 6, length: 7, spacing: 0.7 },
    { radius: io * 0.042, threshold: 8, length: 7, spacing: 0.8 },
    { radius: io * 0.022, threshold: 12, length: 9, spacing: 0.8 },
    { radius: io * 0.013, threshold: 12, length: 14, spacing: 0.8, where: on(1) },
  ];
  layers.forEach((layer, k) => {
    layDown(
      meant,
      field,
      { ...layer, blur: 0 },
      (i) => board.lab(i),
      seed + k,
      (dab) => board.put(dab),
    );
  });
  accents(sitter, board);
  return board.canvas;
}

/** The colour plane that each pixel belongs to. */
function planes(sitter: Sitter, seed: number): LabPlanes {
  const { width, height, segments, lips, eyes, mouth, features, interocular: io } = sitter;
  const out = { l: createPlane(width, height), a: createPlane(width, height), b: createPlane(width, height) };
  const lit = spreadTone(litTone(sitter, 0.5), segments.skin, 0.5);
  const [coarse, broad, fine] = [io / 16, io / 36, io / 90].map((sigma) => gaussianBlur(lit, sigma));
  const [skin, hair, clothes] = [segments.skin, segments.hair, segments.clothes].map(
    (plane) => gaussianBlur(plane, 2).data,
  );
  const open = features.lipLines.length > 1;
  for (let i = 0; i < out.l.data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const mass = mix(broad.data[i], coarse.data[i], clamp(clothes[i] + 0.75 * hair[i]));
    const tone =
      mix(mass, fine.data[i], sitter.focus.data[i]) + 0.05 * (cloud(x, y, io * 0.3, 2, seed) - 0.5);
    const paint = ((): Lab => {
      if (eyes.data[i] > 0.5 || (open && mouth.data[i] > 0.5)) return pick(WHITES, tone);
      if (lips.data[i] > 0.5) return pick(LIPS, tone);
      const most = Math.max(skin[i], hair[i], clothes[i]);
      if (sitter.person.data[i] < 0.5) return behind(x / width, y / height, seed);
      return pick(most === skin[i] ? SKIN : most === hair[i] ? HAIR : CLOTHES, tone);
    })();
    [out.l.data[i], out.a.data[i], out.b.data[i]] = paint;
  }
  return out;
}

const pick = (
  { colours, levels }: { colours: readonly Lab[]; levels: readonly number[] },
  tone: number,
): Lab => colours[levels.filter((level) => tone > level).length];

function behind(u: number, v: number, seed: number): Lab {
  const n = cloud(u * 3, v * 3, 1, 2, seed + 9);
  return GROUND[n + 0.35 * v > 0.78 ? 1 : n > 0.56 ? 2 : n + v > 1.35 ? 3 : 0];
}

function accents({ features, interocular: io }: Sitter, board: Board): void {
  const line = (points: Parameters<typeof smoothPath>[0], radius: number, colour: string) =>
    board.put({ path: smoothPath(points, 2), radius: radius * io, colour: rgbToLab(hex(colour)), i: 0 });
  for (const brow of features.brows) line(brow, 0.024, '#2a2450');
  for (const { x, y, eyeWidth } of features.irises) {
    const r = eyeWidth * 0.19;
    line(
      [
        [x - r * 0.4, y],
        [x + r * 0.4, y],
      ],
      (r * 0.8) / io,
      '#1f4a6b',
    );
    line(
      [
        [x - r * 0.1, y],
        [x + r * 0.1, y],
      ],
      (r * 0.45) / io,
      '#14132b',
    );
    line(
      [
        [x - r * 0.6, y - r * 0.5],
        [x - r * 0.3, y - r * 0.5],
      ],
      (r * 0.22) / io,
      '#fdf6e6',
    );
  }
  for (const lid of features.upperLids) line(lid, 0.014, '#1d1a3d');
  for (const lips of features.lipLines) line(lips, 0.011, '#4d1238');
}

class Board {
  readonly canvas: Canvas;
  readonly #sweeper: Sweeper;
  readonly #random: () => number;
  #count = 0;

  /** @param meant also rubbed in thinly first, so that no gap is bare */
  constructor(meant: LabPlanes, seed: number) {
    const { width, height, data } = pictureFromLab(meant);
    this.canvas = createCanvas(width, height, (i) => [data[4 * i], data[4 * i + 1], data[4 * i + 2]]);
    this.#sweeper = new Sweeper(width, height);
    this.#random = seededRandom(seed + 60);
  }

  lab(i: number): Lab {
    const { rgb } = this.canvas;
    return rgbToLab([rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]]);
  }

  /** Opaque and even; only the ends and sides show that it was a brush. */
  put({ path, radius, colour: [l, a, b] }: Dab): void {
    const random = this.#random;
    const id = this.#count++;
    const own: Rgb = labToRgb([
      l + 4.5 * (random() - 0.5),
      a + 5 * (random() - 0.5),
      b + 7 * (random() - 0.5),
    ]);
    const [from, to] = [path[0], path[path.length - 1]];
    const short = Math.hypot(to[0] - from[0], to[1] - from[1]) < 2 * radius;
    const hairs = Math.max(2, radius * 0.9);
    this.#sweeper.sweep(
      { path, radius: (t) => radius * Math.min(1, 0.8 + 2 * t, 0.75 + (1 - t)) },
      ({ i, across, along, t, inside }) => {
        const hair = noise(across * hairs + 9, along / (radius * 12), id);
        const wet = short ? 1 : Math.min(t / 0.04, (1 - t) / 0.25, 1);
        cover(this.canvas, i, own, inside * ramp(wet * 1.3 - hair * 0.9, -0.1, 0.25) * 0.96);
      },
    );
  }
}
