/** Graphite on white paper: construction lines, hatching that crosses where it darkens, and edges that are left open. */
import { gaussianBlur } from '../../../models/image/blur.ts';
import type { Plane } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import { type Canvas, createCanvas } from '../kit/canvas.ts';
import { clamp, mix, mixRgb, type Rgb, ramp } from '../kit/colour.ts';
import { traceContours } from '../kit/contours.ts';
import { DryTool } from '../kit/dry.ts';
import { smoothPath } from '../kit/features.ts';
import { constantField, type Field, mixFields, turnField } from '../kit/field.ts';
import { hatch } from '../kit/hatching.ts';
import { drawnLines, litTone, spreadTone } from '../kit/light.ts';
import { cloud, paperTooth } from '../kit/noise.ts';
import type { Sitter } from '../kit/sitter.ts';
import type { Point } from '../kit/stroke.ts';

const PAPER: Rgb = [246, 242, 232];
/** Soft lead: grey even where it is pressed. */
const LEAD = { colour: [58, 58, 64] as Rgb, opaque: true, softness: 0.5 };

export function paintPencil(sitter: Sitter, seed: number): Canvas {
  const { width, height } = sitter;
  const tooth = paperTooth(width, height, 1.7, seed);
  const canvas = createCanvas(width, height, (i) =>
    mixRgb(PAPER, [236, 230, 217], 0.5 * tooth.data[i] * tooth.data[i]),
  );
  const pencil = new DryTool(canvas, tooth, seed);
  constructionLines(sitter, pencil, seed);
  shade(sitter, pencil, seed);
  drawContours(sitter, pencil, seed);
  drawFeatures(sitter, pencil, seed);
  return canvas;
}

/** How far the drawing is carried out at each pixel, 0..1: the head is, the clothes are only hinted at. */
function finish({ width, height, landmarks, interocular: io }: Sitter, seed: number): Plane {
  const [cx, cy] = [landmarks[3], landmarks[4]];
  const data = new Float32Array(width * height);
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const r = Math.hypot((x - cx) / 1.25, (y - cy + 0.1 * io) / 1.45) / io;
    data[i] = 1 - ramp(r + 0.5 * (cloud(x, y, 120, 2, seed + 3) - 0.5), 0.95, 1.4);
  }
  return { width, height, data };
}

function constructionLines({ landmarks, interocular: io }: Sitter, pencil: DryTool, seed: number): void {
  const random = seededRandom(seed + 4);
  const at = (k: number): Point => [landmarks[3 * k], landmarks[3 * k + 1]];
  const touch = { radius: 0.8, pressure: 0.5, strength: 0.35, ...LEAD };
  const ray = (a: Point, b: Point, over: number) => {
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const wobble = () => (random() - 0.5) * io * 0.03;
    const points = [-over, 0.3, 0.7, 1 + over].map(
      (t): Point => [a[0] + t * dx + wobble(), a[1] + t * dy + wobble()],
    );
    pencil.draw(smoothPath(points, 4), touch, [0.3, 0.3]);
  };
  const [top, chin, left, right] = [at(10), at(152), at(234), at(454)];
  for (let k = 0; k < 2; k++) {
    ray(top, chin, 0.28);
    ray(at(33), at(263), 0.55);
    ray(at(129), at(358), 1.1);
    ray(at(61), at(291), 0.8);
  }
  const [cx, cy] = [(left[0] + right[0]) / 2, (top[1] + chin[1]) / 2 - io * 0.1];
  for (let turn = 0; turn < 3; turn++) {
    const [rx, ry] = [
      0.5 * (right[0] - left[0]) * (1.04 + 0.06 * random()),
      0.66 * (chin[1] - top[1]) * (0.98 + 0.05 * random()),
    ];
    const from = random() * 6;
    const oval = Array.from({ length: 60 }, (_, n): Point => {
      const angle = from + (n / 59) * 5.4;
      return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
    });
    pencil.draw(oval, { ...touch, strength: 0.22 }, [0.4, 0.4]);
  }
}

