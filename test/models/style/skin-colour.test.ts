import { describe, expect, test } from 'vitest';
import type { LabPlanes } from '../../../models/image/colour.ts';
import {
  keepOwnColours,
  keepSkinHue,
  keptSkinTone,
  type MeanColour,
  meanColour,
} from '../../../models/style/skin-colour.ts';
import { planeOf } from '../image/planes.ts';

const [WIDTH, HEIGHT] = [30, 20];
const flat = (l: number, { a, b }: MeanColour): LabPlanes => ({
  l: planeOf(WIDTH, HEIGHT, () => l),
  a: planeOf(WIDTH, HEIGHT, () => a),
  b: planeOf(WIDTH, HEIGHT, () => b),
});
/** 1 on the left half. */
const left = planeOf(WIDTH, HEIGHT, (x) => (x < WIDTH / 2 ? 1 : 0));
const at = ({ a, b }: LabPlanes, x: number): MeanColour => ({ a: a.data[x], b: b.data[x] });
const hue = ({ a, b }: MeanColour) => Math.atan2(b, a);
const chroma = ({ a, b }: MeanColour) => Math.hypot(a, b);

const brown = { a: 12, b: 22 };
const pink = { a: 24, b: 6 };
const paper = { a: 0.5, b: 1 };

test('the mean colour is that of the weighted pixels', () => {
  const lab = { ...flat(50, brown), a: planeOf(WIDTH, HEIGHT, (x) => (x < WIDTH / 2 ? 10 : -40)) };
  expect(meanColour(lab, left).a).toBeCloseTo(10, 5);
});

describe('skin', () => {
  test.each([
    [0, hue(pink)],
    [1, hue(brown)],
  ])('at share %d has the hue of style or person, and is left alone elsewhere', (share, expected) => {
    const painted = flat(60, pink);
    keepSkinHue(painted, left, { portrait: brown, reference: pink }, share);
    expect(hue(at(painted, 0))).toBeCloseTo(expected, 5);
    expect(at(painted, WIDTH - 1)).toEqual(pink);
  });

  test('is never more saturated than the style’s', () => {
    const painted = flat(60, paper);
    keepSkinHue(painted, left, { portrait: brown, reference: paper }, 1);
    expect(chroma(at(painted, 0))).toBeLessThanOrEqual(chroma(paper) + 1e-5);
  });

  test('keeps grey strokes grey', () => {
    const painted = flat(60, { a: 0, b: 0 });
    keepSkinHue(painted, left, { portrait: brown, reference: pink }, 1);
    expect(chroma(at(painted, 0))).toBe(0);
  });
});

describe('the tone kept', () => {
  test('is the setting in paintings, and half as much in the middle for drawings', () => {
    expect(keptSkinTone(0.5, pink)).toBe(0.5);
    expect(keptSkinTone(0.5, paper)).toBe(0.25);
  });

  test.each([pink, paper, { a: 8, b: 6 }])('ends at 0 and 1 and only grows: %o', (reference) => {
    const steps = Array.from({ length: 11 }, (_, i) => keptSkinTone(i / 10, reference));
    expect([steps[0], steps[10]]).toEqual([0, 1]);
    for (let i = 1; i < steps.length; i++) expect(steps[i]).toBeGreaterThan(steps[i - 1]);
  });
});

describe('teeth and eyes', () => {
  test('differ from the style’s skin as they differ from the person’s', () => {
    const painted = flat(60, { a: 3, b: -30 });
    const golden = { a: 10, b: 40 };
    keepOwnColours(painted, flat(90, { a: 2, b: 7 }), left, { portrait: brown, reference: golden });
    expect(at(painted, 0)).toEqual({ a: 0, b: 25 });
    expect(at(painted, WIDTH - 1)).toEqual({ a: 3, b: -30 });
  });

  test('stay grey in a drawing', () => {
    const painted = flat(60, paper);
    keepOwnColours(painted, flat(40, { a: -30, b: -40 }), left, { portrait: brown, reference: paper });
    expect(chroma(at(painted, 0))).toBeLessThan(5);
  });
});
