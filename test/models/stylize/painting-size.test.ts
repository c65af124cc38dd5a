import { expect, test } from 'vitest';
import { paintingSize, parametersAt } from '../../../models/stylize/painting-size.ts';
import { PARAMETERS } from '../../../models/stylize/parameters.ts';
import type { PortraitAnalysis } from '../../../models/stylize/portrait-analysis.ts';
import type { PreparedStyle } from '../../../models/stylize/reference.ts';

interface Case {
  /** Longest side of the portrait. */
  readonly portrait: number;
  /** Size of the reference's face over the portrait's. */
  readonly native: number;
  readonly scale?: number;
  readonly reference?: number;
  readonly canvas?: number;
  readonly strokes?: number;
  readonly score?: number;
}

function sizeOf({
  portrait,
  native,
  scale = 4,
  reference = 500,
  canvas = 1024,
  strokes = 1,
  score = 1,
}: Case) {
  const face = { interocular: 100, angle: 0, landmarks: new Float32Array(1404) };
  const analysis = { portrait: { width: portrait, height: portrait }, faces: [face] };
  const own = { ...face, interocular: 100 * native, score };
  const style = {
    face: own,
    reference: { width: reference, height: reference },
    mirrored: null,
    view: (size: number) => ({ interocular: Math.min(1, size) * own.interocular }),
  };
  const plan = { strokes, largestCanvas: canvas };
  return paintingSize(
    analysis as unknown as PortraitAnalysis,
    style as unknown as PreparedStyle,
    scale,
    plan,
  );
}

test.each([
  // At output size, from the reference as it is or enlarged.
  [
    { portrait: 300, native: 3.3 },
    { factor: 4, enlarge: 1, canvas: 1536 },
  ],
  [
    { portrait: 300, native: 1.7 },
    { factor: 4, enlarge: 2, canvas: 1536 },
  ],
  [
    { portrait: 300, native: 1 },
    { factor: 4, enlarge: 4, canvas: 1536 },
  ],
  [
    { portrait: 300, native: 1, scale: 2 },
    { factor: 2, enlarge: 2, canvas: 1536 },
  ],
  [
    { portrait: 300, native: 3.3, strokes: 1.5 },
    { factor: 4, enlarge: 2, canvas: 1536 },
  ],
  // Too small even enlarged.
  [
    { portrait: 300, native: 0.5 },
    { factor: 0.5, enlarge: 1, canvas: 1024 },
  ],
  // The canvas has no room: smaller, from the reference's own pixels.
  [
    { portrait: 600, native: 1 },
    { factor: 1, enlarge: 1, canvas: 1024 },
  ],
  [
    { portrait: 600, native: 2 },
    { factor: 2, enlarge: 1, canvas: 1024 },
  ],
  [
    { portrait: 300, native: 3.3, canvas: 400 },
    { factor: 2, enlarge: 1, canvas: 400 },
  ],
  // A reference of very many pixels is not enlarged.
  [
    { portrait: 300, native: 1, reference: 900 },
    { factor: 1, enlarge: 1, canvas: 1024 },
  ],
  // Not larger than the portrait, or without a face: as ever.
  [
    { portrait: 300, native: 3, scale: 1 },
    { factor: 1, enlarge: 1, canvas: 1024 },
  ],
  [
    { portrait: 300, native: 2, score: 0 },
    { factor: 1, enlarge: 1, canvas: 1024 },
  ],
])('%o is painted as %o', (given, expected) => {
  const { factor, ...rest } = sizeOf(given);
  expect({ ...rest, factor: Number(factor.toFixed(2)) }).toEqual(expected);
});

test('at output size overuse of a place costs more, since no network smooths what repeats', () => {
  const capAt = (factor: number, scale: number) =>
    parametersAt(factor, scale).uniformityCap ?? PARAMETERS.uniformityCap;
  expect(capAt(4, 4)).toBeGreaterThan(2 * PARAMETERS.uniformityCap);
  for (const [factor, scale] of [
    [2, 4],
    [1, 4],
    [1, 1],
  ])
    expect(capAt(factor, scale)).toBe(PARAMETERS.uniformityCap);
});