function shade(sitter: Sitter, pencil: DryTool, seed: number): void {
  const { width, height, tone, segments, person, field, focus, interocular: io } = sitter;
  const done = finish(sitter, seed);
  const lit = spreadTone(spreadTone(litTone(sitter, 0.45), segments.skin, 0.5), segments.hair, 0.5);
  const dark = lit.data.map((t, i) => clamp((0.86 - t) * 1.15) * person.data[i] * done.data[i]);
  const wanted = gaussianBlur({ width, height, data: dark }, 1.2);
  const laid = new Float32Array(width * height);
  const across = turnField(field, Math.PI / 2);
  const hand = constantField(width, height, -0.95);
  const material = (hair: Field, other: Field) => mixFields(other, hair, (i) => segments.hair.data[i]);
  const around = mixFields(hand, across, (i) => 0.35 * (1 - focus.data[i]));
  // First the side of the lead, a grey breath over the shadows.
  const side = { ...LEAD, radius: io * 0.03, pressure: 0.4, strength: 0.22 };
  hatch(
    tone,
    {
      field: hand,
      length: io * 0.4,
      spacing: 5,
      gap: io * 0.025,
      least: 0.3,
      missing: (i) => wanted.data[i],
    },
    seed + 9,
    (path) => pencil.draw(path, side),
  );
  const passes: [Field, number, number, number, number, number][] = [
    // Directions, length, gap, least tone, radius, strength.
    [material(field, hand), io * 0.34, 3, 0.03, 0.8, 0.42],
    [material(field, around), io * 0.26, 3, 0.17, 0.8, 0.5],
    [material(turnField(field, 0.12), turnField(hand, 0.6)), io * 0.22, 3, 0.3, 0.9, 0.6],
    [material(turnField(field, -0.15), turnField(hand, -0.5)), io * 0.16, 2, 0.44, 0.9, 0.65],
    [field, io * 0.14, 2, 0.56, 1, 0.75],
    [material(field, hand), io * 0.12, 1.5, 0.68, 1.2, 0.85],
  ];
  passes.forEach(([direction, length, gap, least, radius, strength], k) => {
    const missing = (i: number) => wanted.data[i] - laid[i] * 0.12;
    hatch(
      tone,
      { field: direction, length, spacing: 2.5, gap, least, missing },
      seed + 10 + k,
      (path, lack) => {
        pencil.draw(path, { radius, pressure: mix(0.6, 1, clamp(lack * 1.2)), strength, ...LEAD });
        for (const [x, y] of path) laid[Math.floor(y) * width + Math.floor(x)] += 0.3;
      },
    );
  });
}

function drawContours(sitter: Sitter, pencil: DryTool, seed: number): void {
  const { field, interocular: io, focus, width } = sitter;
  const random = seededRandom(seed + 5);
  for (const { path, strength } of traceContours(
    drawnLines(sitter, io / 110, { calm: 0.8, sharp: 1.5 }),
    field,
    { high: 1.7, low: 0.7, shortest: io * 0.06, gap: 5, longest: io * 0.9 },
  )) {
    const [x, y] = path[Math.floor(path.length / 2)];
    const force = clamp(strength / 6, 0.3, 1);
    const near = focus.data[Math.floor(y) * width + Math.floor(x)];
    for (let again = 0; again < (random() < 0.4 ? 2 : 1); again++) {
      const shift = again * 1.6 * (random() - 0.5);
      pencil.draw(
        path.map(([px, py]) => [px + shift, py + shift] as const),
        {
          radius: 0.8 + 0.7 * force,
          pressure: mix(0.5, 1, force),
          strength: mix(0.45, 0.85, Math.max(near, force)),
          ...LEAD,
        },
      );
    }
  }
}

function drawFeatures({ features, interocular: io }: Sitter, pencil: DryTool, seed: number): void {
  const random = seededRandom(seed + 6);
  for (const brow of features.brows) {
    const line = smoothPath(brow, io / 200);
    const away = Math.sign(line[line.length - 1][0] - line[0][0]);
    line.forEach(([x, y], k) => {
      const t = k / line.length;
      const [px, py] = [x + 3 * (random() - 0.5), y + io * 0.045 * (random() - 0.4) * (1 - 0.6 * t)];
      const [dx, dy] = [away * io * mix(0.02, 0.09, t), io * mix(-0.06, 0.02, t)];
      const hair: Point[] = [
        [px, py],
        [px + dx * 0.5, py + dy * 0.6],
        [px + dx, py + dy],
      ];
      pencil.draw(hair, { radius: 0.9, pressure: 0.9, strength: 0.65, ...LEAD });
    });
  }
  const soft = { radius: io / 110, pressure: 0.9, strength: 0.8, ...LEAD };
  for (const lid of features.upperLids) {
    pencil.draw(smoothPath(lid, 2), { ...soft, radius: io / 75, strength: 0.95 });
    pencil.draw(
      smoothPath(
        lid.map(([x, y]) => [x, y - io * 0.035] as const),
        2,
      ),
      { ...soft, pressure: 0.5, strength: 0.5 },
    );
  }
  for (const lid of features.lowerLids)
    pencil.draw(smoothPath(lid, 2), { ...soft, pressure: 0.5, strength: 0.6 });
  for (const { x, y, eyeWidth } of features.irises) {
    const r = eyeWidth * 0.2;
    const ring = Array.from(
      { length: 24 },
      (_, k): Point => [x + r * Math.cos(k / 3.6), y + r * Math.sin(k / 3.6)],
    );
    pencil.draw(ring, { ...soft, radius: 1, pressure: 0.8 });
    pencil.draw(
      [
        [x - 1, y],
        [x, y - 0.5],
        [x + 1, y],
      ],
      { ...soft, radius: r * 0.5, strength: 0.95 },
      [0, 0],
    );
  }
  for (const line of features.lipLines)
    pencil.draw(smoothPath(line, 2), { ...soft, radius: io / 90, strength: 0.9 });
  pencil.draw(smoothPath(features.underLip, 2), { ...soft, pressure: 0.5, strength: 0.6 });
}
