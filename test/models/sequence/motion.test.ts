import { describe, expect, test } from 'vitest';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { holdToFace } from '../../../models/sequence/carry.ts';
import { faceMotion } from '../../../models/sequence/face-motion.ts';
import { isLost } from '../../../models/sequence/lost.ts';
import { misfitOf } from '../../../models/sequence/misfit.ts';
import { createNodeMap, invertMap, mapPoint } from '../../../models/sequence/node-map.ts';
import { type Flow, opticalFlow } from '../../../models/sequence/optical-flow.ts';
import { createTap, placeTap, readTap, splineCoefficients } from '../../../models/sequence/spline.ts';
import { steadyFlow } from '../../../models/sequence/steady-flow.ts';
import { meanFaceAt } from '../stylize/mean-face.ts';

const SIZE = 96;
const texture = (x: number, y: number) =>
  128 +
  40 * Math.sin(x / 3 + Math.cos(y / 7)) +
  30 * Math.cos(y / 4 + Math.sin(x / 9)) +
  10 * Math.sin((x + y) / 2);
const planeOf = (value: (x: number, y: number) => number): Plane => {
  const plane = createPlane(SIZE, SIZE);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = value(i % SIZE, Math.floor(i / SIZE));
  return plane;
};
const inside = (plane: Plane): number[] =>
  [...plane.data].filter((_, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    return x > 12 && y > 12 && x < SIZE - 13 && y < SIZE - 13;
  });

describe('optical flow', () => {
  const from = planeOf(texture);

  test.each([
    [0.3, -0.4],
    [4.6, -2.3],
    [-9, 6],
  ])('finds a motion of %f, %f px', (u, v) => {
    const flow = opticalFlow(
      from,
      planeOf((x, y) => texture(x - u, y - v)),
    );
    const across = inside(flow.v);
    const errors = inside(flow.u).map((one, i) => Math.hypot(one - u, across[i] - v));
    errors.sort((a, b) => a - b);
    expect(errors[Math.floor(0.5 * errors.length)]).toBeLessThan(0.1);
    expect(errors[Math.floor(0.9 * errors.length)]).toBeLessThan(0.5);
  });

  test('is nothing where nothing moves', () => {
    const flow = opticalFlow(from, from);
    expect(Math.max(...flow.u.data, ...flow.v.data)).toBeLessThan(0.02);
  });

  test('lends its surroundings to what has no texture', () => {
    const isFlat = (x: number, y: number) => Math.hypot(x - 48, y - 48) < 10;
    const still = planeOf((x, y) => (isFlat(x, y) ? 128 : texture(x, y)));
    const moved = planeOf((x, y) => (isFlat(x - 3, y) ? 128 : texture(x - 3, y)));
    const raw = opticalFlow(still, moved);
    const steady = steadyFlow(raw, still, misfitOf(raw, still, moved), null, 6);
    expect(steady.u.data[48 * SIZE + 48]).toBeCloseTo(3, 0);
    expect(Math.abs(steady.v.data[48 * SIZE + 48])).toBeLessThan(0.3);
  });
});

describe('a small head in a hurry', () => {
  const ground = planeOf((x, y) => 100 + 50 * Math.sin(x / 5) * Math.cos(y / 6));
  /** A head of 2.2 eye distances around (x, y). */
  const headAt = (x: number, y: number) => {
    const isHead = (px: number, py: number) => Math.hypot(px - x, py - y) < 11;
    return planeOf((px, py) => (isHead(px, py) ? texture(px - x, py - y) : ground.data[py * SIZE + px]));
  };
  const faceAt = (x: number, y: number) => ({ ...meanFaceAt([x, y], 10), identity: 7 });
  const [from, to] = [headAt(26, 40), headAt(66, 52)];
  const error = ({ u, v }: Flow) => {
    const at = (plane: Plane) => plane.data[40 * SIZE + 26];
    return Math.hypot(at(u) - 40, at(v) - 12);
  };

  test('is followed by its landmarks, where optical flow alone loses it', () => {
    const expected = faceMotion([faceAt(26, 40)], [faceAt(66, 52)], { width: SIZE, height: SIZE }, 1);
    expect(error(opticalFlow(from, to))).toBeGreaterThan(10);
    expect(error(opticalFlow(from, to, { expected }))).toBeLessThan(0.5);
    expect(expected?.u.data[90 * SIZE + 90]).toBeNaN();
  });

  test('does not move what its landmarks do not tell', () => {
    const expected = faceMotion([faceAt(26, 40)], [faceAt(66, 52)], { width: SIZE, height: SIZE }, 1);
    const still = opticalFlow(from, from, { expected });
    expect(Math.hypot(...[still.u, still.v].map(({ data }) => data[40 * SIZE + 26]))).toBeLessThan(0.05);
  });

  test('is told by nobody who is not in both pictures', () => {
    const stranger = { ...faceAt(66, 52), identity: 8 };
    expect(faceMotion([faceAt(26, 40)], [stranger], { width: SIZE, height: SIZE }, 1)).toBeNull();
  });

  test('is lost where motion leads elsewhere, and not where only the light changes', () => {
    const whole = { x: 0, y: 0, width: SIZE, height: SIZE };
    const map = createNodeMap(whole, (x, y) => [x, y]);
    const matte = { ...map.x, data: map.x.data.map(() => 1) };
    const place = { map, matte, landmarks: faceAt(26, 40).landmarks };
    const motion = (change: number) => {
      const flow = { u: createPlane(SIZE, SIZE), v: createPlane(SIZE, SIZE) };
      return { flow, misfit: createPlane(SIZE, SIZE, change), width: SIZE, height: SIZE };
    };
    const [here, there] = [faceAt(26, 40), faceAt(66, 52)];
    expect(isLost(motion(30), place, there)).toBe(true);
    expect(isLost(motion(30), place, here)).toBe(false);
    expect(isLost(motion(3), place, there)).toBe(false);
  });
});

