import { describe, expect, test } from 'vitest';
import { faceFrame } from '../../../models/face/face-frame.ts';
import { createPicture, createPlane, type Picture } from '../../../models/image/picture.ts';
import { clearedGround, referenceGround } from '../../../models/stylize/ground.ts';
import type { PortraitAnalysis } from '../../../models/stylize/portrait-analysis.ts';
import type { PreparedStyle } from '../../../models/stylize/reference.ts';
import { pictureOf, planeOf } from '../image/planes.ts';
import { meanFaceAt } from './mean-face.ts';

const [WIDTH, HEIGHT] = [200, 260];
const referenceFace = meanFaceAt([110, 90], 40);

/** A reference whose plate says with l and a which pixel of the reference it shows. @param asked scales it was asked for */
const styleOf = (asked: number[] = []): PreparedStyle =>
  ({
    reference: createPicture(WIDTH, HEIGHT),
    face: referenceFace,
    detail: 1,
    cleanPlate(scale: number) {
      asked.push(scale);
      const size = [Math.ceil(WIDTH * scale), Math.ceil(HEIGHT * scale)] as const;
      const shown = (edge: number, of: number) => (k: number) => ((k + 0.5) * edge) / of - 0.5;
      const [x, y] = [shown(WIDTH, size[0]), shown(HEIGHT, size[1])];
      return {
        l: planeOf(...size, (u) => x(u)),
        a: planeOf(...size, (_, v) => y(v)),
        b: createPlane(...size),
      };
    },
  }) as unknown as PreparedStyle;

const centreOf = (face: ReturnType<typeof meanFaceAt>) => faceFrame(face.landmarks).centre;

describe('the reference’s ground', () => {
  test.each([
    [1, 1],
    [0.5, 0.5],
    [0.8, 0.6],
  ])('lies as the faces do, at the size of the painting: scale %d, reference at %d', (scale, reference) => {
    const face = meanFaceAt([70, 60], 40 * (reference / scale));
    const { lab, cover } = referenceGround(createPicture(120, 150), face, styleOf(), scale, reference);
    expect(cover).toBeNull();
    expect([lab.l.width, lab.l.height]).toEqual([Math.round(120 * scale), Math.round(150 * scale)]);
    const [x, y] = centreOf(face).map((value) => Math.round(value * scale));
    const [wantedX, wantedY] = centreOf(referenceFace);
    const shown = [lab.l, lab.a].map(({ data, width }) => data[y * width + x]);
    expect(Math.abs(shown[0] - wantedX)).toBeLessThan(1.5 / reference);
    expect(Math.abs(shown[1] - wantedY)).toBeLessThan(1.5 / reference);
    // One px of the painting is 1/reference px of the reference.
    const row = lab.l.data;
    expect(row[60 * scale] - row[20 * scale]).toBeCloseTo((40 * scale) / reference, 0);
  });

  test.each([
    [5, 5],
    [115, 140],
    [60, -20],
  ])('has no gap where faces cannot coincide: face at %i, %i', (x, y) => {
    const { lab } = referenceGround(createPicture(120, 150), meanFaceAt([x, y], 40), styleOf(), 1, 1);
    const { l, a: rows } = lab;
    expect([l.data[0] >= 0, rows.data[0] >= 0]).toEqual([true, true]);
    for (let i = 0; i < l.data.length; i++) {
      expect(l.data[i] - l.data[0]).toBe(i % 120);
      expect(rows.data[i] - rows.data[0]).toBe(Math.floor(i / 120));
    }
    expect(l.data[119]).toBeLessThan(WIDTH);
    expect(rows.data[rows.data.length - 1]).toBeLessThan(HEIGHT);
  });

  test.each([
    [400, 300],
    [2400, 200],
    [100, 1000],
  ])('is not enlarged for a portrait of %i × %i, which would not fit into memory', (width, height) => {
    const asked: number[] = [];
    const { lab } = referenceGround(
      createPicture(width, height),
      meanFaceAt([60, 60], 40),
      styleOf(asked),
      1,
      1,
    );
    expect(Math.max(...asked)).toBeLessThanOrEqual(1);
    expect(lab.l.width / lab.l.height).toBeCloseTo(width / height, 0);
    expect(lab.l.width).toBeLessThanOrEqual(WIDTH);
    expect(lab.l.height).toBeLessThanOrEqual(HEIGHT);
  });

  test('of a small reference is enlarged as far as the portrait needs, as long as it is painted smaller', () => {
    const asked: number[] = [];
    referenceGround(createPicture(WIDTH, HEIGHT), meanFaceAt([110, 90], 20), styleOf(asked), 1, 0.5);
    expect(asked).toEqual([1]);
  });
});

describe('a portrait’s own ground', () => {
  /** A wall that grows lighter to the right, and a red person. */
  const isPerson = (x: number, y: number) => x >= 60 && x < 120 && y >= 40;
  const wall = (x: number) => [60 + x / 2, 70 + x / 2, 90 + x / 2];
  const analysisOf = (portrait: Picture): PortraitAnalysis => {
    const face = { ...meanFaceAt([90, 75], 36), parsing: [] };
    const matte = planeOf(180, 160, (x, y) => (isPerson(x, y) ? 1 : 0));
    return { portrait, quarters: 0, found: [face], faces: [face], matte };
  };
  const { lab, cover } = clearedGround(
    analysisOf(pictureOf(180, 160, (x, y) => (isPerson(x, y) ? [220, 30, 30] : wall(x)))),
  );

  test('shows the wall where the person stood, and no red', () => {
    const empty = clearedGround(analysisOf(pictureOf(180, 160, (x) => wall(x)))).lab;
    let [error, count] = [0, 0];
    for (let y = 60; y < 150; y++) {
      for (let x = 70; x < 110; x++, count++) {
        const i = y * 180 + x;
        expect(lab.a.data[i]).toBeLessThan(6);
        error += Math.abs(lab.l.data[i] - empty.l.data[i]);
      }
    }
    expect(error / count).toBeLessThan(10);
  });

  test('covers the person with a rim, and nothing far away', () => {
    const at = (x: number, y: number) => cover!.data[y * 180 + x];
    expect(at(90, 100)).toBe(1);
    expect(at(61, 100)).toBe(1);
    expect(at(58, 100)).toBeGreaterThan(0.5);
    expect([at(20, 100), at(90, 10), at(170, 150)]).toEqual([0, 0, 0]);
  });

  test('is made no larger than it needs to be', () => {
    const face = { ...meanFaceAt([1000, 700], 300), parsing: [] };
    const matte = planeOf(2200, 1100, (x) => (x > 700 && x < 1300 ? 1 : 0));
    const portrait = createPicture(2200, 1100);
    const large = clearedGround({ portrait, quarters: 0, found: [face], faces: [face], matte });
    expect(Math.max(large.lab.l.width, large.lab.l.height)).toBeLessThan(1100);
  });
});
