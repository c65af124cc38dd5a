/** Soft pastel on sand-coloured paper: broken strokes over one another, cool shadows, warm lights, paper in between. */
import type { LabPlanes } from '../../../models/image/colour.ts';
import { createPlane } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import { type Canvas, createCanvas } from '../kit/canvas.ts';
import { hex, type Lab, labToRgb, mix, mixRgb, ramp, rgbToLab } from '../kit/colour.ts';
import { DryTool } from '../kit/dry.ts';
import { smoothPath } from '../kit/features.ts';
import { constantField, mixFields } from '../kit/field.ts';
import { hatch } from '../kit/hatching.ts';
import { litTone } from '../kit/light.ts';
import { cloud, paperTooth } from '../kit/noise.ts';
import { type Layer, layDown } from '../kit/painterly.ts';
import type { Sitter } from '../kit/sitter.ts';

const PAPER = hex('#a58a72');
/** Paint of a stick is one of a box: so many steps of lightness, and of each colour axis. */
const BOX = [11, 15, 15];

export function paintPastel(sitter: Sitter, seed: number): Canvas {
  const { width, height, interocular: io, person, focus, segments, bottom } = sitter;
  const tooth = paperTooth(width, height, 1.9, seed);
  const canvas = createCanvas(width, height, (i) => mixRgb(PAPER, hex('#b59a80'), tooth.data[i]));
  const stick = new DryTool(canvas, tooth, seed);
  const meant = colours(sitter, seed);
  const slant = constantField(width, height, -1);
  const field = mixFields(
    slant,
    sitter.field,
    (i) => ramp(person.data[i], 0.3, 0.7) * mix(0.25, 1, Math.max(segments.hair.data[i], focus.data[i])),
  );
  const edge = (i: number) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const inset =
      Math.min(x, width - x, y, (bottom - y) * 0.7) / io + 0.5 * (cloud(x, y, 70, 3, seed + 2) - 0.5);
    return ramp(inset, 0.1, 0.45);
  };
  const on = (low: number) => (i: number) =>
    mix(low, 1, focus.data[i]) * ramp(person.data[i], 0.2, 0.6) * edge(i);
  const layers: (Layer & { pressure: number; strength: number })[] = [
    {
      radius: io * 0.055,
      threshold: 0,
      length: 8,
      spacing: 0.8,
      where: (i) => edge(i) * mix(0.6, 1, person.data[i]),
      pressure: 0.6,
      strength: 0.8,
    },
    {
      radius: io * 0.034,
      threshold: 5,
      length: 9,
      spacing: 0.8,
      where: (i) => edge(i) * mix(0.4, 1, person.data[i]),
      pressure: 0.62,
      strength: 0.9,
    },
    {
      radius: io * 0.024,
      threshold: 6,
      length: 9,
      spacing: 0.8,
      where: on(0.6),
      pressure: 0.7,
      strength: 0.9,
    },
    {
      radius: io * 0.012,
      threshold: 8,
      length: 11,
      spacing: 1.2,
      where: on(0),
      pressure: 0.75,
      strength: 0.95,
    },
    {
      radius: io * 0.008,
      threshold: 10,
      length: 11,
      spacing: 1.2,
      where: on(0),
      pressure: 0.8,
      strength: 0.95,
    },
  ];
  const random = seededRandom(seed + 3);
  const isNow = (i: number): Lab =>
    rgbToLab([canvas.rgb[3 * i], canvas.rgb[3 * i + 1], canvas.rgb[3 * i + 2]]);
  layers.forEach((layer, k) => {
    layDown(meant, field, layer, isNow, seed + 10 + k, ({ path, radius, colour }) => {
      const own = fromBox(colour.map((v, c) => v + BOX[c] * (random() - 0.5) * 1.5) as unknown as Lab);
      stick.draw(
        path,
        {
          radius,
          pressure: layer.pressure,
          strength: layer.strength,
          colour: labToRgb(own),
          opaque: true,
          softness: 0.4,
        },
        [0.05, 0.1],
      );
    });
  });
  sparks(sitter, stick, edge, seed);
  accents(sitter, stick);
  return canvas;
}

const fromBox = (colour: Lab): Lab => colour.map((v, c) => Math.round(v / BOX[c]) * BOX[c]) as unknown as Lab;

/** Strong colours end where the box does. */
const squeeze = (a: number): number => 62 * Math.tanh(a / 62);

