import { describe, expect, test } from 'vitest';
import type { LabPlanes } from '../../../models/image/colour.ts';
import { createPlane } from '../../../models/image/picture.ts';
import { seededNormal } from '../../../models/image/random.ts';
import {
  type ColourMap,
  type ColourStatistics,
  colouredness,
  colourStatistics,
  colourTransport,
  isGrey,
} from '../../../models/stylize/colour-transport.ts';
import { planeOf } from '../image/planes.ts';

const [WIDTH, HEIGHT] = [60, 50];
type Matrix = readonly (readonly number[])[];

/** Normally distributed colours: `mean` plus `mixing` times independent numbers. */
function colours(seed: number, mean: readonly number[], mixing: Matrix): LabPlanes {
  const normal = seededNormal(seed);
  const [l, a, b] = [0, 1, 2].map(() => createPlane(WIDTH, HEIGHT));
  for (let i = 0; i < l.data.length; i++) {
    const raw = [normal(), normal(), normal()];
    [l, a, b].forEach(({ data }, r) => {
      data[i] = mean[r] + mixing[r].reduce((sum, value, c) => sum + value * raw[c], 0);
    });
  }
  return { l, a, b };
}

const FROM = [
  [14, 0, 0],
  [3, 6, 0],
  [-5, 2, 7],
];
const TO = [
  [7, 4, 0],
  [-6, 9, 1],
  [0, 5, 4],
];
const own = colours(1, [60, 12, 18], FROM);
const other = colours(2, [45, -3, 30], TO);
const ones = createPlane(WIDTH, HEIGHT, 1);

function applied(map: ColourMap, { l, a, b }: LabPlanes): LabPlanes {
  const out = [0, 1, 2].map(() => createPlane(WIDTH, HEIGHT));
  l.data.forEach((_, i) => {
    map(l.data[i], a.data[i], b.data[i]).forEach((value, c) => {
      out[c].data[i] = value;
    });
  });
  return { l: out[0], a: out[1], b: out[2] };
}

/** Independently, in 64 bits: what noise of variance 4 in each channel adds is part of both. */
const NOISE = 4;
const withNoise = ({ covariance }: ColourStatistics): number[][] =>
  [0, 1, 2].map((r) => [0, 1, 2].map((c) => covariance[3 * r + c] + (r === c ? NOISE : 0)));
const times = (a: Matrix, b: Matrix): number[][] =>
  a.map((row) => b[0].map((_, c) => row.reduce((sum, value, k) => sum + value * b[k][c], 0)));
const inverse = (m: Matrix): number[][] => {
  const minor = (r: number, c: number) => {
    const [[p, q], [s, t]] = [0, 1, 2].filter((i) => i !== r).map((i) => m[i].filter((_, j) => j !== c));
    return (p * t - q * s) * ((r + c) % 2 === 0 ? 1 : -1);
  };
  const determinant = m[0].reduce((sum, value, c) => sum + value * minor(0, c), 0);
  return m.map((_, r) => m.map((_, c) => minor(c, r) / determinant));
};
/** The square root of a matrix with positive eigenvalues, by Denman and Beavers 1976. */
function squareRoot(matrix: Matrix): number[][] {
  let [y, z]: Matrix[] = [matrix, [0, 1, 2].map((r) => [0, 1, 2].map((c) => (r === c ? 1 : 0)))];
  const half = (a: Matrix, b: Matrix) => a.map((row, r) => row.map((value, c) => (value + b[r][c]) / 2));
  for (let i = 0; i < 60; i++) [y, z] = [half(y, inverse(z)), half(z, inverse(y))];
  return y.map((row) => [...row]);
}
/** The linear part of a map. */
const linear = (map: ColourMap): number[][] => {
  const origin = map(0, 0, 0);
  const columns = [map(1, 0, 0), map(0, 1, 0), map(0, 0, 1)];
  return [0, 1, 2].map((r) => columns.map((column) => column[r] - origin[r]));
};
const expectClose = (a: Matrix, b: Matrix, digits: number) =>
  a.forEach((row, r) => {
    for (const [c, value] of row.entries()) expect(value, `${r}, ${c}`).toBeCloseTo(b[r][c], digits);
  });

