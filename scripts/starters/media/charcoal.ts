/** Charcoal on grey paper: the side of the stick, smudged; vine over it; hard blacks; a rubber and white chalk for the lights. */
import { gaussianBlur } from '../../../models/image/blur.ts';
import { type Canvas, createCanvas } from '../kit/canvas.ts';
import { clamp, hex, mix, mixRgb, ramp } from '../kit/colour.ts';
import { traceContours } from '../kit/contours.ts';
import { DryTool } from '../kit/dry.ts';
import { smoothPath } from '../kit/features.ts';
import { constantField, mixFields } from '../kit/field.ts';
import { groundField } from '../kit/ground.ts';
import { hatch } from '../kit/hatching.ts';
import { drawnLines, litTone, spreadTone } from '../kit/light.ts';
import { cloud, paperTooth } from '../kit/noise.ts';
import type { Sitter } from '../kit/sitter.ts';

const PAPER = hex('#cfc8ba');
const CHARCOAL = hex('#211f20');
const CHALK = hex('#f5f0e4');

export function paintCharcoal(sitter: Sitter, seed: number): Canvas {
  const { width, height } = sitter;
  const tooth = paperTooth(width, height, 1.7, seed);
  const canvas = createCanvas(width, height, (i) => mixRgb(PAPER, hex('#b9b1a2'), 0.5 * tooth.data[i] ** 2));
  const paper = canvas.rgb.slice();
  const stick = new DryTool(canvas, tooth, seed);
  masses(sitter, stick, seed);
  smudge(sitter, canvas, paper);
  vine(sitter, stick, seed);
  lines(sitter, stick, seed);
  lights(sitter, stick, seed);
  return canvas;
}

const drawnTone = (sitter: Sitter) =>
  spreadTone(spreadTone(litTone(sitter, 0.4), sitter.segments.skin, 0.65), sitter.segments.hair, 0.6);

/** The tone that is meant; it runs out towards the bottom of the sheet. */
function meant(sitter: Sitter, seed: number) {
  const { width, height, person } = sitter;
  const tone = drawnTone(sitter);
  const dark = {
    width,
    height,
    data: tone.data.map((t, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      const ends = 1 - ramp(y / height + 0.25 * (cloud(x, y, 90, 3, seed) - 0.5), 0.8, 1);
      return clamp((0.84 - t) * 1.25) * ramp(person.data[i], 0.3, 0.7) * ends;
    }),
  };
  return gaussianBlur(dark, 1.5);
}

function masses(sitter: Sitter, stick: DryTool, seed: number): void {
  const { width, height, person, interocular: io, field, landmarks } = sitter;
  const dark = gaussianBlur(meant(sitter, seed), io / 30);
  const hand = constantField(width, height, -0.9);
  const way = mixFields(hand, field, (i) => 0.5 * ramp(person.data[i], 0.3, 0.7));
  const touch = { softness: 0.3, opaque: true, colour: CHARCOAL };
  hatch(
    dark,
    { field: way, length: io * 0.5, spacing: 6, gap: 6, least: 0.14, missing: (i) => dark.data[i] },
    seed + 1,
    (path, lack) => {
      stick.draw(path, { ...touch, radius: io * 0.05, pressure: mix(0.15, 0.75, lack), strength: 0.75 });
    },
  );
  const behind = (i: number) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const r = Math.hypot(x - landmarks[3] - io * 1.25, (y - landmarks[4] + io * 0.1) / 1.3) / io;
    return (
      (1 - ramp(r + cloud(x, y, 130, 3, seed + 3) - 0.5, 0.3, 1.15)) * (1 - ramp(person.data[i], 0.25, 0.5))
    );
  };
  const wide = groundField(width, height, 0.15, seed, -0.95);
  hatch(
    dark,
    { field: wide, length: io * 0.9, spacing: 8, gap: 9, least: 0.12, missing: behind },
    seed + 2,
    (path, lack) => {
      stick.draw(path, {
        ...touch,
        radius: io * 0.045,
        pressure: mix(0.25, 0.65, lack),
        strength: 0.6,
        softness: 0.5,
      });
    },
  );
}

/** A finger over everything that lies on the sitter; less on the ground. */
function smudge(
  { width, height, person, interocular: io, focus }: Sitter,
  { rgb }: Canvas,
  paper: Float32Array,
): void {
  for (let c = 0; c < 3; c++) {
    const plane = {
      width,
      height,
      data: Float32Array.from({ length: width * height }, (_, i) => rgb[3 * i + c] - paper[3 * i + c]),
    };
    const [near, far] = [gaussianBlur(plane, io / 60), gaussianBlur(plane, io / 22)];
    for (let i = 0; i < width * height; i++) {
      const soft = mix(far.data[i], near.data[i], 0.4 + 0.6 * focus.data[i]);
      rgb[3 * i + c] = paper[3 * i + c] + mix(plane.data[i], soft, 0.3 + 0.6 * person.data[i]);
    }
  }
}

