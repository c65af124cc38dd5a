import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type FaceNetworks,
  loadFaceNetworks,
  PARSING_CLASSES,
  PARSING_SIDE,
  type Parsing,
  type ParsingClass,
  placeParsing,
  readParsing,
} from '../../../models/face/index.ts';
import { closeLook, inSquare, NEAR, parsingSquare } from '../../../models/face/parsing-input.ts';
import { FACE_OVAL } from '../../../models/face/topology.ts';
import { resamplePicture } from '../../../models/image/resize.ts';
import { meanFaceAt } from '../stylize/mean-face.ts';
import { ASTRONAUT, readPicture } from './pictures.ts';

const SIDE = PARSING_SIDE / 2;

/** A square whose left half is hair and whose right half is clothes. */
function halves(square: Parsing[number]['square']): Parsing[number] {
  const shares = new Float32Array(PARSING_CLASSES.length * SIDE * SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const name: ParsingClass = i % SIDE < SIDE / 2 ? 'hair' : 'clothes';
    shares[PARSING_CLASSES.indexOf(name) * SIDE * SIDE + i] = 1;
  }
  return { square, shares, look: NEAR, weight: 1 };
}

describe('what the network saw is read off', () => {
  const rect = { x: 0, y: 0, width: 100, height: 100 };
  const at = (parsing: Parsing, x: number, y: number) => {
    const { shares, seen } = readParsing(parsing, [['hair'], ['clothes']], rect, 100, 100);
    const i = y * 100 + x;
    return [shares[0][i], shares[1][i], seen[i]].map((value) => Math.round(value * 100) / 100);
  };

  test('where it looked', () => {
    const parsing = [halves({ x: 50, y: 50, size: 80, angle: 0 })];
    expect(at(parsing, 30, 50)).toEqual([1, 0, 1]);
    expect(at(parsing, 70, 50)).toEqual([0, 1, 1]);
    expect(at(parsing, 5, 50)).toEqual([1, 0, 0]); // Past the square its border goes on, but was not seen.
  });

  test('turned with the face', () => {
    const parsing = [halves({ x: 50, y: 50, size: 80, angle: Math.PI / 2 })];
    expect(at(parsing, 50, 30)).toEqual([1, 0, 1]);
    expect(at(parsing, 50, 70)).toEqual([0, 1, 1]);
  });

  test('in the nearest square that shows the place', () => {
    const wide = halves({ x: 90, y: 50, size: 300, angle: 0 });
    const parsing = [halves({ x: 30, y: 50, size: 40, angle: 0 }), wide];
    expect(at(parsing, 40, 50)).toEqual([0, 1, 1]);
    expect(at(parsing, 70, 50)).toEqual([1, 0, 1]);
  });

  test('as the mean of two squares, where a nearer one has half the weight', () => {
    const wide = halves({ x: 90, y: 50, size: 300, angle: 0 });
    const parsing = [{ ...halves({ x: 30, y: 50, size: 40, angle: 0 }), weight: 0.5 }, wide];
    expect(at(parsing, 40, 50)).toEqual([0.5, 0.5, 1]);
    expect(at(parsing, 70, 50)).toEqual([1, 0, 1]);
  });

  test('in a part of the picture at another size', () => {
    const [moved] = placeParsing([halves({ x: 60, y: 50, size: 80, angle: 0.1 })], { x: 10, y: 20 }, 2);
    expect(moved.square).toEqual({ x: 100, y: 60, size: 160, angle: 0.1 });
  });
});

test('the square is upright with the face and holds it, however it is turned', () => {
  const face = meanFaceAt([100, 90], 40);
  for (const turn of [0, 0.5, -2]) {
    const landmarks = face.landmarks.slice();
    for (let k = 0; k < landmarks.length; k += 3) {
      const [x, y] = [face.landmarks[k], face.landmarks[k + 1]];
      landmarks[k] = x * Math.cos(turn) - y * Math.sin(turn);
      landmarks[k + 1] = x * Math.sin(turn) + y * Math.cos(turn);
    }
    const placed = inSquare(landmarks, parsingSquare(landmarks));
    const oval = FACE_OVAL.map((k) => [placed[3 * k], placed[3 * k + 1]]);
    expect(oval[0][1]).toBeLessThan(oval[18][1]);
    expect(oval[0][0]).toBeCloseTo(oval[18][0], 1);
    for (const [x, y] of oval) expect(Math.min(x, y, PARSING_SIDE - x, PARSING_SIDE - y)).toBeGreaterThan(40);
  }
});

