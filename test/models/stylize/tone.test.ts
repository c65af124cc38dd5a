import { describe, expect, test } from 'vitest';
import { FACE_OVAL } from '../../../models/face/index.ts';
import type { Plane } from '../../../models/image/picture.ts';
import { SEGMENT_NAMES, type SegmentName, type Segments } from '../../../models/segment/segments.ts';
import { matchLightness, measureTones } from '../../../models/stylize/tone.ts';
import { totalOf } from '../../../models/stylize/tone-curve.ts';
import { planeOf } from '../image/planes.ts';
import { faceAt } from './faces.ts';

const [WIDTH, HEIGHT] = [120, 80];

/** Four stripes of 30 columns: background, skin, hair, clothes. */
const stripes: Segments = {
  ...(Object.fromEntries(
    SEGMENT_NAMES.map((name, k) => [name, planeOf(WIDTH, HEIGHT, (x) => (Math.floor(x / 30) === k ? 1 : 0))]),
  ) as Record<SegmentName, Plane>),
  facialHair: planeOf(WIDTH, HEIGHT, () => 0),
};

/** The face covers the skin stripe. */
const { landmarks } = faceAt(45, 40);
FACE_OVAL.forEach((point, k) => {
  const turn = (2 * Math.PI * k) / FACE_OVAL.length;
  landmarks.set([45 + 40 * Math.sin(turn), 40 - 60 * Math.cos(turn)], point * 3);
});

/** Each segment an even ramp of `spread` around its level. */
const lightnessOf = (levels: Readonly<Record<SegmentName, number>>, spread: number): Plane =>
  planeOf(
    WIDTH,
    HEIGHT,
    (x, y) => levels[SEGMENT_NAMES[Math.floor(x / 30)]] + spread * (y / (HEIGHT - 1) - 0.5),
  );

const meanOf = (plane: Plane, { data }: Plane) => {
  let [sum, weight] = [0, 0];
  data.forEach((share, i) => {
    sum += share * plane.data[i];
    weight += share;
  });
  return sum / weight;
};

const portrait = lightnessOf({ background: 90, skin: 70, hair: 30, clothes: 60 }, 20);
const reference = lightnessOf({ background: 10, skin: 50, hair: 20, clothes: 25 }, 16);
const match = (ownTone: number, skinTone = 0, to = reference) =>
  matchLightness(
    portrait,
    stripes,
    measureTones(portrait, stripes, landmarks),
    measureTones(to, stripes, landmarks),
    { skin: skinTone, hair: ownTone, clothes: ownTone },
  );

describe('the tones of each segment', () => {
  test('become the reference’s, segment by segment', () => {
    const { matched, wanted } = match(0);
    for (const name of ['skin', 'hair', 'clothes'] as const) {
      expect(Math.abs(meanOf(matched, stripes[name]) - meanOf(reference, stripes[name])), name).toBeLessThan(
        0.7,
      );
      expect(Math.abs(meanOf(wanted, stripes[name]) - meanOf(reference, stripes[name])), name).toBeLessThan(
        0.7,
      );
    }
  });

  test('of skin are kept in part, as much as is asked', () => {
    for (const [skinTone, expected] of [
      [0.5, 60],
      [1, 70],
    ] as const) {
      const { matched, wanted } = match(0, skinTone);
      expect(Math.abs(meanOf(wanted, stripes.skin) - expected)).toBeLessThan(0.7);
      expect(Math.abs(meanOf(matched, stripes.skin) - 50)).toBeLessThan(0.7);
      expect(Math.abs(meanOf(wanted, stripes.hair) - 20)).toBeLessThan(0.7);
    }
  });

  test('of hair and clothes are kept in part, without those of skin', () => {
    const { matched, wanted } = match(0.5);
    for (const [name, expected] of [
      ['skin', 50],
      ['hair', 25],
      ['clothes', 42.5],
    ] as const) {
      expect(Math.abs(meanOf(wanted, stripes[name]) - expected), name).toBeLessThan(0.7);
    }
    expect(Math.abs(meanOf(matched, stripes.clothes) - 25)).toBeLessThan(0.7);
  });

  test('stay as they are where the reference has no such segment', () => {
    const hairless = { ...stripes, hair: planeOf(WIDTH, HEIGHT, () => 0) };
    const { matched } = matchLightness(
      portrait,
      stripes,
      measureTones(portrait, stripes, landmarks),
      measureTones(reference, hairless, landmarks),
      { skin: 0, hair: 0, clothes: 0 },
    );
    expect(meanOf(matched, stripes.hair)).toBeCloseTo(30, 3);
    expect(Math.abs(meanOf(matched, stripes.skin) - 50)).toBeLessThan(0.7);
  });
});

test('the tones of skin are those of the face', () => {
  const elsewhere = planeOf(WIDTH, HEIGHT, (x, y) => (Math.hypot(x - 45, y - 40) < 15 ? 60 : 5));
  const small = faceAt(45, 40).landmarks;
  FACE_OVAL.forEach((point, k) => {
    const turn = (2 * Math.PI * k) / FACE_OVAL.length;
    small.set([45 + 12 * Math.sin(turn), 40 - 12 * Math.cos(turn)], point * 3);
  });
  const skin = measureTones(elsewhere, stripes, small)[1];
  expect(totalOf(skin)).toBeGreaterThan(350);
  expect(skin[Math.round((60 * 255) / 100)]).toBe(totalOf(skin));
});
