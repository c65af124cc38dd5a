import { describe, expect, test } from 'vitest';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { carryState, fade, hasTurned, leave, moveLeaving } from '../../../models/sequence/new-key.ts';
import { createNodeMap, NODE } from '../../../models/sequence/node-map.ts';

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
});

describe('the painting on a new canvas', () => {
  const [width, height] = [80, 60];
  const count = width * height;
  const match = (x: number, y: number) => (y << 16) | x;
  const state = {
    field: Int32Array.from({ length: count }, (_, i) => match((i % width) + 7, Math.floor(i / width) + 9)),
    placed: new Float32Array(count).fill(5),
    region: new Uint8Array(count).fill(1),
  };
  const placed = { state, width, height, inverse: still };
  const plane = (value: number): Plane => createPlane(width, height, value);
  const target = { positions: { x: plane(33), y: plane(44) }, region: new Uint8Array(count) };
  const source = { width: 200, height: 200 };

  test('shows the same patches where it showed them', () => {
    const moved = createNodeMap(rect, (x, y) => [x + 5, y + 3]);
    const { field, region, placed: energies } = carryState(placed, moved, target as never, source);
    const at = 20 * width + 30;
    expect(field[at]).toBe(match(30 + 5 + 7, 20 + 3 + 9));
    expect([region[at], energies[at]]).toEqual([1, 5]);
  });

  test('begins with the guided ones where there was none', () => {
    const moved = createNodeMap(rect, (x, y) => [x + 40, y]);
    const { field, region } = carryState(placed, moved, target as never, source);
    const at = 20 * width + 70;
    expect(field[at]).toBe(match(33, 44));
    expect(region[at]).toBe(0);
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
