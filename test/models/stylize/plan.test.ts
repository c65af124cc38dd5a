/** Sizes and views, with references that are made of numbers. */
import { describe, expect, test } from 'vitest';
import type { Face } from '../../../models/face/index.ts';
import { createPicture } from '../../../models/image/picture.ts';
import { paintingScale, planRender, planWarnings, type RenderPlan } from '../../../models/stylize/plan.ts';
import {
  type ParsedFace,
  type PortraitAnalysis,
  scaleAnalysis,
} from '../../../models/stylize/portrait-analysis.ts';
import { yawOf } from '../../../models/stylize/pose.ts';
import type { PreparedStyle } from '../../../models/stylize/reference.ts';
import { planeOf } from '../image/planes.ts';
import { meanFaceAt } from './mean-face.ts';

const OPTIONS = { strokes: 1, largestCanvas: 10_000 };

/** The face turned about its vertical axis, by degrees. */
function yawed(face: Face, degrees: number): Face {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const landmarks = face.landmarks.slice();
  const middle = landmarks[3];
  for (let i = 0; i < landmarks.length; i += 3) {
    const [x, z] = [face.landmarks[i] - middle, face.landmarks[i + 2]];
    landmarks[i] = middle + cos * x + sin * z;
    landmarks[i + 2] = -sin * x + cos * z;
  }
  return { ...face, landmarks };
}

/** A reference that can be had at any size up to its own. @param asked what views it was asked for */
function styleOf(
  face: Face,
  asked: { scale: number; angle: number }[] = [],
  mirrored?: PreparedStyle,
): PreparedStyle {
  return {
    ...{ reference: createPicture(200, 200), face, warnings: [], kernels: {} },
    view(scale: number, angle: number) {
      asked.push({ scale, angle });
      return { interocular: face.interocular * Math.min(1, scale) };
    },
    mirrored: mirrored ? () => mirrored : null,
  } as unknown as PreparedStyle;
}

/** One person in the middle, and nothing behind. */
function analysisOf(faces: readonly ParsedFace[], size = 160): PortraitAnalysis {
  const near = (x: number, y: number) =>
    faces.some(
      ({ landmarks, interocular }) => Math.hypot(x - landmarks[3], y - landmarks[4]) < 1.5 * interocular,
    );
  const matte = planeOf(size, size, (x, y) => (near(x, y) ? 1 : 0));
  return { portrait: createPicture(size, size), quarters: 0, found: faces, faces, matte };
}

const faceOf = (interocular: number): ParsedFace => ({
  ...meanFaceAt([80, 75], interocular),
  parsing: [],
});
const reference = faceOf(40);
const planFor = (face: Face, options = OPTIONS, style = styleOf(reference)): RenderPlan =>
  planRender(analysisOf([{ ...face, parsing: [] }]), style, options);
const scaleOf = (plan: RenderPlan) => plan.people[0].own().canvas.scale;

describe('the size of a painting', () => {
  test('a face smaller than the reference’s is painted at its own size, from a reference as small', () => {
    const asked: { scale: number; angle: number }[] = [];
    const plan = planFor(faceOf(20), OPTIONS, styleOf(reference, asked));
    expect(asked[0].scale).toBeCloseTo(0.5, 6);
    expect(scaleOf(plan)).toBe(1);
  });

  test('a larger face is painted at the reference’s size', () => {
    const plan = planFor(faceOf(60));
    expect(scaleOf(plan)).toBeCloseTo(40 / 60, 6);
    expect(plan.people[0].own().canvas.interocular).toBeCloseTo(40, 4);
  });

  test('larger strokes: the face is painted so much smaller than the reference’s', () => {
    const asked: { scale: number; angle: number }[] = [];
    const plan = planFor(faceOf(60), { ...OPTIONS, strokes: 1.5 }, styleOf(reference, asked));
    expect(scaleOf(plan)).toBeCloseTo(40 / 90, 6);
    expect(asked[0].scale).toBeCloseTo((60 / 40) * 1.5, 6);
    const small = planFor(faceOf(20), { ...OPTIONS, strokes: 1.5 });
    expect(scaleOf(small)).toBe(1);
    expect(small.people[0].view.interocular).toBeCloseTo(30, 6);
  });

  test('no canvas is much longer than it may be', () => {
    const { canvas } = planFor(faceOf(40), { ...OPTIONS, largestCanvas: 60 }).people[0].own();
    expect(canvas.scale).toBeLessThan(0.6);
    expect(Math.max(canvas.width, canvas.height)).toBeLessThan(60 * 1.6);
  });

  test('is told ahead for a full render', () => {
    expect(paintingScale(faceOf(60), styleOf(reference), OPTIONS)).toBeCloseTo(40 / 60, 6);
    expect(paintingScale(faceOf(20), styleOf(reference), OPTIONS)).toBe(1);
  });
});

