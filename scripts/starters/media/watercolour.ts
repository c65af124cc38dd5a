/** Watercolour: a ground wet in wet, washes from light to dark that dry with a rim, white paper for the lights. */
import { gaussianBlur } from '../../../models/image/blur.ts';
import type { Plane } from '../../../models/image/picture.ts';
import { type Canvas, createCanvas, glaze } from '../kit/canvas.ts';
import { hex, mix, mixRgb, type Rgb, ramp, scaleColour } from '../kit/colour.ts';
import { smoothPath } from '../kit/features.ts';
import { hatch } from '../kit/hatching.ts';
import { litTone, spreadTone } from '../kit/light.ts';
import { cloud, noise, paperTooth } from '../kit/noise.ts';
import type { Sitter } from '../kit/sitter.ts';
import { type Point, Sweeper, taper } from '../kit/stroke.ts';
import { brushedShape, layWash, multiply } from '../kit/wash.ts';

const SKIN_LIGHT = [hex('#f2cfa6'), hex('#eeb08f'), hex('#f0c59b'), hex('#e79c86')];
const SKIN_HALF = [hex('#d98f6c'), hex('#c9826f'), hex('#c77f8c'), hex('#d19a62')];
const SKIN_DARK = [hex('#9a6a7c'), hex('#7b6a96'), hex('#a8645a')];
const HAIR = [hex('#5a5f86'), hex('#6b4f63'), hex('#3f4a6b'), hex('#7a5a4c')];
const CLOTHES = [hex('#8fb7c9'), hex('#a9c4d8'), hex('#c6bfd9')];
const GROUND = [hex('#f0b48c'), hex('#f3d39a'), hex('#8fc2bd'), hex('#6fa3b8'), hex('#e7a3a0')];

export function paintWatercolour(sitter: Sitter, seed: number): Canvas {
  const { width, height } = sitter;
  const tooth = paperTooth(width, height, 2.8, seed);
  const canvas = createCanvas(width, height, (i) =>
    mixRgb(hex('#fcfaf4'), hex('#efebe1'), 0.4 * tooth.data[i] ** 2),
  );
  ground(sitter, canvas, tooth, seed);
  figure(sitter, canvas, tooth, seed);
  brushwork(sitter, canvas, seed);
  return canvas;
}

/** Pigments that vary over the sheet. */
const charged = (width: number, pigments: readonly Rgb[], size: number, seed: number) => (i: number) =>
  scaleColour(pigments, 1.6 * cloud(i % width, Math.floor(i / width), size, 2, seed) - 0.3);

function ground(
  { width, height, person, interocular: io, landmarks }: Sitter,
  canvas: Canvas,
  tooth: Plane,
  seed: number,
): void {
  const [cx, cy] = [landmarks[3], landmarks[4]];
  const soft = gaussianBlur(person, 3);
  const reach = {
    width,
    height,
    data: person.data.map((_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      const r = Math.hypot((x - cx) / 1.15, (y - cy + io * 0.3) / 1.35) / io;
      return r + 1.2 * (cloud(x, y, 150, 5, seed + 3) - 0.5);
    }),
  };
  const away = { width, height, data: soft.data.map((p) => 1 - ramp(p, 0.35, 0.6)) };
  const ink = charged(width, GROUND, 190, seed + 5);
  for (const [level, density, softness] of [
    [1.55, 0.55, 0.02],
    [1.3, 0.5, 0.25],
    [1.0, 0.5, 0.2],
  ]) {
    const shape = multiply(
      brushedShape(reach, level, { wobble: 0.06, softness, size: 30, seed: seed + Math.round(10 * level) }),
      away,
    );
    layWash(
      canvas,
      tooth,
      { shape, ink, density, edge: 0.7, flow: 0.9, flowSize: 120, granulation: 0.35 },
      seed + Math.round(50 * level),
    );
  }
}

