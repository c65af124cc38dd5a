/** Cut paper: sheets of coloured card, one over another, each with the shadow that it casts. */
import { gaussianBlur } from '../../../models/image/blur.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { type Canvas, cover, createCanvas, glaze } from '../kit/canvas.ts';
import { clamp, hex, mix, mixRgb, type Rgb, ramp } from '../kit/colour.ts';
import { smoothPath } from '../kit/features.ts';
import { litTone, spreadTone } from '../kit/light.ts';
import { cloud, noise, paperTooth } from '../kit/noise.ts';
import type { Sitter } from '../kit/sitter.ts';
import { type Point, Sweeper, taper } from '../kit/stroke.ts';

const SKIN = ['#6e3b52', '#a8525a', '#d9826b', '#efb08c', '#f8d3b0'].map(hex);
const HAIR = ['#2a2440', '#46345f', '#6f4a74'].map(hex);
const CLOTHES = ['#16425b', '#2f6690', '#81b1c9', '#e6eef0'].map(hex);
const GROUND = ['#2f8f83', '#47a896', '#7cc3a8', '#f2c14e'].map(hex);

export function paintPapercut(sitter: Sitter, seed: number): Canvas {
  const desk = new Desk(createCanvas(sitter.width, sitter.height, GROUND[0]), seed);
  ground(sitter, desk, seed);
  figure(sitter, desk);
  face(sitter, desk);
  return desk.canvas;
}

/** Glues sheets down. */
class Desk {
  readonly canvas: Canvas;
  readonly #tooth: Plane;
  readonly #seed: number;
  #count = 0;

  constructor(canvas: Canvas, seed: number) {
    this.canvas = canvas;
    this.#tooth = paperTooth(canvas.width, canvas.height, 1.8, seed);
    this.#seed = seed;
  }

  /** @param lift how far the sheet stands off, px */
  glue(sheet: Plane, colour: Rgb, lift: number): void {
    const { width, height } = sheet;
    const id = this.#seed + this.#count++;
    const [near, far] = [gaussianBlur(sheet, lift * 0.5), gaussianBlur(sheet, lift * 1.6)];
    const inner = gaussianBlur(sheet, 1.2);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const i = y * width + x;
        const at = (dx: number, dy: number) =>
          clamp(y - Math.round(dy), 0, height - 1) * width + clamp(x - Math.round(dx), 0, width - 1);
        const shadow = 0.34 * near.data[at(lift * 0.5, lift * 0.7)] + 0.3 * far.data[at(lift, lift * 1.5)];
        glaze(this.canvas, i, [70, 60, 90], shadow * (1 - sheet.data[i]));
        if (sheet.data[i] < 0.004) continue;
        const fibre =
          1 +
          0.05 * (this.#tooth.data[i] - 0.5) +
          0.07 * (cloud(x, y, 120, 3, id) - 0.5) +
          0.05 * (noise(x / 2, y / 14, id) - 0.5);
        // The cut edge catches the light on the upper left and darkens on the other side.
        const edge = 26 * (inner.data[at(-1, -1)] - inner.data[at(2, 2)]);
        cover(this.canvas, i, colour.map((c) => c * fibre + edge) as unknown as Rgb, sheet.data[i]);
      }
    }
  }
}

function ground({ width, height, landmarks, interocular: io }: Sitter, desk: Desk, seed: number): void {
  const [cx, cy] = [landmarks[3] + io * 0.35, landmarks[4] - io * 0.55];
  const sheetOf = (inside: (x: number, y: number) => number): Plane => {
    const plane = createPlane(width, height);
    for (let i = 0; i < plane.data.length; i++)
      plane.data[i] = ramp(inside(i % width, Math.floor(i / width)), -0.8, 0.8);
    return plane;
  };
  const hill = (level: number, k: number) => (x: number, y: number) =>
    y - height * level - 90 * (noise(x / 260 + k, k, seed) - 0.5);
  desk.glue(
    sheetOf((x, y) => io * 1.42 - Math.hypot(x - cx, y - cy)),
    GROUND[3],
    7,
  );
  desk.glue(sheetOf(hill(0.62, 3)), GROUND[1], 7);
  desk.glue(sheetOf(hill(0.76, 8)), GROUND[2], 7);
}

