/** The body below a portrait's last row, and beside it: what is seen there of clothes, arms, hands and ground. */
import { faceFrame } from '../../../models/face/face-frame.ts';
import type { ParsingClass } from '../../../models/face/parsing-classes.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { classNumber } from '../../labels/classes.ts';
import { drawArms } from './arms.ts';
import { between, type Colour, happens, hsv, type Random, smoothNoise } from './chance.ts';
import { drawPattern } from './recolour.ts';

/** What is seen at a place past the picture: a colour, or that of a pixel of the picture, and its class. */
export interface Seen {
  readonly name: ParsingClass;
  readonly from: readonly [number, number] | Colour;
  readonly light: number;
}
/** @param x in pixels of the picture, as `y`; outside of it */
export type Beyond = (x: number, y: number) => Seen;

/** A picture of one person and what each pixel is. */
interface Labelled {
  readonly picture: Picture;
  readonly labels: Uint8Array;
  readonly landmarks: Float32Array;
}

const BACKGROUND = classNumber('background');
const CLOTHES = classNumber('clothes');
/** Share of the picture's height that shows ground above most heads. */
const TOP = 0.08;

/** Where the outline goes on at one side: it starts at (x, y) and goes outwards by `bulge` (px), then in again. */
interface Flank {
  readonly x: number;
  readonly y: number;
  readonly bulge: number;
}

/**
 * Clothes go on with their own cloth, mirrored at the last row and spread over the body's width; a second garment may
 * begin at the waist; arms hang or lie before the body, in sleeves or bare.
 */
export function continueBody(sitter: Labelled, random: Random): Beyond {
  const { picture, landmarks } = sitter;
  const { height: unit } = faceFrame(landmarks);
  const flanks = drawFlanks(sitter, unit, random);
  const colours = meanColours(sitter);
  const noise = smoothNoise(random);
  const { height } = picture;
  const wobble = between(random, 0, 0.05) * unit;
  const taper = between(random, -0.1, 0.5) * unit;
  const ends = height + unit * (happens(random, 0.25) ? between(random, 0.4, 2) : 9);
  const lower = drawLower(random, height + unit * between(random, 0.6, 2.2));
  const edges = (y: number): [number, number] => {
    const waist = smoothStep((y - height) / unit - 0.3) * taper;
    const at = ({ x, y: from, bulge }: Flank, way: -1 | 1) =>
      x +
      way * (bulge * (1 - Math.exp((from - y) / (0.5 * unit))) - waist) +
      wobble * (noise((3 * y) / unit, 5 + way) - 0.5);
    return [at(flanks[0], -1), at(flanks[1], 1)];
  };
  const arms = drawArms({ edges, bottom: height, unit, skin: colours.skin }, random);
  const cloth = clothOf(sitter, flanks, edges, colours.clothes);
  const folds = between(random, 0, 0.35);
  return (x, y) => {
    const [left, right] = edges(y);
    const isBody = x > left && x < right && y < ends && (y >= height || isBeside(flanks, x, y));
    const arm = y < ends ? arms(x, y) : null;
    if (arm === 'ground' || !(isBody || arm)) return ground(sitter, colours.ground, x, y);
    const fold = 1 + folds * (noise((2.5 * x + y) / unit, (2 * y) / unit) - 0.5);
    if (arm?.skin) return { name: 'bodySkin', from: arm.skin, light: arm.light };
    const light = fold * (arm?.light ?? 1);
    if (lower && y > lower.from && !arm) return { name: 'clothes', from: lower.pattern(x, y), light };
    return { name: 'clothes', from: cloth(x, y), light };
  };
}

const smoothStep = (t: number): number => {
  const at = Math.min(1, Math.max(0, t));
  return at * at * (3 - 2 * at);
};

/** Beside the picture the shoulders fall on from where they leave it. */
const isBeside = ([left, right]: readonly [Flank, Flank], x: number, y: number): boolean =>
  x < 0 ? y > left.y : y > right.y;

function drawFlanks(
  { picture: { width, height }, labels }: Labelled,
  unit: number,
  random: Random,
): [Flank, Flank] {
  const last = (height - 1) * width;
  const isPerson = (i: number) => labels[i] !== BACKGROUND;
  let [left, right] = [0, width - 1];
  while (left < width / 2 && !isPerson(last + left)) left++;
  while (right > width / 2 && !isPerson(last + right)) right--;
  const flank = (x: number, column: number): Flank => {
    if (x !== column) return { x, y: height, bulge: between(random, -0.1, 0.5) * unit };
    let y = height - 1;
    while (y > 0 && labels[(y - 1) * width + column] === CLOTHES) y--;
    return { x, y, bulge: between(random, 0.1, 0.8) * unit };
  };
  return [flank(left, 0), flank(right, width - 1)];
}

/** What is worn below the waist, if it is another cloth. */
function drawLower(random: Random, from: number) {
  const base = hsv(random(), between(random, 0, 0.8), between(random, 0.05, 0.95));
  const pattern = drawPattern(random, base);
  return happens(random, 0.5) ? { from, pattern } : null;
}

/** Colours of the sitter's own cloth, from the rows above the last. */
function clothOf(
  { picture: { width, height }, labels }: Labelled,
  [{ x: x0 }, { x: x1 }]: readonly [Flank, Flank],
  edges: (y: number) => [number, number],
  mean: Colour,
): (x: number, y: number) => Seen['from'] {
  const band = Math.round(0.12 * height);
  return (x, y) => {
    const [left, right] = edges(Math.max(y, height));
    const share = Math.min(1, Math.max(0, (x - left) / (right - left)));
    const column = y < height ? mirrored(x, width) : Math.round(x0 + share * (x1 - x0));
    const row = y < height ? Math.round(y) : height - 1 - mirrored(y - height, band);
    const at = Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, column);
    return labels[at] === CLOTHES ? [at % width, Math.floor(at / width)] : mean;
  };
}

/** The ground beside the sitter, mirrored; where that shows the sitter, the ground above. */
function ground({ picture: { width, height }, labels }: Labelled, mean: Colour, x: number, y: number): Seen {
  const column = mirrored(x, width);
  const row = [mirrored(y, height), mirrored(y, Math.round(TOP * height))].find(
    (at) => labels[at * width + column] === BACKGROUND,
  );
  return { name: 'background', from: row === undefined ? mean : [column, row], light: 1 };
}

/** 0 … length-1, back and forth. */
function mirrored(at: number, length: number): number {
  const period = 2 * length;
  const t = ((Math.floor(at) % period) + period) % period;
  return t < length ? t : period - 1 - t;
}

function meanColours({ picture: { data }, labels }: Labelled): Record<'skin' | 'clothes' | 'ground', Colour> {
  const mean = (wanted: number): Colour => {
    const sum = [0, 0, 0, 1e-6];
    for (let i = 0; i < labels.length; i += 7) {
      if (labels[i] !== wanted) continue;
      for (let c = 0; c < 3; c++) sum[c] += data[4 * i + c] / 255;
      sum[3]++;
    }
    return [sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]];
  };
  return { skin: mean(classNumber('faceSkin')), clothes: mean(CLOTHES), ground: mean(BACKGROUND) };
}
