import { describe, expect, test } from 'vitest';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { chunkField } from '../../../models/synthesis/chunk-field.ts';
import type { Correspondence } from '../../../models/synthesis/guides.ts';
import { noise, planeOf } from '../image/planes.ts';

const [WIDTH, HEIGHT] = [64, 48];
const OPTIONS = { levels: [16, 8, 4, 2], threshold: 1, searchRadius: 8, tries: 24 };

interface Wishes {
  readonly position?: (x: number, y: number) => readonly [number, number];
  readonly positionWeight?: number;
  readonly source?: Plane;
  readonly target?: Plane;
  readonly weight?: number;
}

/** Positions at an offset, and one guide. */
function correspondenceOf({ position = (x, y) => [x, y], ...wishes }: Wishes): Correspondence {
  const source = wishes.source ?? createPlane(WIDTH, HEIGHT);
  return {
    position: {
      x: planeOf(WIDTH, HEIGHT, (x, y) => position(x, y)[0]),
      y: planeOf(WIDTH, HEIGHT, (x, y) => position(x, y)[1]),
    },
    positionWeight: createPlane(WIDTH, HEIGHT, wishes.positionWeight ?? 1),
    guides: [{ source, target: wishes.target ?? createPlane(WIDTH, HEIGHT), weight: wishes.weight ?? 1 }],
    materials: {
      target: new Uint8Array(WIDTH * HEIGHT),
      members: [Int32Array.from(source.data.keys())],
    },
  };
}

const everywhere = new Uint8Array(WIDTH * HEIGHT).fill(1);

describe('where the guides know the answer', () => {
  test('the same picture at the same place is mapped to itself', () => {
    const plane = noise(WIDTH, HEIGHT, 1);
    const correspondence = correspondenceOf({ source: plane, target: plane });
    const { source } = chunkField(correspondence, { ...OPTIONS, region: everywhere });
    expect([...source]).toEqual([...source.keys()]);
  });

  test('the same picture, shifted, is found by its guide alone', () => {
    const large = noise(90, 70, 2);
    const target = planeOf(WIDTH, HEIGHT, (x, y) => large.data[(y + 9) * 90 + x + 13]);
    const correspondence = correspondenceOf({
      position: (x, y) => [x + 10, y + 7],
      positionWeight: 1e-6,
      source: large,
      target,
    });
    const { source } = chunkField(correspondence, { ...OPTIONS, region: everywhere });
    let right = 0;
    source.forEach((from, i) => {
      if (from === (Math.floor(i / WIDTH) + 9) * 90 + (i % WIDTH) + 13) right++;
    });
    expect(right / source.length).toBeGreaterThan(0.95);
  });

  test('without a guide the position decides', () => {
    const { source } = chunkField(
      correspondenceOf({ position: (x, y) => [x + 20, y + 15], source: createPlane(100, 80) }),
      { ...OPTIONS, region: everywhere },
    );
    source.forEach((from, i) => {
      const [dx, dy] = [(from % 100) - (i % WIDTH), Math.floor(from / 100) - Math.floor(i / WIDTH)];
      expect(Math.hypot(dx - 20, dy - 15)).toBeLessThan(OPTIONS.threshold + 1e-6);
    });
  });

  test('of two materials each pixel takes its own', () => {
    const striped = planeOf(WIDTH, HEIGHT, (x) => (x < 32 ? 1 : -1));
    const target = planeOf(WIDTH, HEIGHT, (_, y) => (y < 24 ? 1 : -1));
    const correspondence = correspondenceOf({ positionWeight: 1e-4, source: striped, target, weight: 4 });
    const { source } = chunkField(correspondence, { ...OPTIONS, region: everywhere });
    let wrong = 0;
    source.forEach((from, i) => {
      if (striped.data[from] !== target.data[i]) wrong++;
    });
    expect(wrong / source.length).toBeLessThan(0.01);
  });
});

describe('whatever the guides say', () => {
  const correspondence = correspondenceOf({
    position: (x, y) => [1.7 * x - 20 + 3 * Math.sin(y), 1.5 * y - 12],
    source: noise(50, 40, 3),
    target: noise(WIDTH, HEIGHT, 4),
    weight: 0.01,
  });
  const region = Uint8Array.from(everywhere, (_, i) =>
    Math.hypot((i % WIDTH) - 30, i / WIDTH - 24) < 20 ? 1 : 0,
  );
  const { width, height, source } = chunkField(correspondence, { ...OPTIONS, region });

  test('every pixel of the region has a source inside the picture, and no other has one', () => {
    expect([width, height, source.length]).toEqual([WIDTH, HEIGHT, WIDTH * HEIGHT]);
    source.forEach((from, i) => {
      if (region[i] === 0) expect(from).toBe(-1);
      else expect(from >= 0 && from < 50 * 40, `at ${i}: ${from}`).toBe(true);
    });
  });

  test('the same input gives the same field', () => {
    expect([...chunkField(correspondence, { ...OPTIONS, region }).source]).toEqual([...source]);
  });

  test('neighbours mostly belong together', () => {
    let [together, pairs] = [0, 0];
    for (let i = 0; i + 1 < source.length; i++) {
      if (region[i] === 0 || region[i + 1] === 0) continue;
      pairs++;
      if (source[i + 1] === source[i] + 1) together++;
    }
    expect(together / pairs).toBeGreaterThan(0.5);
  });
});
