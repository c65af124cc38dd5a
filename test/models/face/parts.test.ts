/** Pictures in pictures, made of textures; a face is only its box here. */
import { describe, expect, test } from 'vitest';
import { facePartsOf, ownPart } from '../../../models/face/parts.ts';
import type { Picture, Rect } from '../../../models/image/picture.ts';
import { pictureOf } from '../image/planes.ts';

const [WIDTH, HEIGHT] = [400, 300];
const LEAST = 0.035;
const at = (x: number, y: number, width: number): { box: Rect } => ({
  box: { x: x - width / 2, y: y - 0.6 * width, width, height: 1.2 * width },
});
const isIn = (x: number, y: number, rect: Rect) =>
  x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height;

/** A soft ground with panels of other tones. */
const scene = (panels: readonly { rect: Rect; tone: number }[]): Picture =>
  pictureOf(WIDTH, HEIGHT, (x, y) => {
    const tone = panels.find(({ rect }) => isIn(x, y, rect))?.tone ?? 120 + x / 20;
    return [tone, tone - 10 + y / 60, tone];
  });

describe('a poster behind a sitter', () => {
  const poster = { x: 290, y: 20, width: 90, height: 110 };
  const picture = scene([{ rect: poster, tone: 40 }]);
  const faces = [at(150, 150, 120), at(335, 70, 40)];

  test('is the part of its own face, and not the sitter’s', () => {
    const [sitter, shown] = facePartsOf(picture, faces, LEAST);
    expect(sitter.rect).toEqual({ x: 0, y: 0, width: WIDTH, height: HEIGHT });
    expect(sitter.others).toHaveLength(1);
    for (const [x, y] of [
      [291, 21],
      [378, 128],
    ])
      expect(isIn(x, y, sitter.others[0])).toBe(true);
    expect(isIn(250, 200, sitter.others[0])).toBe(false);
    expect(shown.rect.x).toBeGreaterThanOrEqual(poster.x);
    expect(shown.rect.y + shown.rect.height).toBeLessThanOrEqual(poster.y + poster.height);
  });

  test('is left out of a reference, which is not cut for it', () => {
    const { rect, others } = ownPart(picture, faces, 0, LEAST);
    expect([rect.width, rect.height, others.length]).toEqual([WIDTH, HEIGHT, 1]);
  });
});

test('two who sit together share their picture, and are cut between them as a reference', () => {
  const picture = scene([]);
  const faces = [at(120, 120, 90), at(290, 140, 60)];
  expect(facePartsOf(picture, faces, LEAST)).toEqual(
    faces.map(() => ({ rect: { x: 0, y: 0, width: WIDTH, height: HEIGHT }, others: [] })),
  );
  const [left, right] = [0, 1].map((own) => ownPart(picture, faces, own, LEAST).rect);
  expect(left.x + left.width).toBe(right.x);
  // The larger face gets more room.
  expect(right.x - 120).toBeGreaterThan(290 - right.x);
  expect(right.x).toBeLessThan(260);
});

test('panels side by side are cut at their borders', () => {
  const panels = [40, 200, 90].map((tone, i) => ({
    rect: { x: [0, 130, 260][i], y: 0, width: 140, height: HEIGHT },
    tone,
  }));
  const picture = scene(panels.toReversed());
  const faces = [at(60, 100, 50), at(190, 110, 56), at(340, 90, 48)];
  const rects = faces.map((_, own) => ownPart(picture, faces, own, LEAST).rect);
  const borders = [0, 130, 260, WIDTH];
  for (const [i, { x, width, height }] of rects.entries()) {
    expect(Math.abs(x - [0, 130, 260][i])).toBeLessThan(8);
    expect(Math.abs(x + width - borders[i + 1])).toBeLessThan(8);
    expect(height).toBeGreaterThan(HEIGHT - 8);
  }
});

test('one above the other is cut between them', () => {
  const faces = [at(200, 70, 60), at(210, 230, 60)];
  const { rect } = ownPart(scene([]), faces, 1, LEAST);
  expect(rect.width).toBe(WIDTH);
  expect(rect.y).toBeGreaterThan(110);
  expect(rect.y + rect.height).toBe(HEIGHT);
});