/** Head, hair and coat, each a stack of sheets from dark to light with borders that scissors could follow. */
function figure(sitter: Sitter, desk: Desk): void {
  const { segments, person, interocular: io, width, height } = sitter;
  const tone = gaussianBlur(spreadTone(litTone(sitter, 0.35), segments.skin, 0.5), io / 28);
  const local = gaussianBlur(spreadTone(sitter.tone, segments.hair, 0.9), io / 26);
  const body = gaussianBlur(person, io / 60).data.map((v) => ramp(v, 0.46, 0.54));
  const soft = [segments.skin, segments.hair, segments.clothes].map((p) => gaussianBlur(p, io / 40).data);
  const [skin, hair, clothes] = soft.map((own, k) =>
    own.map((v, i) => {
      const others = Math.max(soft[(k + 1) % 3][i], soft[(k + 2) % 3][i]);
      return ramp(v - others, -0.04, 0.04) * body[i];
    }),
  );
  const stack = (
    mask: Float32Array,
    plane: Plane,
    colours: readonly Rgb[],
    levels: readonly number[],
    base: Float32Array,
  ) => {
    desk.glue({ width, height, data: base }, colours[0], 6);
    levels.forEach((level, k) => {
      const data = mask.map((m, i) => m * ramp(plane.data[i], level - 0.004, level + 0.004));
      desk.glue({ width, height, data }, colours[k + 1], 3.5);
    });
  };
  stack(skin, tone, SKIN, [0.16, 0.36, 0.56, 0.78], body);
  stack(clothes, tone, CLOTHES, [0.16, 0.4, 0.68], clothes);
  stack(hair, local, HAIR, [0.34, 0.66], hair);
}

/** Eyes, brows and lips are small sheets of their own. */
function face(
  { features, lips, eyes, mouth, interocular: io, width, height, tone }: Sitter,
  desk: Desk,
): void {
  const sweeper = new Sweeper(width, height);
  const strip = (path: readonly Point[], radius: number, ends: [number, number] = [0.2, 0.35]): Plane => {
    const plane = createPlane(width, height);
    sweeper.sweep({ path, radius: taper(radius, ...ends) }, ({ i, inside }) => {
      plane.data[i] = inside;
    });
    return plane;
  };
  const both = (planes: readonly Plane[]): Plane => ({
    ...planes[0],
    data: planes[0].data.map((v, i) => Math.max(v, planes[1].data[i])),
  });
  const disc = (share: number) =>
    both(
      features.irises.map(({ x, y, eyeWidth }) =>
        strip(
          [
            [x - 0.5, y],
            [x + 0.5, y],
          ],
          eyeWidth * share,
          [0, 0],
        ),
      ),
    );
  const inEyes = (plane: Plane): Plane => ({ ...plane, data: plane.data.map((v, i) => v * eyes.data[i]) });
  desk.glue(
    { ...eyes, data: eyes.data.map((v) => ramp(v, 0.3, 0.7)) },
    mixRgb(hex('#f4ebe0'), SKIN[2], 0.12),
    2,
  );
  desk.glue(inEyes(disc(0.22)), hex('#5b4a3a'), 1.5);
  desk.glue(inEyes(disc(0.11)), hex('#1d1830'), 1);
  desk.glue(both(features.upperLids.map((lid) => strip(smoothPath(lid, 2), io / 45))), HAIR[0], 2);
  desk.glue(both(features.brows.map((brow) => strip(smoothPath(brow, 2), io / 28))), HAIR[0], 2.5);
  desk.glue({ ...lips, data: lips.data.map((v) => ramp(v, 0.35, 0.65)) }, hex('#b23a55'), 2);
  const shine = gaussianBlur(tone, io / 60);
  desk.glue(
    { ...lips, data: lips.data.map((v, i) => ramp(v, 0.5, 0.9) * ramp(shine.data[i], 0.42, 0.46)) },
    hex('#d9607a'),
    1.5,
  );
  const open = features.lipLines.length > 1 ? 1 : 0;
  desk.glue({ ...mouth, data: mouth.data.map((v) => open * ramp(v, 0.4, 0.6)) }, hex('#f6ece2'), 1.5);
  const seam = features.lipLines.map((line) => strip(smoothPath(line, 2), mix(io / 75, io / 90, 0.5)));
  desk.glue(both([seam[0], seam[1] ?? seam[0]]), hex('#5e1a3a'), 1);
}