/** Violet shadows, apricot lights, and a ground from turquoise to rose. */
function colours(sitter: Sitter, seed: number): LabPlanes {
  const { width, height, flat, person, segments } = sitter;
  const tone = litTone(sitter, 0.35);
  const out = { l: createPlane(width, height), a: createPlane(width, height), b: createPlane(width, height) };
  for (let i = 0; i < out.l.data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const [skin, hair, p] = [segments.skin.data[i], segments.hair.data[i], ramp(person.data[i], 0.3, 0.7)];
    const t = tone.data[i];
    const warm = ramp(t, 0.2, 0.8) - 0.5;
    const n = cloud(x, y, 200, 3, seed + 7);
    const behind: Lab = [
      mix(38, 66, n),
      mix(-26, 18, ramp(n + 0.3 * (y / height - 0.5), 0.35, 0.7)),
      mix(-14, -2, n),
    ];
    out.l.data[i] = mix(behind[0], 12 + 84 * t ** 0.9, p);
    out.a.data[i] = mix(
      behind[1],
      squeeze(flat.a.data[i] * 1.3) + 6 * skin + hair * (8 - 14 * warm) - 8 * skin * warm,
      p,
    );
    out.b.data[i] = mix(behind[2], flat.b.data[i] * 1.1 + skin * 34 * warm + hair * (32 * warm - 12), p);
  }
  return out;
}

/** Long open strokes over everything: the warmest lights, and the complementary colour in the shadows. */
function sparks(sitter: Sitter, stick: DryTool, edge: (i: number) => number, seed: number): void {
  const { width, height, segments, flat, interocular: io, focus, field } = sitter;
  const tone = litTone(sitter, 0.45);
  const slant = mixFields(constantField(width, height, -1), field, (i) => segments.hair.data[i]);
  const apart = (i: number) =>
    (1 - focus.data[i]) *
    edge(i) *
    ramp(cloud(i % width, Math.floor(i / width), io * 0.3, 2, seed + 29), 0.38, 0.6);
  const over: [string, number, (i: number) => number][] = [
    [
      '#fff3dc',
      0.012,
      (i) => (tone.data[i] - 0.72) * 2 * Math.max(segments.skin.data[i], segments.hair.data[i]),
    ],
    ['#f7b08a', 0.011, (i) => (0.3 - Math.abs(tone.data[i] - 0.58)) * segments.skin.data[i]],
    ['#3f9a9c', 0.011, (i) => (0.42 - tone.data[i]) * segments.skin.data[i] * 2],
    [
      '#6d62b5',
      0.016,
      (i) => (0.75 - tone.data[i]) * 0.6 * (flat.a.data[i] < 15 ? segments.clothes.data[i] : 0),
    ],
  ];
  over.forEach(([colour, radius, much], k) => {
    const missing = (i: number) => much(i) * apart(i);
    hatch(
      tone,
      { field: slant, length: io * 0.3, spacing: 6, gap: 7, least: 0.1, missing },
      seed + 30 + k,
      (path) => {
        stick.draw(path, {
          radius: radius * io,
          pressure: 0.55,
          strength: 0.6,
          colour: hex(colour),
          opaque: true,
          softness: 0.4,
        });
      },
    );
  });
}

function accents({ features, interocular: io }: Sitter, stick: DryTool): void {
  const hard = { pressure: 1, strength: 0.95, opaque: true, softness: 0.3 };
  const dark = hex('#2a1f33');
  for (const lid of features.upperLids)
    stick.draw(smoothPath(lid, 2), { ...hard, radius: io / 65, colour: dark });
  for (const { x, y, eyeWidth } of features.irises) {
    const r = eyeWidth * 0.19;
    stick.draw(
      [
        [x - r * 0.3, y],
        [x, y],
        [x + r * 0.3, y],
      ],
      { ...hard, radius: r * 0.75, colour: hex('#3c2a2e'), pressure: 1.2 },
      [0, 0],
    );
    stick.draw(
      [
        [x - r * 0.5, y - r * 0.5],
        [x - r * 0.4, y - r * 0.5],
        [x - r * 0.3, y - r * 0.5],
      ],
      { ...hard, radius: r * 0.25, colour: hex('#fffaf0'), pressure: 1.3 },
      [0, 0],
    );
  }
  for (const line of features.lipLines)
    stick.draw(smoothPath(line, 2), { ...hard, strength: 0.6, radius: io / 90, colour: hex('#6a2030') });
}
