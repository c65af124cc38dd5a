import { describe, expect, test } from 'vitest';
import { createPlane } from '../../../models/image/picture.ts';
import { carryState } from '../../../models/sequence/carry-state.ts';
import { fade, leave, moveLeaving } from '../../../models/sequence/leaving.ts';
import { hasOutgrown, hasTurned, hasZoomed } from '../../../models/sequence/new-key.ts';
import { createNodeMap, NODE } from '../../../models/sequence/node-map.ts';
import { planeOf } from '../image/planes.ts';
import { meanFaceAt } from '../stylize/mean-face.ts';

const SIDES = [234, 454];
const ENDS = [10, 152];

/** A face as a ball, turned by so many degrees to the side and then in the picture. */
function face(turned: number, tilted = 0): Float32Array {
  const landmarks = new Float32Array(468 * 3);
  const place = (at: number, x: number, y: number) => {
    const [yaw, roll] = [turned, tilted].map((degrees) => (degrees * Math.PI) / 180);
    const [turnedX, z] = [Math.cos(yaw) * x, Math.sin(yaw) * x];
    landmarks[3 * at] = 100 + Math.cos(roll) * turnedX - Math.sin(roll) * y;
    landmarks[3 * at + 1] = 100 + Math.sin(roll) * turnedX + Math.cos(roll) * y;
    landmarks[3 * at + 2] = z;
  };
  place(SIDES[0], -50, 0);
  place(SIDES[1], 50, 0);
  place(ENDS[0], 0, -60);
  place(ENDS[1], 0, 60);
  return landmarks;
}

const rect = { x: 0, y: 0, width: 80, height: 60 };
const still = createNodeMap(rect, (x, y) => [x, y]);
const everywhere = createPlane(still.x.width, still.x.height, 1);

describe('a canvas no longer fits', () => {
  test('a head that has turned, and not one that leans or has hardly turned', () => {
    const has = (now: Float32Array) => hasTurned(face(0), now, still, everywhere, 20);
    expect(has(face(30))).toBe(true);
    expect(has(face(-30))).toBe(true);
    expect(has(face(10))).toBe(false);
    expect(has(face(0, 60))).toBe(false);
  });

  test('where it is stretched by a half, and not where it is only enlarged', () => {
    const larger = createNodeMap(rect, (x, y) => [2 * x, 2 * y]);
    const stretched = createNodeMap(rect, (x, y) => [x < 40 ? x : 40 + 2.5 * (x - 40), y]);
    expect(hasTurned(face(0), face(0), larger, everywhere, 20)).toBe(false);
    expect(hasTurned(face(0), face(0), stretched, everywhere, 20)).toBe(true);
  });

  test('a head that came much closer or went away, however large it was at first', () => {
    const scaled = (by: number) => createNodeMap(rect, (x, y) => [by * x, by * y]);
    // The canvas shows the portrait at half of its size.
    const has = (zoom: number) => hasZoomed(scaled(2 * zoom), 0.5);
    expect([1.5, 0.6].map(has)).toEqual([true, true]);
    expect([1, 1.3, 0.8].map(has)).toEqual([false, false, false]);
  });
});

describe('a canvas no longer holds its person', () => {
  const matte = planeOf(100, 100, (_, y) => (y >= 20 && y < 58 ? 1 : 0));
  const shiftedBy = (y: number) =>
    createNodeMap({ ...rect, width: 100, height: 100 }, (u, v) => [0.5 * u, v - y]);
  const canvas = { width: 80, height: 60 };

  test('where the picture shows more of them than it did', () => {
    expect(hasOutgrown(matte, shiftedBy(25), canvas)).toBe(true);
    expect(hasOutgrown(matte, shiftedBy(-10), canvas)).toBe(true);
  });

  test('and not where it only moves along', () => {
    for (const y of [0, 10, 20]) expect(hasOutgrown(matte, shiftedBy(y), canvas)).toBe(false);
  });

  test('or where it does not reach at all', () => {
    const corner = createNodeMap({ x: 0, y: 0, width: 50, height: 30 }, (x, y) => [x, y]);
    expect(hasOutgrown(matte, corner, canvas)).toBe(true);
  });
});

