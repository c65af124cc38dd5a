import { describe, expect, test } from 'vitest';
import {
  PARSING_CLASSES,
  PARSING_SIDE,
  type Parsing,
  type ParsingClass,
} from '../../../models/face/index.ts';
import { NEAR, parsingSquare } from '../../../models/face/parsing-input.ts';
import type { Plane } from '../../../models/image/picture.ts';
import { mapOf } from '../../../models/sequence/key-canvas.ts';
import { invertMap } from '../../../models/sequence/node-map.ts';
import { followView } from '../../../models/sequence/steady-view.ts';
import { createCanvas } from '../../../models/stylize/canvas.ts';
import { pictureOf, planeOf } from '../image/planes.ts';
import { meanFaceAt } from '../stylize/mean-face.ts';

const EDGE = 128;
/** Where a collar ends below the face, px of the portrait. */
const COLLAR = 96;
const portrait = pictureOf(EDGE, EDGE, () => [128, 128, 128]);
const rect = { x: 0, y: 0, width: EDGE, height: EDGE };

/** What the network saw around a face: skin above the collar and clothes below. */
function parsingFor(landmarks: Float32Array): Parsing {
  const square = parsingSquare(landmarks);
  const side = PARSING_SIDE / 2;
  const shares = new Float32Array(PARSING_CLASSES.length * side * side);
  for (let i = 0; i < side * side; i++) {
    const y = square.y + ((Math.floor(i / side) + 0.5) / side - 0.5) * square.size;
    const name: ParsingClass = y < COLLAR ? 'faceSkin' : 'clothes';
    shares[PARSING_CLASSES.indexOf(name) * side * side + i] = 1;
  }
  return [{ square, shares, look: NEAR, weight: 1 }];
}

/** A face whose middle is so many px lower. */
function faceAt(y: number) {
  const face = meanFaceAt([64, 48 + y], 28);
  return { ...face, parsing: parsingFor(face.landmarks) };
}

/** A person up to so many px from the left. */
const upTo = (x: number): Plane => planeOf(EDGE, EDGE, (column) => (column < x ? 1 : 0));
const canvas = createCanvas(portrait, faceAt(0), rect, upTo(64), 1);
const map = mapOf(canvas);
const inverse = invertMap(map, rect, null);
/** A plane of the canvas where the portrait has (x, y). */
const valueAt = (plane: Plane, x: number, y: number) =>
  plane.data[(y - canvas.rect.y) * plane.width + x - canvas.rect.x];

describe('materials', () => {
  const seen = { portrait, face: faceAt(0), map, inverse };

  test('are looked at again where a head shows, or hides, what it did not', () => {
    const grown = followView(canvas, { ...seen, matte: upTo(80) }, false);
    expect(valueAt(canvas.segments.background, 72, 40)).toBeGreaterThan(0.9);
    expect(valueAt(grown.segments.background, 72, 40)).toBeLessThan(0.1);
    const shrunk = followView(canvas, { ...seen, matte: upTo(48) }, false);
    expect(valueAt(shrunk.segments.background, 56, 40)).toBeGreaterThan(0.9);
  });

  test('move along where it does not', () => {
    expect(followView(canvas, { ...seen, matte: upTo(64) }, false).segments).toBe(canvas.segments);
  });

  test('are where the picture shows them when a face nods and the collar below does not', () => {
    const nods = (y: number) => (y < 72 ? 8 : Math.max(0, 8 - (y - 72) / 2));
    const moved = { ...map, y: { ...map.y, data: map.y.data.map((y) => y + nods(y)) } };
    const view = {
      portrait,
      face: faceAt(8),
      matte: upTo(64),
      map: moved,
      inverse: invertMap(moved, rect, null),
    };
    const { segments } = followView(canvas, view, true);
    const edge = (plane: Plane) => {
      let y = 80;
      while (valueAt(plane, 32, y) < 0.5 && y < 120) y++;
      return y;
    };
    expect(edge(canvas.segments.clothes)).toBe(COLLAR);
    expect(Math.abs(edge(segments.clothes) - COLLAR)).toBeLessThanOrEqual(1);
  });
});
