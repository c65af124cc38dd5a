import { describe, expect, test } from 'vitest';
import { createPicture } from '../../../models/image/picture.ts';
import { seededNormal } from '../../../models/image/random.ts';
import { boilMask } from '../../../models/sequence/boil.ts';
import { CutDetector } from '../../../models/sequence/cuts.ts';
import { OneEuroLandmarks, smoothedAt } from '../../../models/sequence/smooth-landmarks.ts';
import { follow } from '../../../models/sequence/temporal-filter.ts';

describe('landmarks offline', () => {
  const freely = Number.POSITIVE_INFINITY;

  test('do not lag behind evenly accelerated motion', () => {
    const track = Array.from({ length: 9 }, (_, t) => Float32Array.of(3 * t + 0.5 * t * t));
    for (const at of [0, 1, 4, 8]) expect(smoothedAt(track, at, freely)[0]).toBeCloseTo(track[at][0], 3);
  });

  test('jitter less', () => {
    const normal = seededNormal(5);
    const track = Array.from({ length: 300 }, () => Float32Array.of(0.3 * normal()));
    const power = (values: readonly number[]) => values.reduce((sum, v) => sum + v * v, 0);
    const smooth = track.map((_, at) => smoothedAt(track, at, freely)[0]);
    expect(power(smooth)).toBeLessThan(0.5 * power(track.map(([v]) => v)));
  });

  test('stay where the face is when a camera jerks, or somebody nods', () => {
    const track = [0, 0, 0, 10, 0, 0, 0].map((x) => Float32Array.of(x, 50, 0, x + 4, 50, 0));
    const [left, , , right] = smoothedAt(track, 3, 2);
    expect([left, right]).toEqual([expect.closeTo(8, 4), expect.closeTo(12, 4)]);
    expect(smoothedAt(track, 0, 2)[0]).toBeCloseTo(smoothedAt(track, 0, freely)[0], 4);
  });

  test('stop at a picture without a face', () => {
    const track = [
      Float32Array.of(100),
      null,
      Float32Array.of(1),
      Float32Array.of(1),
      Float32Array.of(1),
      Float32Array.of(1),
    ];
    expect(smoothedAt(track, 2, freely)[0]).toBeCloseTo(1, 5);
  });
});

test('landmarks that come live jitter less at rest and keep up in motion', () => {
  const normal = seededNormal(5);
  const filter = new OneEuroLandmarks();
  const rest = Array.from({ length: 60 }, () => filter.next(Float32Array.of(50 + 0.3 * normal()), 100)[0]);
  const spread = rest.slice(20).map((value) => Math.abs(value - 50));
  expect(spread.reduce((sum, one) => sum + one, 0) / 40).toBeLessThan(0.16);
  let last = 0;
  for (let t = 1; t <= 20; t++) last = filter.next(Float32Array.of(50 + 8 * t), 100)[0];
  expect(50 + 8 * 20 - last).toBeLessThan(8);
});

test('a filtered value takes a share of small changes and all of a large one', () => {
  const pace = { share: 0.3, still: 1, change: 5 };
  expect(follow(10, 10.5, pace)).toBeCloseTo(10.15, 5);
  expect(follow(10, 16, pace)).toBe(16);
});

describe('cuts', () => {
  const scene = (colour: readonly number[], shift: number) => {
    const picture = createPicture(64, 64);
    for (let i = 0; i < 64 * 64; i++) {
      const isDark = (Math.floor(i / 8) + shift) % 4 === 0;
      for (let c = 0; c < 3; c++) picture.data[4 * i + c] = isDark ? 20 : colour[c];
      picture.data[4 * i + 3] = 255;
    }
    return picture;
  };

  test('are where another scene begins, not where one moves', () => {
    const detector = new CutDetector();
    const red = [0, 1, 2, 3].map((shift) => detector.next(scene([200, 60, 40], shift)));
    const blue = [0, 1].map((shift) => detector.next(scene([30, 60, 220], shift)));
    expect(red).toEqual([true, false, false, false]);
    expect(blue).toEqual([true, false]);
  });
});

describe('boil', () => {
  const canvas = { width: 200, height: 200, anchor: [100, 100], interocular: 60 } as const;
  const share = (mask: Uint8Array | null) =>
    (mask ?? new Uint8Array()).reduce((sum, v) => sum + v, 0) / 40_000;

  test('redraws the share that was asked for, the same in every run, elsewhere each time', () => {
    expect(boilMask(canvas, 2, 0)).toBeNull();
    expect(share(boilMask(canvas, 2, 0.3))).toBeGreaterThan(0.22);
    expect(share(boilMask(canvas, 2, 0.3))).toBeLessThan(0.38);
    expect(boilMask(canvas, 2, 0.3)).toEqual(boilMask(canvas, 2, 0.3));
    expect(boilMask(canvas, 4, 0.3)).not.toEqual(boilMask(canvas, 2, 0.3));
  });
});