function vine(sitter: Sitter, stick: DryTool, seed: number): void {
  const { tone, field, segments, interocular: io, width, height, focus } = sitter;
  const dark = meant(sitter, seed);
  const way = mixFields(constantField(width, height, -0.9), field, (i) =>
    clamp(segments.hair.data[i] + 0.3 + focus.data[i]),
  );
  const touch = { softness: 0.3, opaque: true, colour: CHARCOAL };
  for (const [k, least, length, radius, pressure, strength, gap] of [
    [0, 0.24, 0.25, 0.009, 0.5, 0.3, 7],
    [1, 0.38, 0.25, 0.008, 0.7, 0.5, 5],
    [2, 0.55, 0.2, 0.011, 0.8, 0.65, 4],
    [3, 0.7, 0.18, 0.016, 0.95, 0.85, 4],
    [4, 0.82, 0.2, 0.02, 1.1, 0.95, 3],
  ]) {
    hatch(
      tone,
      { field: way, length: io * length, spacing: 3, gap, least, missing: (i) => dark.data[i] },
      seed + 10 + k,
      (path) => {
        stick.draw(path, { ...touch, radius: io * radius, pressure, strength });
      },
    );
  }
}

function lines(sitter: Sitter, stick: DryTool, seed: number): void {
  const { field, focus, interocular: io, features, width } = sitter;
  const drawn = drawnLines(sitter, io / 75, { rim: 5 });
  // Edges are lost and found.
  const both = {
    ...drawn,
    data: drawn.data.map(
      (v, i) =>
        v * ramp(cloud(i % width, Math.floor(i / width), io * 0.5, 2, seed + 30) + focus.data[i], 0.35, 0.6),
    ),
  };
  const touch = { softness: 0.35, opaque: true, colour: CHARCOAL };
  for (const { path, strength } of traceContours(both, field, {
    high: 2.4,
    low: 0.9,
    shortest: io * 0.08,
    gap: 4,
    longest: io,
  })) {
    const force = clamp(strength / 9);
    stick.draw(path, {
      ...touch,
      radius: io * mix(0.007, 0.018, force),
      pressure: mix(0.6, 1, force),
      strength: mix(0.6, 0.95, force),
    });
  }
  for (const lid of features.upperLids)
    stick.draw(smoothPath(lid, 2), { ...touch, radius: io / 60, pressure: 1.1, strength: 0.95 });
  for (const { x, y, eyeWidth } of features.irises) {
    stick.draw(
      [
        [x - 2, y],
        [x, y],
        [x + 2, y],
      ],
      { ...touch, radius: eyeWidth * 0.15, pressure: 1.2, strength: 0.9 },
      [0, 0],
    );
  }
  for (const line of features.lipLines)
    stick.draw(smoothPath(line, 2), { ...touch, radius: io / 75, pressure: 1.1, strength: 0.95 });
}

/** Rubbed and chalked lights. */
function lights(sitter: Sitter, stick: DryTool, seed: number): void {
  const { field, interocular: io, person, features } = sitter;
  const tone = gaussianBlur(drawnTone(sitter), 2);
  const light = (i: number) => (tone.data[i] - 0.8) * ramp(person.data[i], 0.6, 0.9);
  const touch = { softness: 0.3, opaque: true, colour: CHALK };
  hatch(
    tone,
    { field, length: io * 0.2, spacing: 3, gap: 4, least: 0.02, missing: light },
    seed + 40,
    (path, much) => {
      stick.draw(path, {
        ...touch,
        radius: io * 0.016,
        pressure: mix(0.3, 0.7, clamp(much * 5)),
        strength: 0.6,
      });
    },
  );
  hatch(
    tone,
    { field, length: io * 0.12, spacing: 3, gap: 5, least: 0.14, missing: light },
    seed + 41,
    (path) => {
      stick.draw(path, { ...touch, radius: io * 0.02, pressure: 0.9, strength: 0.85 });
    },
  );
  for (const { x, y, eyeWidth } of features.irises) {
    const [px, py] = [x - eyeWidth * 0.07, y - eyeWidth * 0.06];
    stick.draw(
      [
        [px - 1, py],
        [px, py],
        [px + 1, py],
      ],
      { ...touch, radius: eyeWidth * 0.028, pressure: 1, strength: 0.85 },
      [0, 0],
    );
  }
}
