import { describe, expect, test } from 'vitest';
import type { Plane } from '../../../models/image/picture.ts';
import { divideAmongFaces, type FaceCell, widenCell } from '../../../models/stylize/divide-faces.ts';
import { planeOf, worst } from '../image/planes.ts';
import { faceAt } from './faces.ts';

const [WIDTH, HEIGHT] = [160, 90];
/** Soft at its sides, nothing near the borders of the picture. */
const matte = planeOf(WIDTH, HEIGHT, (x, y) => {
  const inside = Math.min(x - 9.5, 149.5 - x, y - 4.5) / 4;
  return Math.min(1, Math.max(0, inside));
});

/** The mattes of all cells put back in place and summed. */
function sumOf(cells: readonly FaceCell[]): Plane {
  return planeOf(WIDTH, HEIGHT, (x, y) => {
    let sum = 0;
    for (const { rect, matte: part } of cells) {
      const [u, v] = [x - rect.x, y - rect.y];
      if (u >= 0 && v >= 0 && u < rect.width && v < rect.height) sum += part.data[v * rect.width + u];
    }
    return sum;
  });
}

/** Of a pixel in full matte; 0 outside the cell. */
function shareAt({ rect, matte: part }: FaceCell, x: number, y: number): number {
  const [u, v] = [x - rect.x, y - rect.y];
  const isInside = u >= 0 && v >= 0 && u < rect.width && v < rect.height;
  return isInside ? part.data[v * rect.width + u] : 0;
}

test('one face has the whole matte, in the smallest rectangle', () => {
  const face = faceAt(80, 40);
  const cells = divideAmongFaces(matte, [face], 0);
  expect(cells).toHaveLength(1);
  expect(cells[0].face).toBe(face);
  expect(cells[0].rect).toEqual({ x: 10, y: 5, width: 140, height: 85 });
  expect(worst(sumOf(cells).data, matte.data)).toBe(0);
});

test('what is fainter than the floor does not widen the rectangle', () => {
  const [{ rect }] = divideAmongFaces(matte, [faceAt(80, 40)], 0.5);
  expect(rect).toEqual({ x: 12, y: 7, width: 136, height: 83 });
});

describe('several faces', () => {
  test.each([
    ['two', [faceAt(45, 40), faceAt(115, 40)]],
    ['two of different size', [faceAt(50, 40, 70), faceAt(120, 30, 20)]],
    ['three', [faceAt(30, 40, 30), faceAt(80, 30, 30), faceAt(130, 45, 40)]],
  ])('%s share the matte and leave nothing of it', (_, faces) => {
    const cells = divideAmongFaces(matte, faces, 0);
    expect(cells.map(({ face }) => face)).toEqual(faces);
    expect(worst(sumOf(cells).data, matte.data)).toBeLessThan(1e-6);
  });

  test('each has its own side, softly divided half way between two of one size', () => {
    const [left, right] = divideAmongFaces(matte, [faceAt(45, 40), faceAt(115, 40)], 0);
    expect(shareAt(left, 45, 40)).toBe(1);
    expect(shareAt(right, 115, 40)).toBe(1);
    expect(shareAt(left, 80, 40)).toBeCloseTo(0.5, 5);
    expect(shareAt(left, 78, 40)).toBeCloseTo(0.5 + 4 / 30 / 0.5, 4);
    expect(shareAt(left, 75, 40)).toBe(1);
    expect(left.rect.x + left.rect.width).toBeLessThan(115);
    expect(right.rect.x).toBeGreaterThan(45);
  });

  test('a larger face has the larger part', () => {
    const [large] = divideAmongFaces(matte, [faceAt(45, 40, 80), faceAt(125, 40, 20)], 0);
    expect(shareAt(large, 95, 40)).toBe(1);
  });

  test('a face without any matte has no cell', () => {
    const leftOnly = planeOf(WIDTH, HEIGHT, (x) => (x < 40 ? 1 : 0));
    const cells = divideAmongFaces(leftOnly, [faceAt(20, 40, 30), faceAt(140, 40, 30)], 0.02);
    expect(cells).toHaveLength(1);
    expect(cells[0].face.box.x).toBeLessThan(20);
  });
});

test('no matte, no cells', () => {
  const nothing = planeOf(WIDTH, HEIGHT, () => 0);
  expect(divideAmongFaces(nothing, [faceAt(80, 40)], 0.02)).toEqual([]);
  expect(divideAmongFaces(nothing, [faceAt(40, 40), faceAt(120, 40)], 0.02)).toEqual([]);
});

describe('a cell widened', () => {
  const faces = [faceAt(45, 40), faceAt(115, 40)];
  const [left, right] = divideAmongFaces(matte, faces, 0);

  test('reaches around its face, inside the picture, and holds what it held', () => {
    const narrow = { ...left, rect: { x: 40, y: 35, width: 10, height: 10 } };
    const { rect } = widenCell(narrow, matte, faces, 1);
    expect(rect).toEqual({ x: 15, y: 10, width: 60, height: 60 });
    const far = widenCell(left, matte, faces, 9).rect;
    expect(far).toEqual({ x: 0, y: 0, width: WIDTH, height: HEIGHT });
    expect(widenCell(left, matte, faces, 0.1).rect).toEqual(left.rect);
  });

  test('shares all pixels, with matte or without, between the faces', () => {
    const [a, b] = [left, right].map((cell) => widenCell(cell, matte, faces, 9));
    for (const [i, value] of a.share.data.entries()) {
      expect(value + b.share.data[i]).toBeCloseTo(1, 6);
      expect(a.matte.data[i] + b.matte.data[i]).toBeCloseTo(matte.data[i], 6);
    }
    expect(a.share.data[40 * WIDTH + 5]).toBe(1);
    expect(a.share.data[40 * WIDTH + 155]).toBe(0);
  });

  test('of the only face is all its own', () => {
    const [cell] = divideAmongFaces(matte, [faces[0]], 0);
    const { share, matte: wide } = widenCell(cell, matte, [faces[0]], 9);
    expect(share.data.every((value) => value === 1)).toBe(true);
    expect(wide.data).toEqual(matte.data);
  });
});
