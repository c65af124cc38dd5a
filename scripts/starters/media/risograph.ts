/** Risograph in three spot colours: flat shapes and screens, drums that do not quite meet, ink that lies unevenly. */
import { gaussianBlur } from '../../../models/image/blur.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { type Canvas, createCanvas, glaze } from '../kit/canvas.ts';
import { clamp, hex, mix, mixRgb, type Rgb, ramp } from '../kit/colour.ts';
import { traceContours } from '../kit/contours.ts';
import { smoothPath } from '../kit/features.ts';
import { drawnLines, litTone, spreadTone } from '../kit/light.ts';
import { cloud, noise, paperTooth } from '../kit/noise.ts';
import type { Sitter } from '../kit/sitter.ts';
import { type Point, Sweeper, taper } from '../kit/stroke.ts';

const PAPER = hex('#f6f1e4');
const YELLOW = hex('#ffd23f');
const PINK = hex('#ff4f7b');
const BLUE = hex('#1f4fa8');
/** Distance of the screens' dots, px. */
const PITCH = 5.2;

export function paintRisograph(sitter: Sitter, seed: number): Canvas {
  const { width, height } = sitter;
  const tooth = paperTooth(width, height, 1.5, seed);
  const canvas = createCanvas(width, height, (i) => mixRgb(PAPER, hex('#ebe4d2'), tooth.data[i] ** 3));
  drum(canvas, screen(yellowPlate(sitter), 1.31), YELLOW, [2.5, 1.5], tooth, seed + 1);
  drum(canvas, screen(pinkPlate(sitter), 0.26), PINK, [-2, 2.5], tooth, seed + 2);
  drum(canvas, bluePlate(sitter, seed), BLUE, [0, 0], tooth, seed + 3);
  return canvas;
}

/** Tints that a plate is cut into: paper, two screens, solid. */
const tint = (x: number, levels: readonly [number, number, number]): number =>
  0.3 * ramp(x, levels[0] - 0.01, levels[0] + 0.01) +
  0.32 * ramp(x, levels[1] - 0.01, levels[1] + 0.01) +
  0.38 * ramp(x, levels[2] - 0.01, levels[2] + 0.01);

const smoothTone = (sitter: Sitter) => gaussianBlur(litTone(sitter, 0.4), sitter.interocular / 45);

/** Skin and collar; a sun behind the head. */
function yellowPlate(sitter: Sitter): Plane {
  const { width, height, segments, person, interocular: io, landmarks, eyes } = sitter;
  const tone = smoothTone(sitter);
  const plate = createPlane(width, height);
  for (let i = 0; i < plate.data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const sun =
      1 -
      ramp(
        Math.hypot(x - landmarks[3] - io * 1.15, y - landmarks[4] + io * 0.85),
        io * 1.05,
        io * 1.05 + 1.5,
      );
    const skin = ramp(segments.skin.data[i], 0.4, 0.6) * (1 - ramp(eyes.data[i], 0.4, 0.6));
    plate.data[i] = mix(
      sun,
      Math.max(skin, 0.3 * segments.clothes.data[i] * ramp(tone.data[i], 0.6, 0.62)),
      ramp(person.data[i], 0.48, 0.52),
    );
  }
  return plate;
}

/** Half-tones of the skin, lips, and a ground that fades upwards. */
function pinkPlate(sitter: Sitter): Plane {
  const { width, height, segments, person, lips } = sitter;
  const tone = smoothTone(sitter);
  const plate = createPlane(width, height);
  for (let i = 0; i < plate.data.length; i++) {
    const y = Math.floor(i / width) / height;
    const dark = 1 - tone.data[i];
    const skin = Math.max(tint(dark, [0.22, 0.42, 0.62]), ramp(lips.data[i], 0.4, 0.6));
    const hair = tint(tone.data[i] + 0.3, [0.1, 0.5, 0.62]);
    const body =
      segments.skin.data[i] * skin +
      segments.hair.data[i] * hair +
      segments.clothes.data[i] * tint(tone.data[i], [0.22, 0.3, 0.55]) * 0.9;
    plate.data[i] = mix(0.75 * ramp(y, 0.15, 1.1), body, ramp(person.data[i], 0.48, 0.52));
  }
  return plate;
}

