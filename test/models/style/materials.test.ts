import { expect, test } from 'vitest';
import { SEGMENT_NAMES, type SegmentName, type Segments } from '../../../models/face/segments.ts';
import {
  createMaterials,
  dominantPersonSegments,
  dominantSegments,
  FEATURES,
  personMaterials,
} from '../../../models/style/materials.ts';
import { planeOf } from '../image/planes.ts';

/** Segments side by side, each as wide as said (of 100 columns). */
function segmentsOf(widths: Readonly<Record<SegmentName, number>>): Segments {
  let start = 0;
  const entries = SEGMENT_NAMES.map((name) => {
    const [from, to] = [start, start + widths[name]];
    start = to;
    return [name, planeOf(100, 40, (x) => (x >= from && x < to ? 1 : 0))];
  });
  return Object.fromEntries(entries);
}

const plain = planeOf(100, 40, () => 0);

const columnsOf = (members: Int32Array) => [...new Set(Array.from(members, (i) => i % 100))];

test('each segment is painted with itself where there is enough of it', () => {
  const segments = segmentsOf({ background: 40, skin: 20, hair: 10, clothes: 30 });
  const materials = createMaterials(segments, plain);
  materials.slice(0, 4).forEach(({ index, membership }, k) => {
    const plane = segments[SEGMENT_NAMES[k]];
    expect(membership).toBe(plane);
    expect([...index.members]).toEqual([...plane.data.keys()].filter((i) => plane.data[i] === 1));
  });
});

test.each([
  ['hair', { background: 50, skin: 20, hair: 0, clothes: 30 }, 'skin'],
  ['clothes', { background: 40, skin: 30, hair: 30, clothes: 0 }, 'hair'],
  ['clothes', { background: 60, skin: 40, hair: 0, clothes: 0 }, 'background'],
  ['clothes', { background: 1, skin: 99, hair: 0, clothes: 0 }, 'skin'],
  ['skin', { background: 50, skin: 0, hair: 20, clothes: 30 }, 'hair'],
] as const)('%s that the reference lacks: %o', (missing, widths, substitute) => {
  const segments = segmentsOf(widths);
  const material = createMaterials(segments, plain)[SEGMENT_NAMES.indexOf(missing)];
  expect(material.membership).toBe(segments[substitute]);
  expect(material.index.members.length).toBeGreaterThan(0);
});

test('a background that is missing is not made of the person', () => {
  const segments = segmentsOf({ background: 0, skin: 40, hair: 30, clothes: 30 });
  expect(createMaterials(segments, plain)[0].index.members).toHaveLength(0);
});

test('what is half one segment, half another is no clean material of either', () => {
  const ramp = (from: number) => planeOf(100, 40, (x) => Math.min(1, Math.max(0, (x - from) / 20)));
  const hair = ramp(40);
  const skin = planeOf(100, 40, (x, y) => 1 - hair.data[y * 100 + x]);
  const nothing = planeOf(100, 40, () => 0);
  const materials = createMaterials({ background: nothing, skin, hair, clothes: nothing }, plain);
  expect(Math.max(...columnsOf(materials[1].index.members))).toBeLessThanOrEqual(44);
  expect(Math.min(...columnsOf(materials[2].index.members))).toBeGreaterThanOrEqual(56);
});

test('the dominant segment, with and without the background', () => {
  const pixel = (background: number, skin: number, hair: number, clothes: number): Segments => {
    const plane = (value: number) => planeOf(1, 1, () => value);
    return { background: plane(background), skin: plane(skin), hair: plane(hair), clothes: plane(clothes) };
  };
  for (const [segments, withBackground, person] of [
    [pixel(0.9, 0.02, 0.07, 0.01), 0, 2],
    [pixel(0.4, 0.3, 0.2, 0.1), 1, 1],
    [pixel(0, 0.2, 0.2, 0.6), 3, 3],
  ] as const) {
    expect(dominantSegments(segments)[0]).toBe(withBackground);
    expect(dominantPersonSegments(segments)[0]).toBe(person);
  }
});

test('a mouth is painted with on mouths alone, and never on what lacks its own material', () => {
  const segments = segmentsOf({ background: 40, skin: 60, hair: 0, clothes: 0 });
  const mouth = planeOf(100, 40, (x) => (x >= 60 && x < 70 ? 1 : 0));
  const materials = createMaterials(segments, mouth);
  const isMouth = (x: number) => x >= 60 && x < 70;
  for (const material of [materials[1], materials[2]]) {
    expect(material.membership).toBe(segments.skin);
    expect(columnsOf(material.index.members).some(isMouth)).toBe(false);
  }
  expect(columnsOf(materials[FEATURES].index.members).some(isMouth)).toBe(true);
  const wanted = personMaterials(segments, mouth);
  expect([45, 65, 75].map((x) => wanted[x])).toEqual([1, FEATURES, 1]);
});