describe('statistics', () => {
  test('are the weighted mean and covariance', () => {
    const weights = planeOf(WIDTH, HEIGHT, (x) => (x < 20 ? 0 : x < 40 ? 1 : 0.25));
    const { mean, covariance, weight } = colourStatistics(own, weights);
    const planes = [own.l, own.a, own.b];
    const total = 20 * HEIGHT * 1.25;
    const meanOf = (value: (i: number) => number) =>
      weights.data.reduce((sum, w, i) => sum + w * value(i), 0) / total;
    expect(weight).toBeCloseTo(total, 6);
    planes.forEach(({ data }, r) => {
      const m = meanOf((i) => data[i]);
      expect(mean[r]).toBeCloseTo(m, 6);
      planes.forEach((plane, c) => {
        const n = meanOf((i) => plane.data[i]);
        const expected = meanOf((i) => (data[i] - m) * (plane.data[i] - n));
        expect(covariance[3 * r + c]).toBeCloseTo(expected, 4);
      });
    });
  });

  test('of nothing are zero', () => {
    const { mean, covariance, weight } = colourStatistics(own, createPlane(WIDTH, HEIGHT));
    expect([...mean, ...covariance, weight]).toEqual(Array(13).fill(0));
  });
});

describe('transport', () => {
  const [from, to] = [colourStatistics(own, ones), colourStatistics(other, ones)];
  const map = colourTransport(from, to);

  test('gives the mean, and the covariance but for the noise that both are taken to have', () => {
    const after = colourStatistics(applied(map, own), ones);
    after.mean.forEach((value, c) => {
      expect(value).toBeCloseTo(to.mean[c], 3);
    });
    // T (A + noise) Tᵀ = B + noise.
    const t = linear(map);
    const transposed = t.map((_, r) => t.map((row) => row[r]));
    expectClose(times(times(t, withNoise(from)), transposed), withNoise(to), 6);
    for (const [k, value] of after.covariance.entries())
      expect(Math.abs(value - to.covariance[k])).toBeLessThan(2 * NOISE);
  });

  test('is the optimal one: symmetric and positive, as the formula in another form has it', () => {
    // A⁻¹ (A B)^½ is the same map as A^-½ (A^½ B A^½)^½ A^-½.
    const [a, b] = [withNoise(from), withNoise(to)];
    const t = linear(map);
    expectClose(t, times(inverse(a), squareRoot(times(a, b))), 5);
    expectClose(
      t,
      t[0].map((_, c) => t.map((row) => row[c])),
      9,
    );
    for (let r = 0; r < 3; r++) expect(t[r][r]).toBeGreaterThan(0);
  });

  test('between equal colours changes none', () => {
    const same = colourTransport(from, from);
    for (const colour of [
      [60, 12, 18],
      [0, 0, 0],
      [95, -30, 44],
    ]) {
      same(colour[0], colour[1], colour[2]).forEach((value, c) => {
        expect(value).toBeCloseTo(colour[c], 6);
      });
    }
  });

  test('there and back is where it began', () => {
    const back = colourTransport(to, from);
    const [l, a, b] = map(33, 8, -12);
    back(l, a, b).forEach((value, c) => {
      expect(value).toBeCloseTo([33, 8, -12][c], 6);
    });
  });

  test('of one colour is not blown up to another’s spread', () => {
    const flat = {
      l: createPlane(WIDTH, HEIGHT, 50),
      a: createPlane(WIDTH, HEIGHT, 5),
      b: createPlane(WIDTH, HEIGHT, 5),
    };
    const wide = colourTransport(colourStatistics(flat, ones), to);
    const [base, beside] = [wide(50, 5, 5), wide(51, 5, 5)];
    expect(Math.abs(beside[0] - base[0])).toBeLessThan(8);
    base.forEach((value, c) => {
      expect(value).toBeCloseTo(to.mean[c], 6);
    });
  });
});

test('paper, pencil and stone are grey, painted skin is coloured', () => {
  const skin = (a: number, b: number): ColourStatistics => ({
    mean: [60, a, b],
    covariance: Array(9).fill(0),
    weight: 1,
  });
  expect([skin(0, 0), skin(1, 3)].map(isGrey)).toEqual([true, true]);
  expect([skin(15, 20), skin(8, 9)].map(isGrey)).toEqual([false, false]);
  const rising = [0, 4, 8, 12, 16, 30].map((chroma) => colouredness(skin(chroma * 0.6, chroma * 0.8)));
  expect(rising).toEqual(rising.toSorted((x, y) => x - y));
  expect([rising[0], rising.at(-1)]).toEqual([0, 1]);
});
