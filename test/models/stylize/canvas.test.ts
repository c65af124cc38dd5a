import { describe, expect, test } from 'vitest';
import { NOSE_TIP } from '../../../models/face/index.ts';
import { labPlanes } from '../../../models/image/colour.ts';
import { cropPlane } from '../../../models/image/crop.ts';
import {
  createPicture,
  createPlane,
  type Picture,
  type Plane,
  type Rect,
} from '../../../models/image/picture.ts';
import { type Canvas, createCanvas } from '../../../models/stylize/canvas.ts';
import { GRID } from '../../../models/stylize/reference-view.ts';
import { noisePicture, pictureOf, planeOf, worst } from '../image/planes.ts';
import { meanFaceAt } from './mean-face.ts';

const [WIDTH, HEIGHT] = [170, 190];
const face = { ...meanFaceAt([84.3, 76.8], 44), parsing: [] };
const portrait = noisePicture(WIDTH, HEIGHT, 1);
const extent: Rect = { x: 30, y: 12, width: 110, height: 178 };
const matte = planeOf(WIDTH, HEIGHT, (x, y) => (x >= 30 && x < 140 && y >= 12 ? 1 : 0));
const canvasAt = (scale: number) => createCanvas(portrait, face, extent, matte, scale);

describe.each([1, 0.8, 0.43, 0.15])('a canvas at %d', (scale) => {
  const canvas = canvasAt(scale);
  const { width, height, rect, anchor } = canvas;

  test('has sizes and an anchor on the grid of the pyramid', () => {
    for (const value of [width, height, ...anchor]) expect(value % GRID).toBe(0);
    expect(width / rect.width).toBeCloseTo(scale, 9);
    expect(height / rect.height).toBeCloseTo(scale, 9);
    expect(canvas.scale).toBe(scale);
  });

  test('shows the person with a margin', () => {
    expect(rect.x).toBeLessThan(extent.x);
    expect(rect.y).toBeLessThan(extent.y);
    expect(rect.x + rect.width).toBeGreaterThan(extent.x + extent.width);
    expect(rect.y + rect.height).toBeGreaterThan(extent.y + extent.height);
  });

  test('has its anchor on the tip of the nose, and the landmarks where the picture has them', () => {
    const nose = [0, 1].map((c) => canvas.landmarks[NOSE_TIP * 3 + c]);
    expect(Math.hypot(nose[0] - anchor[0], nose[1] - anchor[1])).toBeLessThan(scale === 1 ? 0.72 : 0.01);
    expect(canvas.interocular).toBeCloseTo(face.interocular * scale, 4);
    for (const k of [0, 33, 152, 454]) {
      const [x, y, z] = face.landmarks.slice(3 * k, 3 * k + 3);
      expect(canvas.landmarks[3 * k]).toBeCloseTo((x - rect.x) * scale, 3);
      expect(canvas.landmarks[3 * k + 1]).toBeCloseTo((y - rect.y) * scale, 3);
      expect(canvas.landmarks[3 * k + 2]).toBeCloseTo(z * scale, 3);
    }
  });

  test('has a matte of 0..1, and regions of its size that sum to it', () => {
    const { skin, hair, clothes, background } = canvas.regions;
    expect(Math.min(...canvas.matte.data)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...canvas.matte.data)).toBeLessThanOrEqual(1);
    expect([skin.width, skin.height]).toEqual([width, height]);
    for (let i = 0; i < skin.data.length; i += 13) {
      expect(skin.data[i] + hair.data[i] + clothes.data[i]).toBeCloseTo(canvas.matte.data[i], 4);
      expect(background.data[i]).toBeCloseTo(1 - canvas.matte.data[i], 4);
    }
  });
});

test('at the portrait’s own scale pixels are copied, not interpolated', () => {
  const { rect, lab, matte: own, width } = canvasAt(1);
  expect([rect.x, rect.y].every(Number.isInteger)).toBe(true);
  const inside = { x: Math.max(0, rect.x), y: Math.max(0, rect.y), width: 100, height: 120 };
  const from = labPlanes(portrait);
  const at = { ...inside, x: inside.x - rect.x, y: inside.y - rect.y };
  for (const channel of ['l', 'a', 'b'] as const)
    expect(cropPlane(lab[channel], at)).toEqual(cropPlane(from[channel], inside));
  expect(cropPlane(own, at)).toEqual(cropPlane(matte, inside));
  expect(width).toBe(rect.width);
});

describe('the grid goes with the face', () => {
  const [dx, dy] = [11, 7];
  /** Portrait, matte and face moved together. */
  const moved = (scale: number): Canvas => {
    const at = (x: number, y: number) => y >= dy && x >= dx && y - dy < HEIGHT && x - dx < WIDTH;
    const picture: Picture = pictureOf(WIDTH + 30, HEIGHT + 30, (x, y) =>
      at(x, y)
        ? [...portrait.data.slice(((y - dy) * WIDTH + x - dx) * 4, ((y - dy) * WIDTH + x - dx) * 4 + 4)]
        : [0, 0, 0],
    );
    const own: Plane = planeOf(WIDTH + 30, HEIGHT + 30, (x, y) =>
      at(x, y) ? matte.data[(y - dy) * WIDTH + x - dx] : 0,
    );
    const there = { ...face, landmarks: face.landmarks.map((value, i) => value + [dx, dy, 0][i % 3]) };
    return createCanvas(picture, there, { ...extent, x: extent.x + dx, y: extent.y + dy }, own, scale);
  };

  test.each([1, 0.7])('moved by whole pixels the canvas is the same: scale %d', (scale) => {
    const [still, after] = [canvasAt(scale), moved(scale)];
    expect([after.width, after.height, after.anchor]).toEqual([still.width, still.height, still.anchor]);
    expect(after.rect.x).toBeCloseTo(still.rect.x + dx, 4);
    // Where both show the picture and not what lies beyond its border.
    const part = { x: 40, y: 40, width: still.width - 72, height: still.height - 80 };
    expect(worst(cropPlane(after.lab.l, part).data, cropPlane(still.lab.l, part).data)).toBeLessThan(0.05);
  });
});

test('a person smaller than the pyramid gets a canvas all the same', () => {
  const tiny = { ...meanFaceAt([10, 10], 3), parsing: [] };
  const { width, height } = createCanvas(
    createPicture(20, 20),
    tiny,
    { x: 8, y: 8, width: 4, height: 4 },
    createPlane(20, 20),
    1,
  );
  expect(width).toBeGreaterThanOrEqual(4 * GRID);
  expect(height % GRID).toBe(0);
});