function figure(sitter: Sitter, canvas: Canvas, tooth: Plane, seed: number): void {
  const { width, height, segments, eyes, interocular: io } = sitter;
  const tone = gaussianBlur(spreadTone(litTone(sitter, 0.3), segments.skin, 0.45), io / 55);
  const within = (part: Plane) =>
    brushedShape({ ...part, data: gaussianBlur(part, 1.5).data.map((v) => 1 - v) }, 0.5, {
      wobble: 0.12,
      softness: 0.12,
      seed,
    });
  const fades = {
    ...tone,
    data: tone.data.map(
      (_, i) =>
        Math.floor(i / width) / height + 0.12 * (cloud(i % width, Math.floor(i / width), 60, 3, seed) - 0.5),
    ),
  };
  const open = brushedShape(fades, 0.9, { wobble: 0.02, softness: 0.006, seed });
  const openLids = { ...open, data: open.data.map((v, i) => v * (1 - 0.85 * eyes.data[i])) };
  const wash = (
    part: Plane,
    level: number,
    density: number,
    pigments: readonly Rgb[],
    softness: number,
    k: number,
  ) =>
    layWash(
      canvas,
      tooth,
      {
        shape: multiply(
          multiply(brushedShape(tone, level, { wobble: 0.06, softness, seed: seed + k }), part),
          k > 2 ? openLids : open,
        ),
        ink: charged(width, pigments, io * 0.45, seed + 70 + k),
        density,
        edge: 0.75,
        flow: 0.55,
        flowSize: io * 0.4,
      },
      seed + 90 + k,
    );
  const [skin, hair, clothes] = [segments.skin, segments.hair, segments.clothes].map(within);
  wash(skin, 0.88, 0.8, SKIN_LIGHT, 0.02, 1);
  wash(skin, 0.64, 0.6, SKIN_HALF, 0.1, 2);
  wash(skin, 0.52, 0.55, SKIN_HALF, 0.015, 3);
  wash(skin, 0.36, 0.6, SKIN_DARK, 0.02, 4);
  wash(skin, 0.22, 0.7, SKIN_DARK, 0.02, 5);
  wash(clothes, 0.93, 0.45, CLOTHES, 0.05, 6);
  wash(clothes, 0.55, 0.6, CLOTHES, 0.02, 7);
  wash(clothes, 0.3, 1.2, HAIR, 0.02, 8);
  wash(hair, 0.8, 0.5, HAIR, 0.03, 9);
  wash(hair, 0.34, 0.75, HAIR, 0.04, 10);
  wash(hair, 0.2, 0.8, HAIR, 0.03, 11);
}

/** Strokes of a pointed brush: hair, brows, lids, lips. */
function brushwork(sitter: Sitter, canvas: Canvas, seed: number): void {
  const { features, interocular: io, segments, tone, field, width } = sitter;
  const sweeper = new Sweeper(canvas.width, canvas.height);
  const stroke = (
    path: readonly Point[],
    radius: number,
    ink: Rgb,
    density: number,
    ends: [number, number] = [0.35, 0.5],
  ) =>
    sweeper.sweep({ path, radius: taper(radius, ...ends) }, ({ i, inside, across, along }) => {
      const rim = 0.7 + 0.5 * ramp(Math.abs(across), 0.4, 0.95);
      glaze(canvas, i, ink, inside * density * rim * (0.6 + 0.8 * noise(along / 14, radius * 9, seed)));
    });
  const strands = (i: number) => segments.hair.data[i] * (0.55 - tone.data[i]);
  hatch(
    tone,
    { field, length: io * 0.7, spacing: 5, gap: 9, least: 0.12, missing: strands },
    seed + 8,
    (path, lack) => {
      if (cloud(path[0][0], path[0][1], io * 0.4, 2, seed + 9) > 0.5)
        stroke(path, io * mix(0.008, 0.022, lack), HAIR[2], 0.4);
    },
  );
  const dark = hex('#3a2c38');
  for (const brow of features.brows) {
    const path = smoothPath(brow, 3);
    stroke(path, io / 30, hex('#5b4048'), 0.7, [0.2, 0.6]);
    stroke(
      path.map(([x, y]) => [x + 1, y - 2] as const),
      io / 50,
      dark,
      0.6,
      [0.2, 0.6],
    );
  }
  for (const lid of features.upperLids) {
    stroke(smoothPath(lid, 2), io / 55, dark, 1.1, [0.3, 0.15]);
    stroke(
      smoothPath(
        lid.map(([x, y]) => [x, y - io * 0.04] as const),
        2,
      ),
      io / 60,
      SKIN_DARK[0],
      0.6,
    );
  }
  for (const lid of features.lowerLids) stroke(smoothPath(lid, 2), io / 110, SKIN_DARK[2], 0.7);
  for (const { x, y, eyeWidth } of features.irises) {
    const r = eyeWidth * 0.19;
    stroke(
      [
        [x - r * 0.4, y],
        [x + r * 0.4, y],
      ],
      r * 0.75,
      hex('#6a4a3c'),
      0.9,
      [0, 0],
    );
    stroke(
      [
        [x - r * 0.15, y],
        [x + r * 0.15, y],
      ],
      r * 0.42,
      dark,
      1.3,
      [0, 0],
    );
  }
  for (const line of features.lipLines) stroke(smoothPath(line, 2), io / 70, hex('#7a2f3d'), 0.9);
  stroke(smoothPath(features.underLip, 2), io / 45, hex('#b86a6a'), 0.6);
  const lips = brushedShape({ ...sitter.lips, data: sitter.lips.data.map((v) => 1 - v) }, 0.5, {
    wobble: 0.05,
    softness: 0.1,
    seed,
  });
  for (let i = 0; i < lips.data.length; i++)
    glaze(
      canvas,
      i,
      hex('#d9777a'),
      lips.data[i] * (0.45 + 0.5 * cloud(i % width, Math.floor(i / width), io * 0.2, 2, seed)),
    );
}
