/** Who of a portrait gets other proportions, and what is said of it. */
import { describe, expect, test } from 'vitest';
import type { Face } from '../../../models/face/index.ts';
import { createPicture, createPlane } from '../../../models/image/picture.ts';
import type { PortraitAnalysis } from '../../../models/stylize/portrait-analysis.ts';
import { proportioned } from '../../../models/stylize/proportioned.ts';
import type { PreparedStyle } from '../../../models/stylize/reference.ts';
import { meanFaceAt } from './mean-face.ts';

const mean = { ...meanFaceAt([80, 80], 40), parsing: [] };
const analysis: PortraitAnalysis = {
  portrait: createPicture(160, 160),
  quarters: 0,
  found: [mean],
  faces: [mean],
  matte: createPlane(160, 160, 1),
};
const styleOf = (face: Face) => ({ face }) as unknown as PreparedStyle;
const taller = (face: Face): Face => ({
  ...face,
  landmarks: face.landmarks.map((value, i) => (i % 3 === 1 ? 1.8 * value : value)),
});
const turned = (face: Face): Face => ({
  ...face,
  landmarks: face.landmarks.map((value, i) => (i % 3 === 2 ? face.landmarks[i - 2] - 80 + value : value)),
});

describe('proportions of a portrait', () => {
  test('a reference like a person leaves them alone, and says nothing', () => {
    const result = proportioned(analysis, styleOf(mean), {});
    expect(result).toEqual({ analysis, people: [null], proportions: 0, warnings: [] });
  });

  test('one far from any person is followed by itself, which is said; 0 keeps one’s own', () => {
    const result = proportioned(analysis, styleOf(taller(mean)), {});
    expect(result.proportions).toBe(0.35);
    expect(result.warnings[0]).toContain('far from a person');
    expect(result.analysis.faces[0].landmarks).not.toEqual(mean.landmarks);
    expect(proportioned(analysis, styleOf(taller(mean)), { proportions: 0 }).analysis).toBe(analysis);
  });

  test('nothing is taken from a turned face or from none, which is said where it was asked', () => {
    const asked = { proportions: 0.5 };
    const byTurned = proportioned(analysis, styleOf(turned(taller(mean))), asked);
    expect(byTurned.analysis).toBe(analysis);
    expect(byTurned.warnings[0]).toContain('turned more than 30°');
    const byNone = proportioned(analysis, styleOf({ ...mean, score: 0 }), asked);
    expect(byNone.warnings[0]).toContain('shows no face');
  });

  test('faces that are not to be restyled stay where they are', () => {
    const other = meanFaceAt([140, 80], 20);
    const two = { ...analysis, found: [mean, other] };
    const result = proportioned(two, styleOf(taller(mean)), { proportions: 0.5 });
    expect(result.analysis.found[1]).toBe(other);
    expect(result.analysis.found[0]).toBe(result.analysis.faces[0]);
  });
});
