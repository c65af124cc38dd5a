/** Linocut in three inks: two flat colour blocks and a dark key block, carved with a V-gouge along the form. */
import { gaussianBlur } from '../../../models/image/blur.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { type Canvas, cover, createCanvas } from '../kit/canvas.ts';
import { clamp, hex, mix, type Rgb, ramp } from '../kit/colour.ts';
import { traceContours } from '../kit/contours.ts';
import { smoothPath } from '../kit/features.ts';
import { type Field, mixFields, turnField } from '../kit/field.ts';
import { groundField } from '../kit/ground.ts';
import { hatch } from '../kit/hatching.ts';
import { drawnLines, litTone } from '../kit/light.ts';
import { cloud, noise, paperTooth } from '../kit/noise.ts';
import type { Sitter } from '../kit/sitter.ts';
import { type Point, Sweeper, taper } from '../kit/stroke.ts';
import { brushedShape } from '../kit/wash.ts';

const PAPER = hex('#f3ead6');
const OCHRE = hex('#e9a94a');
const RED = hex('#c8452f');
const KEY = hex('#1d2733');

export function paintLinocut(sitter: Sitter, seed: number): Canvas {
  const { width, height } = sitter;
  const canvas = createCanvas(width, height, PAPER);
  const tooth = paperTooth(width, height, 1.8, seed);
  print(canvas, ochreBlock(sitter, seed), OCHRE, tooth, [1.5, -1], seed + 1);
  print(canvas, redBlock(sitter, seed), RED, tooth, [-1.5, 1], seed + 2);
  print(canvas, keyBlock(sitter, seed), KEY, tooth, [0, 0], seed + 3);
  return canvas;
}

/** A block of lino: 1 where it prints, 0 where it is cut away. */
class Block {
  readonly plane: Plane;
  readonly #sweeper: Sweeper;
  readonly #seed: number;
  #count = 0;

  constructor(plane: Plane, seed: number) {
    this.plane = plane;
    this.#sweeper = new Sweeper(plane.width, plane.height);
    this.#seed = seed;
  }

  /** A gouge goes in, widens and comes out. @param prints 0 to cut, 1 to leave standing */
  cut(path: readonly Point[], radius: number, prints = 0, ends: [number, number] = [0.5, 0.35]): void {
    const id = this.#count++;
    const swell = (t: number) => taper(radius, ...ends)(t) * (0.8 + 0.4 * noise(t * 6, id, this.#seed));
    this.#sweeper.sweep({ path, radius: swell }, ({ i, inside }) => {
      this.plane.data[i] = mix(this.plane.data[i], prints, inside);
    });
  }
}

/** Skin in the half-light and everything that is darker; the lights stay paper. */
function ochreBlock(sitter: Sitter, seed: number): Plane {
  const { interocular: io, person, field } = sitter;
  const tone = gaussianBlur(litTone(sitter, 0.4), io / 40);
  const block = new Block(brushedShape(tone, 0.8, { wobble: 0.03, softness: 0.008, seed }), seed);
  for (let i = 0; i < tone.data.length; i++) block.plane.data[i] *= ramp(person.data[i], 0.45, 0.55);
  const missing = (i: number) => (tone.data[i] - 0.62) * person.data[i];
  hatch(
    tone,
    { field: turnField(field, Math.PI / 2), length: io * 0.22, spacing: 3, gap: 6, least: 0.02, missing },
    seed + 4,
    (path, light) => {
      block.cut(path, mix(1, 2.6, clamp(light * 5)));
    },
  );
  return block.plane;
}

/** The ground with the traces of the gouge, and the warm part of the clothes. */
function redBlock(sitter: Sitter, seed: number): Plane {
  const { width, height, person, segments, lips, flat, interocular: io, landmarks } = sitter;
  const block = new Block(createPlane(width, height), seed + 5);
  const soft = gaussianBlur(person, 2);
  for (let i = 0; i < block.plane.data.length; i++) {
    const coat = segments.clothes.data[i] > 0.5 && flat.a.data[i] > 22 ? 1 : 0;
    block.plane.data[i] = Math.max(1 - ramp(soft.data[i], 0.42, 0.5), coat, ramp(lips.data[i], 0.4, 0.6));
  }
  const [cx, cy] = [landmarks[3], landmarks[4] - io * 0.5];
  const rays: Field = { x: createPlane(width, height), y: createPlane(width, height) };
  for (let i = 0; i < rays.x.data.length; i++) {
    const angle = Math.atan2(Math.floor(i / width) - cy, (i % width) - cx);
    rays.x.data[i] = Math.cos(angle);
    rays.y.data[i] = Math.sin(angle);
  }
  const drift = mixFields(rays, groundField(width, height, 1, seed), () => 0.25);
  const missing = (i: number) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return soft.data[i] < 0.1
      ? ramp(Math.hypot((x - cx) / width, (y - cy) / height), 0.2, 0.75) * (0.5 + cloud(x, y, 80, 2, seed))
      : 0;
  };
  hatch(
    soft,
    { field: drift, length: io * 0.34, spacing: 4, gap: 5, least: 0.18, missing },
    seed + 6,
    (path, far) => {
      block.cut(path, mix(1, 3.2, clamp(far)), 0, [0.7, 0.15]);
    },
  );
  return frame(block.plane, seed);
}