describe('spline', () => {
  const wave = planeOf((x, y) => Math.sin(x) * Math.cos(y / 2));
  const spline = splineCoefficients(wave);
  const read = (x: number, y: number) => {
    const tap = createTap();
    placeTap(tap, spline, x, y);
    return readTap(tap, spline);
  };

  test('goes through the pixels', () => {
    for (const [x, y] of [
      [1, 1],
      [40, 33],
      [93, 60],
    ])
      expect(read(x, y)).toBeCloseTo(wave.data[y * SIZE + x], 4);
  });

  test('keeps what is fine between them', () => {
    expect(read(40.5, 33)).toBeCloseTo(Math.sin(40.5) * Math.cos(16.5), 2);
  });
});

describe('inverse of a map', () => {
  test('leads back, also through a turn and a bend', () => {
    const rect = { x: 0, y: 0, width: 80, height: 60 };
    const map = createNodeMap(rect, (x, y) => [
      30 + 0.98 * x - 0.17 * y + 2 * Math.sin(y / 20),
      12 + 0.17 * x + 0.98 * y,
    ]);
    const inverse = invertMap(map, { x: 35, y: 20, width: 60, height: 50 }, null);
    for (const [x, y] of [
      [40, 30],
      [52.5, 41.25],
      [70, 50],
    ]) {
      const [u, v] = mapPoint(inverse, x, y);
      const [backX, backY] = mapPoint(map, u, v);
      expect(Math.hypot(backX - x, backY - y)).toBeLessThan(0.05);
    }
  });

  test('also where it is pressed together to a fifth and drawn out to three times its width', () => {
    const rect = { x: 0, y: 0, width: 160, height: 80 };
    const steep = createNodeMap(rect, (x, y) => [
      x + 10 * Math.tanh((x - 50) / 6) - 9 * Math.tanh((x - 110) / 12),
      y,
    ]);
    const inverse = invertMap(steep, { x: 10, y: 4, width: 120, height: 70 }, null);
    for (let x = 14; x < 120; x += 8) {
      const [u, v] = mapPoint(inverse, x, 40);
      const [px, py] = mapPoint(steep, u, v);
      expect(Math.hypot(px - x, py - 40)).toBeLessThan(0.05);
    }
  });
});

describe('a canvas held to its face', () => {
  const interocular = 40;
  const { landmarks } = meanFaceAt([48, 48], interocular);
  const still = createNodeMap({ x: 0, y: 0, width: SIZE, height: SIZE }, (x, y) => [x, y]);
  const everywhere = createPlane(still.x.width, still.x.height, 1);
  /** Where the middle is after so many pictures whose landmarks are so many px further to the right. */
  const movedAfter = (pictures: number, off: number) => {
    const to = landmarks.map((value, i) => (i % 3 === 0 ? value + off : value));
    let map = still;
    for (let i = 0; i < pictures; i++) map = holdToFace(map, everywhere, landmarks, to, interocular);
    return mapPoint(map, 48, 48)[0] - 48;
  };

  test('stays where landmarks are off by their jitter', () => {
    expect(movedAfter(8, 0.16)).toBeLessThan(0.01);
  });

  test('goes to them where it has lost its way', () => {
    expect(movedAfter(40, 4)).toBeGreaterThan(2.5);
  });
});