/** Dots at an angle, as large as the tint asks for (clustered dot, 45° apart from the other plates). */
function screen(plate: Plane, angle: number): Plane {
  const [c, s] = [Math.cos(angle) / PITCH, Math.sin(angle) / PITCH];
  const out = createPlane(plate.width, plate.height);
  for (let i = 0; i < out.data.length; i++) {
    const [x, y] = [i % plate.width, Math.floor(i / plate.width)];
    const wave = Math.cos(2 * Math.PI * (c * x + s * y)) + Math.cos(2 * Math.PI * (c * y - s * x));
    const threshold = 0.5 - 0.24 * wave;
    const tone = plate.data[i];
    out.data[i] = tone > 0.97 ? 1 : tone < 0.03 ? 0 : ramp(tone - threshold, -0.07, 0.07);
  }
  return out;
}

/** Shadows, hair, clothes, and the drawing. */
function bluePlate(sitter: Sitter, seed: number): Plane {
  const { width, height, segments, person, interocular: io, focus, features } = sitter;
  const tone = smoothTone(sitter);
  const fine = gaussianBlur(spreadTone(litTone(sitter, 0.25), segments.hair, 0.85), io / 120);
  const [detail, around] = [io / 110, io / 22].map((sigma) => gaussianBlur(sitter.tone, sigma));
  const plate = createPlane(width, height);
  for (let i = 0; i < plate.data.length; i++) {
    const t = mix(tone.data[i], fine.data[i], 0.8 * focus.data[i] + 0.8 * segments.hair.data[i]);
    const skin = tint(1 - t, [0.55, 0.7, 0.82]);
    const strand = ramp(detail.data[i] - around.data[i], 0.006, 0.02);
    const hair = tint(1 - t, [0.22, 0.4, 0.62]) * (1 - 0.8 * strand);
    const clothes = tint(1 - t, [0.35, 0.6, 0.72]) * (1 - 0.35 * ramp(t, 0.02, 0.16) * ramp(0.3 - t, 0, 0.1));
    const body =
      segments.skin.data[i] * skin + segments.hair.data[i] * hair + segments.clothes.data[i] * clothes;
    plate.data[i] = body * ramp(person.data[i], 0.45, 0.55);
  }
  return draw(sitter, screen(plate, 0.785), features, seed);
}

function draw(sitter: Sitter, plate: Plane, features: Sitter['features'], seed: number): Plane {
  const { field, lips, interocular: io } = sitter;
  const sweeper = new Sweeper(plate.width, plate.height);
  const stroke = (path: readonly Point[], radius: number, ends: [number, number] = [0.2, 0.3]) =>
    sweeper.sweep(
      { path, radius: (t) => taper(radius, ...ends)(t) * (0.85 + 0.3 * noise(t * 8, radius * 50, seed)) },
      ({ i, inside }) => {
        plate.data[i] = Math.max(plate.data[i], inside);
      },
    );
  const lines = drawnLines(sitter, io / 90, { sharp: 1.15 });
  for (let i = 0; i < lines.data.length; i++) lines.data[i] *= 1 - lips.data[i];
  for (const { path, strength } of traceContours(lines, field, {
    high: 2.8,
    low: 1.1,
    shortest: io * 0.1,
    gap: 5,
    longest: io * 1.5,
  })) {
    stroke(path, mix(1.1, 2, clamp(strength / 8)));
  }
  for (const lid of features.upperLids) stroke(smoothPath(lid, 2), io / 50);
  for (const { x, y, eyeWidth } of features.irises)
    stroke(
      [
        [x - 1, y],
        [x + 1, y],
      ],
      eyeWidth * 0.18,
      [0, 0],
    );
  for (const line of features.lipLines) stroke(smoothPath(line, 2), io / 65);
  return plate;
}

function drum(
  canvas: Canvas,
  plate: Plane,
  ink: Rgb,
  [dx, dy]: readonly number[],
  tooth: Plane,
  seed: number,
): void {
  const { width, height } = canvas;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const j = clamp(Math.round(y - dy), 0, height - 1) * width + clamp(Math.round(x - dx), 0, width - 1);
      const i = y * width + x;
      const inset = Math.min(x - dx, y - dy, width - x + dx, height - y + dy);
      const uneven = 0.86 + 0.2 * (cloud(x, y, 160, 4, seed) - 0.5);
      const grain = 1 - 0.75 * ramp(tooth.data[i] + 0.25 * (cloud(x, y, 9, 2, seed + 9) - 0.5), 0.84, 1.02);
      glaze(canvas, i, ink, plate.data[j] * uneven * grain * ramp(inset, 17, 19));
    }
  }
}