/** The darks; where they turn to light the gouge lets in lines that widen with the light. */
function keyBlock(sitter: Sitter, seed: number): Plane {
  const { field, person, segments, interocular: io, focus, features, eyes } = sitter;
  const lit = litTone(sitter, 0.4);
  const tone = gaussianBlur(lit, io / 50);
  const fine = gaussianBlur(lit, io / 110);
  const guide = {
    ...tone,
    data: tone.data.map(
      (t, i) =>
        mix(t, fine.data[i], focus.data[i]) +
        0.1 * segments.hair.data[i] -
        0.12 * segments.skin.data[i] +
        ramp(person.data[i], 0.6, 0.4),
    ),
  };
  for (let i = 0; i < guide.data.length; i++) if (person.data[i] < 0.5) guide.data[i] = 1;
  const block = new Block(
    brushedShape(guide, 0.4, { wobble: 0.03, softness: 0.012, size: 14, seed }),
    seed + 7,
  );
  const across = mixFields(
    turnField(field, Math.PI / 2),
    field,
    (i) => segments.hair.data[i] + segments.clothes.data[i],
  );
  const missing = (i: number) =>
    (guide.data[i] - mix(0.16, 0.1, segments.hair.data[i])) * ramp(person.data[i], 0.5, 0.8);
  const gap = 5;
  hatch(
    tone,
    { field: across, length: io * 0.28, spacing: 3, gap, least: 0.03, missing },
    seed + 8,
    (path, light) => {
      block.cut(path, mix(0.7, 2.9, clamp(light * 3)));
    },
  );
  for (const { path, strength } of traceContours(drawnLines(sitter, io / 80, { calm: 0.6 }), field, {
    high: 2.6,
    low: 1.1,
    shortest: io * 0.09,
    gap: 5,
    longest: io * 1.2,
  })) {
    block.cut(path, mix(1.2, 2.8, clamp(strength / 9)), 1);
  }
  // The whites are cut out, whatever shadow lies on them.
  for (let i = 0; i < eyes.data.length; i++) block.plane.data[i] *= 1 - eyes.data[i];
  for (const lid of features.lowerLids) block.cut(smoothPath(lid, 2), io / 110, 1);
  for (const lid of features.upperLids) block.cut(smoothPath(lid, 2), io / 42, 1, [0.3, 0.25]);
  for (const { x, y, eyeWidth } of features.irises) {
    block.cut(
      [
        [x - 1, y],
        [x + 1, y],
      ],
      eyeWidth * 0.19,
      1,
      [0, 0],
    );
    block.cut(
      [
        [x - eyeWidth * 0.09, y - eyeWidth * 0.06],
        [x - eyeWidth * 0.03, y - eyeWidth * 0.05],
      ],
      eyeWidth * 0.05,
    );
  }
  for (const line of features.lipLines) block.cut(smoothPath(line, 2), io / 50, 1);
  return block.plane;
}

/** Lino is cut or it is not. */
function crisp(plane: Plane): Plane {
  const soft = gaussianBlur(plane, 0.9);
  return { ...soft, data: soft.data.map((v) => ramp(v, 0.42, 0.58)) };
}

/** A block ends before the sheet does, and its corners are not quite true. */
function frame(plane: Plane, seed: number): Plane {
  const { width, height, data } = plane;
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const inset = 20 + 5 * (noise(x / 40, y / 40, seed) - 0.5);
    data[i] *= ramp(Math.min(x, y, width - 1 - x, height - 1 - y), inset - 1, inset + 1);
  }
  return plane;
}

/** Ink from a roller: salty, thicker at the edges of what stands. */
function print(
  canvas: Canvas,
  cut: Plane,
  ink: Rgb,
  tooth: Plane,
  [dx, dy]: readonly number[],
  seed: number,
): void {
  const { width, height } = canvas;
  const block = frame(crisp(cut), 3);
  const inside = gaussianBlur(block, 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const j = clamp(Math.round(y - dy), 0, height - 1) * width + clamp(Math.round(x - dx), 0, width - 1);
      if (block.data[j] < 0.01) continue;
      const i = y * width + x;
      const patchy = cloud(x, y, 60, 3, seed);
      const salt = ramp(tooth.data[i], 0.93 + 0.14 * (0.62 - patchy), 1.02) * ramp(inside.data[j], 0.6, 1);
      const squeeze = 1 - 0.06 * ramp(inside.data[j], 0.5, 0.95);
      cover(canvas, i, ink, block.data[j] * (1 - 0.8 * salt) * squeeze * (0.93 + 0.07 * patchy));
    }
  }
}
