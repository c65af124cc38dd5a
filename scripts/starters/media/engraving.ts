/** Copperplate engraving: swelling lines that run round the form, crossed where it darkens, dotted where it turns to light. */
import { gaussianBlur } from '../../../models/image/blur.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { type Canvas, createCanvas, glaze } from '../kit/canvas.ts';
import { clamp, hex, mix, mixRgb, ramp } from '../kit/colour.ts';
import { traceContours } from '../kit/contours.ts';
import { smoothPath } from '../kit/features.ts';
import { drawnLines, litTone, spreadTone } from '../kit/light.ts';
import { cloud, noise, paperTooth } from '../kit/noise.ts';
import type { Sitter } from '../kit/sitter.ts';
import { type Point, Sweeper, taper } from '../kit/stroke.ts';

const PAPER = hex('#efe4c8');
const INK = hex('#2b2a24');
/** Distance of the lines, px. */
const PITCH = 5.4;

export function paintEngraving(sitter: Sitter, seed: number): Canvas {
  const { width, height } = sitter;
  const tooth = paperTooth(width, height, 1.6, seed);
  const canvas = createCanvas(width, height, (i) =>
    mixRgb(PAPER, hex('#dccdab'), foxing(i, width, seed) + 0.2 * tooth.data[i]),
  );
  const plate = cutLines(sitter, seed);
  cutDrawing(sitter, plate, seed);
  for (let i = 0; i < plate.data.length; i++) {
    glaze(canvas, i, INK, clamp(plate.data[i]) * (0.9 + 0.2 * (0.5 - tooth.data[i])));
  }
  return canvas;
}

const foxing = (i: number, width: number, seed: number): number =>
  0.9 * ramp(cloud(i % width, Math.floor(i / width), 170, 4, seed + 2), 0.45, 0.8);

/** Darkness 0..1 that the lines must give; the ground is darkest beside the lit cheek and fades into an oval. */
function wantedDarkness(sitter: Sitter, seed: number): Plane {
  const { width, height, segments, person, lips, interocular: io, landmarks, bottom } = sitter;
  const tone = spreadTone(litTone(sitter, 0.4), segments.skin, 0.6);
  const dark = createPlane(width, height);
  for (let i = 0; i < dark.data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const oval = Math.hypot((x - width / 2) / (width * 0.44), (y - bottom * 0.5) / (bottom * 0.47));
    const ground = 0.14 + 0.3 * ramp((landmarks[3] - x) / io, -0.6, 1.6) * ramp(y / height, 0, 0.6);
    const vignette = 1 - ramp(oval + 0.03 * (noise(x / 7, y / 7, seed) - 0.5), 0.985, 1.0);
    dark.data[i] =
      mix(ground, 0.96 - 0.96 * tone.data[i], ramp(person.data[i], 0.4, 0.6)) *
      vignette *
      (1 - 0.3 * lips.data[i]);
  }
  return gaussianBlur(dark, 1.3);
}

/**
 * Each set of lines is the level set of a plane; tone is the share of a period that is cut. Lines follow the form because its height
 * bends the plane.
 */
function cutLines(sitter: Sitter, seed: number): Plane {
  const { width, height, form, segments, person } = sitter;
  const dark = wantedDarkness(sitter, seed);
  const plate = createPlane(width, height);
  const body = gaussianBlur(person, 1.2);
  const hair = gaussianBlur(segments.hair, 3);
  for (let i = 0; i < plate.data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const [u, v] = [0.34 * x + 0.94 * y, 0.94 * x - 0.34 * y];
    const bend = 0.5 * form.data[i] * ramp(body.data[i], 0.4, 0.6);
    const ruled = body.data[i] < 0.5;
    const first = ruled ? y : u + bend;
    const second = ruled ? 0.7 * x + 0.7 * y : v - 0.55 * bend + 0.3 * u;
    const d = dark.data[i];
    const line = (phase: number, share: number) => {
      const wave = Math.abs(2 * (phase / PITCH - Math.floor(phase / PITCH)) - 1);
      const tremor = 0.08 * (noise(x / 5, y / 5, seed + 4) - 0.5);
      return ramp(share + tremor - wave, -0.13, 0.13);
    };
    const one = line(first, clamp(d * 1.12, 0, 0.72)) * ramp(d, 0.02, 0.1);
    const two = line(second, clamp((d - 0.34) * 1.05, 0, 0.62)) * ramp(d, 0.34, 0.4);
    const three = line(u + v, clamp((d - 0.62) * 1.2, 0, 0.6)) * ramp(d, 0.62, 0.68);
    plate.data[i] = Math.max(
      one * (1 - hair.data[i]),
      two * (1 - 0.6 * hair.data[i]),
      three,
      one * hair.data[i],
    );
  }
  return plate;
}

/** Contours, and the features that lines alone would not hold. */
function cutDrawing(sitter: Sitter, plate: Plane, seed: number): void {
  const { field, features, interocular: io, eyes } = sitter;
  const sweeper = new Sweeper(plate.width, plate.height);
  const cut = (path: readonly Point[], radius: number, ends: [number, number] = [0.3, 0.4], value = 1) =>
    sweeper.sweep({ path, radius: taper(radius, ...ends) }, ({ i, inside }) => {
      plate.data[i] = mix(plate.data[i], value, inside);
    });
  for (let i = 0; i < plate.data.length; i++) plate.data[i] *= 1 - 0.75 * eyes.data[i];
  const lines = drawnLines(sitter, io / 110, { rim: 2.5 });
  const limits = { high: 2.4, low: 0.9, shortest: io * 0.06, gap: 4, longest: io };
  for (const { path, strength } of traceContours(lines, field, limits)) {
    cut(path, mix(0.7, 1.5, clamp(strength / 8)));
  }
  for (const lid of features.upperLids) cut(smoothPath(lid, 2), io / 70);
  for (const lid of features.lowerLids) cut(smoothPath(lid, 2), 0.8);
  for (const { x, y, eyeWidth } of features.irises) {
    const r = eyeWidth * 0.19;
    for (let k = 0; k < 26; k++) {
      const angle = (k / 26) * 2 * Math.PI + 0.2 * noise(k, 0, seed);
      const at = (s: number): Point => [x + s * r * Math.cos(angle), y + s * r * Math.sin(angle)];
      cut([at(0.4), at(1)], 0.8, [0, 0]);
    }
    cut(
      [
        [x - 0.5, y],
        [x + 0.5, y],
      ],
      r * 0.52,
      [0, 0],
    );
    cut(
      [
        [x - r * 0.4, y - r * 0.4],
        [x - r * 0.3, y - r * 0.4],
      ],
      r * 0.2,
      [0, 0],
      0,
    );
  }
  for (const line of features.lipLines) cut(smoothPath(line, 2), io / 85);
}