test.each([
  [0.4, -0.3, 0.7],
  [3, -3, 6 - 2 * Math.PI],
  [-3, 3, 2 * Math.PI - 6],
])('the reference is turned the short way: %d from %d', (own, other, expected) => {
  const asked: { scale: number; angle: number }[] = [];
  planFor({ ...faceOf(40), angle: own }, OPTIONS, styleOf({ ...reference, angle: other }, asked));
  expect(asked[0].angle).toBeCloseTo(expected, 6);
});

describe('heads that are turned', () => {
  const left = yawed(reference, 25);
  const right = yawed(reference, -25);
  expect(Math.sign(yawOf(left.landmarks))).toBe(-Math.sign(yawOf(right.landmarks)));
  const mirrored = styleOf(right);
  const style = styleOf(left, [], mirrored);

  test('the other way are painted from the mirrored reference', () => {
    expect(planFor(right, OPTIONS, style).people[0].style).toBe(mirrored);
    expect(planFor(right, OPTIONS, style).people[0].gap).toBeCloseTo(0, 3);
  });

  test('the same way, or hardly, are not', () => {
    for (const face of [left, faceOf(40)]) expect(planFor(face, OPTIONS, style).people[0].style).toBe(style);
  });

  test('are warned of where it shows', () => {
    const far = planFor(yawed(reference, 45));
    expect(planWarnings(far, 0).join()).toMatch(/turned 45°.*texture/);
    expect(planWarnings(far, 1).join()).toMatch(/turned 45°.*keeps its own hair/);
    for (const shape of [0, 1]) expect(planWarnings(planFor(yawed(reference, 20)), shape)).toEqual([]);
  });
});

test('small faces, and references that show none, are warned of', () => {
  expect(planWarnings(planFor(faceOf(15)), 0)).toEqual([expect.stringMatching(/only \d+ px wide/)]);
  const texture = planFor(yawed(reference, 50), OPTIONS, styleOf({ ...reference, score: 0 }));
  expect(planWarnings(texture, 0)).toEqual([]);
  expect(planWarnings(texture, 0.5)).toEqual([expect.stringMatching(/cannot be worn/)]);
});

describe('several people', () => {
  const faces = [meanFaceAt([45, 70], 26), meanFaceAt([115, 80], 24)].map((face) => ({
    ...face,
    parsing: [],
  }));
  const analysis = analysisOf(faces);

  test('each have their own place', () => {
    const { people } = planRender(analysis, styleOf(reference), OPTIONS);
    expect(people.map(({ face }) => face)).toEqual(faces);
    const [a, b] = people.map((person) => person.own().rect);
    expect(a.x + a.width).toBeLessThan(b.x + b.width);
    expect(people[0].wide().share).not.toBeNull();
  });

  test('of whom one is restyled, it does not get the other’s place', () => {
    const { people } = planRender({ ...analysis, faces: [faces[0]] }, styleOf(reference), OPTIONS);
    expect(people.map(({ face }) => face)).toEqual([faces[0]]);
    const { rect } = people[0].own();
    expect(rect.x + rect.width).toBeLessThan(115);
  });
});

test('places are made once', () => {
  const [person] = planFor(faceOf(40)).people;
  expect(person.own()).toBe(person.own());
  expect(person.wide()).toBe(person.wide());
  expect(person.wide().share).toBeNull();
  expect(person.wide().rect.width).toBeGreaterThanOrEqual(person.own().rect.width);
});

test('an analysis scales with its portrait', () => {
  const analysis = analysisOf([faceOf(40)]);
  expect(scaleAnalysis(analysis, 1)).toBe(analysis);
  const { portrait, faces, found, matte } = scaleAnalysis(analysis, 1.5);
  expect([portrait.width, matte.width, matte.height]).toEqual([240, 240, 240]);
  expect(faces[0]).toBe(found[0]);
  expect(faces[0].interocular).toBeCloseTo(60, 6);
  expect(faces[0].landmarks[3]).toBeCloseTo(1.5 * analysis.faces[0].landmarks[3], 3);
  expect(faces[0].box.width).toBeCloseTo(1.5 * analysis.faces[0].box.width, 6);
  expect(Math.min(...matte.data)).toBe(0);
  expect(Math.max(...matte.data)).toBe(1);
});