test('a picture that ends around its face is held by a closer square, askew or not; any other has none', () => {
  const face = meanFaceAt([100, 90], 40);
  const [xs, ys] = [0, 1].map((axis) => face.landmarks.filter((_, i) => i % 3 === axis));
  const tall = Math.max(...ys) - Math.min(...ys);
  const middle = (values: Float32Array) => (Math.max(...values) + Math.min(...values)) / 2;
  for (const aside of [0, 0.3]) {
    const size = { width: Math.round(1.8 * tall), height: Math.round(1.8 * tall) };
    const to = [size.width * (0.5 + aside / 2), size.height / 2];
    const from = [middle(xs), middle(ys)];
    const landmarks = face.landmarks.map((value, i) => (i % 3 < 2 ? value - from[i % 3] + to[i % 3] : value));
    const close = closeLook(landmarks, size);
    const square = parsingSquare(landmarks, close ?? NEAR);
    expect(square.size).toBeLessThan(parsingSquare(landmarks).size);
    for (const [x, y] of [
      [0, 0],
      [size.width, 0],
      [0, size.height],
      [size.width, size.height],
    ]) {
      const [corner] = [inSquare(Float32Array.of(x, y, 0), square)];
      expect(
        Math.min(corner[0], corner[1], PARSING_SIDE - corner[0], PARSING_SIDE - corner[1]),
      ).toBeGreaterThan(0);
    }
    expect(closeLook(landmarks, { width: 4 * tall, height: 4 * tall })).toBeNull();
  }
});

describe('a photograph', () => {
  let networks: FaceNetworks;
  beforeAll(async () => {
    networks = await loadFaceNetworks({ device: 'cpu' });
  });
  afterAll(() => networks.release());

  test('is parsed: shares sum to 1, features are where the mesh has them', async () => {
    const picture = await readPicture(ASTRONAUT);
    const [face] = await networks.findFaces(picture);
    const parsing = await networks.parse(picture, face);
    const groups = PARSING_CLASSES.map((name) => [name]);
    const { width, height } = picture;
    const { shares } = readParsing(parsing, groups, { x: 0, y: 0, width, height }, width, height);
    const shareAt = (name: ParsingClass, k: number) => {
      const [x, y] = [face.landmarks[3 * k], face.landmarks[3 * k + 1]].map(Math.round);
      return shares[PARSING_CLASSES.indexOf(name)][y * width + x];
    };
    for (let i = 0; i < width * height; i += 997)
      expect(shares.reduce((sum, plane) => sum + plane[i], 0)).toBeCloseTo(1, 3);
    expect(shareAt('faceSkin', 4)).toBeGreaterThan(0.8); // the tip of the nose
    expect(shareAt('lips', 16)).toBeGreaterThan(0.5); // the lower lip
    expect(shareAt('brows', 105)).toBeGreaterThan(0.4); // the left brow
  });

  test('that ends around the head is looked at closer, too, and one that shows more than the shoulders wider', async () => {
    const whole = await readPicture(ASTRONAUT);
    const [face] = await networks.findFaces(whole);
    const { x, y, size } = parsingSquare(face.landmarks);
    const times = async (scale: number) => {
      const edge = Math.round(size * scale);
      const origin = [x - edge / 2, y - edge / 2].map(Math.round);
      const part = resamplePicture(
        whole,
        { x: origin[0], y: origin[1], width: edge, height: edge },
        edge,
        edge,
      );
      const landmarks = face.landmarks.map((value, i) => (i % 3 < 2 ? value - origin[i % 3] : value));
      return (await networks.parse(part, { ...face, landmarks })).length;
    };
    expect([await times(0.7), await times(1), await times(2)]).toEqual([2, 1, 2]);
  });
});