describe('the painting on a new canvas', () => {
  const [width, height] = [80, 60];
  const count = width * height;
  const match = (x: number, y: number) => (y << 16) | x;
  const state = {
    field: Int32Array.from({ length: count }, (_, i) => match((i % width) + 7, Math.floor(i / width) + 9)),
    energies: new Float32Array(count).fill(3),
    region: new Uint8Array(count).fill(1),
  };
  const view = { landmarks: meanFaceAt([60, 60], 40).landmarks };
  const placed = { state, width, height, inverse: still, view };
  const source = { width: 200, height: 200 };

  test('shows the same patches where it showed them', () => {
    const moved = createNodeMap(rect, (x, y) => [x + 5, y + 3]);
    const carried = carryState(placed, moved, view, source);
    const at = 20 * width + 30;
    expect(carried.field[at]).toBe(match(30 + 5 + 7, 20 + 3 + 9));
    expect([carried.region[at], carried.energies[at]]).toEqual([1, 3]);
  });

  test('shows them from another view of the reference, neighbours beside each other', () => {
    // Of twice the size, the canvas in the same place.
    const larger = createNodeMap(rect, (x, y) => [(x + 0.5) / 2 - 0.5, (y + 0.5) / 2 - 0.5]);
    const next = { landmarks: view.landmarks.map((value) => 2 * value) };
    const { field } = carryState(placed, larger, next, source);
    const at = 20 * width + 30;
    expect(field[at]).toBe(match(30 + 2 * 7, 20 + 2 * 9));
    expect(field[at + 1]).toBe(match(31 + 2 * 7, 20 + 2 * 9));
  });

  test('shows them turned where the view is', () => {
    const quarter = view.landmarks.slice();
    for (let i = 0; i < quarter.length; i += 3)
      [quarter[i], quarter[i + 1]] = [120 - view.landmarks[i + 1], view.landmarks[i]];
    const { field } = carryState(placed, still, { landmarks: quarter }, source);
    // Pixel (x, y) is at (119 − y, x) in the turned view.
    expect(field[20 * width + 30]).toBe(match(119 - (20 + 9), 30 + 7));
  });

  test('says where there was none', () => {
    const moved = createNodeMap(rect, (x, y) => [x + 40, y]);
    const { region } = carryState(placed, moved, view, source);
    expect([region[20 * width + 30], region[20 * width + 70]]).toEqual([1, 0]);
  });
});

test('the canvas before fades away, and moves along as it does', () => {
  const lab = (l: number) => ({
    l: createPlane(80, 60, l),
    a: createPlane(80, 60),
    b: createPlane(80, 60),
  });
  const shown = { lab: lab(80), alpha: createPlane(80, 60, 1) };
  const layer = { lab: lab(20), rect, alpha: createPlane(80, 60, 1), alphaRect: rect };
  const none = createPlane(40, 30);
  const motion = { flow: { u: createPlane(40, 30, 1), v: none }, misfit: none, width: 80, height: 60 };
  const portrait = { width: 80, height: 60, data: new Uint8ClampedArray(80 * 60 * 4) };
  const inverse = createNodeMap({ ...rect, width: 77, height: 57 }, (x, y) => [x, y]);
  let leaving = moveLeaving(
    leave({ shown, map: still, inverse, matte: everywhere, interocular: 8 * NODE }),
    motion,
    portrait,
  );
  const middle = [];
  for (; leaving; leaving = moveLeaving(leaving, motion, portrait)) {
    middle.push(fade(layer, leaving).lab.l.data[30 * 80 + 40]);
    expect(leaving.map.x.data[0]).toBeGreaterThan(1);
  }
  expect(new Set(middle).size).toBeGreaterThan(1);
  expect(middle).toEqual(middle.toSorted((a, b) => b - a));
  expect(middle[0]).toBeLessThan(80);
  expect(middle.at(-1)).toBeGreaterThan(20);
});
