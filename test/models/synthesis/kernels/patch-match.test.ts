/** What the kernels promise, whichever implementation runs them. */
import { beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../models/image/random.ts';
import {
  type EnergyWeights,
  type Kernels,
  LAB_CHANNELS,
  type Level,
  PATCH_RADIUS,
  USE_CELL,
} from '../../../../models/synthesis/kernels/kernels.ts';
import { referenceKernels } from '../../../../models/synthesis/kernels/reference.ts';
import { loadKernels } from '../../../../models/synthesis/kernels/wasm.ts';
import { copyLevel, placeOf, randomLevel, randomMatch, sumOf, WEIGHTS } from './problems.ts';

const FREE: EnergyWeights = { ...WEIGHTS, uniformity: 0 };

describe.each(['WebAssembly', 'plain TypeScript'])('%s', (which) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = which === 'WebAssembly' ? await loadKernels() : referenceKernels();
  });

  const SIZE = { width: 36, height: 48, sourceWidth: 60, sourceHeight: 64 };

  test('a picture cut from the source is found where it was cut', () => {
    const level = randomLevel(kernels, SIZE, 1);
    const [left, top] = [11, 9];
    level.region.fill(1);
    level.valid.fill(1);
    level.positionWeight.fill(0);
    for (const array of [level.guides, level.sourceGuides]) array.fill(0);
    const row = (SIZE.width + 2 * PATCH_RADIUS) * LAB_CHANNELS;
    for (let y = 0; y < SIZE.height + 2 * PATCH_RADIUS; y++) {
      const from = ((y + top - PATCH_RADIUS) * SIZE.sourceWidth + left - PATCH_RADIUS) * LAB_CHANNELS;
      level.lab.set(level.sourceLab.subarray(from, from + row), y * row);
    }
    kernels.computeCosts(level, FREE);
    for (let i = 0; i < 8; i++) kernels.sweep(level, FREE, i, 40, i);
    level.field.forEach((match, k) => {
      const [x, y] = [k % SIZE.width, Math.floor(k / SIZE.width)];
      expect(placeOf(match)).toEqual([x + left, y + top]);
    });
    expect(Math.max(...level.costs)).toBe(0);
    const before = level.lab.slice();
    kernels.vote(level);
    const middle = 24 * row + 20 * LAB_CHANNELS;
    expect(level.lab.slice(middle, middle + 40)).toEqual(before.slice(middle, middle + 40));
  });

  test('nothing is taken from where the source may not be used, nor across its border', () => {
    const level = randomLevel(kernels, SIZE, 2);
    level.region.fill(1);
    for (let k = 0; k < level.valid.length; k++) level.valid[k] = k % SIZE.sourceWidth < 30 ? 1 : 0;
    // All that speaks for a place is that it is told, and that is in the part that may not be used.
    for (const array of [level.lab, level.sourceLab, level.guides, level.sourceGuides]) array.fill(0);
    level.positionX.fill(45);
    level.positionY.fill(30);
    level.positionWeight.fill(1);
    kernels.computeCosts(level, WEIGHTS);
    for (let i = 0; i < 2; i++) kernels.sweep(level, WEIGHTS, i, 32, i);
    for (const match of level.field) {
      const [u, v] = placeOf(match);
      expect(u >= 2 && u < 30 && v >= 2 && v < SIZE.sourceHeight - 2, `${u}, ${v}`).toBe(true);
    }
  });

  describe('outside of the region', () => {
    const isOutside = (k: number) => k % SIZE.width >= 20;
    const open = () => {
      const level = randomLevel(kernels, SIZE, 3);
      level.region.forEach((_, k) => {
        level.region[k] = isOutside(k) ? 0 : 1;
      });
      inwards(level);
      return level;
    };
    const sweep = (level: Level) => {
      kernels.computeCosts(level, WEIGHTS);
      for (let i = 0; i < 2; i++) kernels.sweep(level, WEIGHTS, i, 32, i);
    };

    test('matches and energies stay as they are', () => {
      const level = open();
      const outside = () => [level.field, level.costs].map((array) => array.filter((_, k) => isOutside(k)));
      const before = outside();
      sweep(level);
      expect(outside()).toEqual(before);
    });

    test('no match is lent from there', () => {
      const sweptBeside = (match: number) => {
        const level = open();
        level.field.forEach((own, k) => {
          level.field[k] = isOutside(k) ? match : own;
        });
        sweep(level);
        return level.field.filter((_, k) => !isOutside(k));
      };
      expect(sweptBeside((9 << 16) | 9)).toEqual(sweptBeside((50 << 16) | 33));
    });

    test('the picture stays as it is', () => {
      const level = open();
      const lab = level.lab.slice();
      kernels.vote(level);
      const voted = level.lab.slice();
      kernels.voteByEnergy(level, 60);
      const at = (x: number, y: number) => ((y + 2) * (SIZE.width + 4) + x + 2) * LAB_CHANNELS;
      for (const picture of [voted, level.lab]) {
        for (let y = 0; y < SIZE.height; y++) {
          expect(picture.slice(at(20, y), at(36, y))).toEqual(lab.slice(at(20, y), at(36, y)));
          expect(picture.slice(at(0, y), at(20, y))).not.toEqual(lab.slice(at(0, y), at(20, y)));
        }
      }
    });
  });

  test('a patch of high energy hardly counts in a vote by energy', () => {
    const level = randomLevel(kernels, SIZE, 8);
    level.region.fill(1);
    level.sourceLab.fill(0);
    const dark = (10 << 16) | 10;
    const light = (10 << 16) | 30;
    for (let y = 0; y < level.sourceHeight; y++) {
      for (let x = 20; x < level.sourceWidth; x++)
        level.sourceLab[(y * level.sourceWidth + x) * LAB_CHANNELS] = 1000;
    }
    level.field.forEach((_, k) => {
      level.field[k] = k % 2 ? dark : light;
      level.costs[k] = k % 2 ? 600 : 6;
    });
    kernels.voteByEnergy(level, 60);
    const inside = ((9 + 2) * (SIZE.width + 4) + 9 + 2) * LAB_CHANNELS;
    expect(level.lab[inside]).toBeGreaterThan(970);
    level.costs.fill(60);
    kernels.voteByEnergy(level, 60);
    expect(level.lab[inside]).toBeLessThan(700);
  });

  test('energies never rise, and are those of the matches', () => {
    const level = randomLevel(kernels, SIZE, 4);
    kernels.computeCosts(level, FREE);
    for (let i = 0; i < 4; i++) {
      const before = level.costs.slice();
      kernels.sweep(level, FREE, i, 16, i);
      expect(level.costs.every((cost, k) => cost <= before[k])).toBe(true);
      expect(sumOf(level.costs)).toBeLessThan(sumOf(before));
    }
    const found = level.costs.slice();
    kernels.computeCosts(level, FREE);
    expect(level.costs).toEqual(found);
  });

  test('even use spreads the matches over a source that is the same everywhere', () => {
    const spreadAt = (uniformity: number) => {
      const level = randomLevel(kernels, SIZE, 5);
      for (const array of [level.lab, level.sourceLab, level.guides, level.sourceGuides]) array.fill(0);
      level.region.fill(1);
      level.valid.fill(1);
      level.positionX.fill(30);
      level.positionY.fill(30);
      level.positionWeight.fill(0.1);
      const weights = { ...WEIGHTS, uniformity, uniformityCap: 1000 };
      kernels.computeCosts(level, weights);
      for (let i = 0; i < 6; i++) kernels.sweep(level, weights, i, 16, i);
      expect(sumOf(level.uses)).toBe(SIZE.width * SIZE.height);
      return { most: Math.max(...level.uses), cells: level.uses.filter((count) => count > 0).length };
    };
    const [gathered, even] = [spreadAt(0), spreadAt(50)];
    expect(gathered.most).toBeGreaterThan(300);
    expect(even.most).toBeLessThan(gathered.most / 4);
    expect(even.cells).toBeGreaterThan(3 * gathered.cells);
  });

  test('uses are counted on through a whole sweep', () => {
    const level = randomLevel(kernels, { ...SIZE, height: 120 }, 6);
    kernels.computeCosts(level, WEIGHTS);
    for (let i = 0; i < 3; i++) {
      kernels.sweep(level, WEIGHTS, i, 16, i);
      const counted = level.uses.slice();
      kernels.computeCosts(level, WEIGHTS);
      expect(counted).toEqual(level.uses);
    }
  });

  test('a target moved with its anchor gets the same matches, moved', () => {
    const still = randomLevel(kernels, SIZE, 7, [18, 24]);
    // Nothing that stands outside is read but by the patches at the rim.
    still.region.forEach((_, k) => {
      const [x, y] = [k % SIZE.width, Math.floor(k / SIZE.width)];
      still.region[k] = x >= 4 && x < 32 && y >= 4 && y < 44 ? 1 : 0;
    });
    const held = copyLevel(referenceKernels(), still);
    const sweep = (level: Level) => {
      kernels.computeCosts(level, WEIGHTS);
      for (let i = 0; i < 3; i++) kernels.sweep(level, WEIGHTS, i, 16, i);
      return level.field.slice();
    };
    const expected = sweep(still);
    const [dx, dy] = [5, 13];
    const moved = kernels.openLevel({ ...SIZE, width: 45, height: 64 }, 18 + dx, 24 + dy);
    for (const name of ['sourceLab', 'sourceGuides', 'valid'] as const) moved[name].set(held[name]);
    moveInto(held.lab, 40, moved.lab, 49, LAB_CHANNELS, dx, dy);
    moveInto(held.guides, 40, moved.guides, 49, held.guides.length / (40 * 52), dx, dy);
    for (const name of ['positionX', 'positionY', 'positionWeight', 'region', 'field'] as const)
      moveInto(held[name], SIZE.width, moved[name], 45, 1, dx, dy);
    const actual = sweep(moved);
    for (const [k, match] of expected.entries()) {
      if (!still.region[k] && !held.region[k]) continue;
      const [x, y] = [k % SIZE.width, Math.floor(k / SIZE.width)];
      expect(placeOf(actual[(y + dy) * 45 + x + dx]), `${x}, ${y}`).toEqual(placeOf(match));
    }
  });

  describe('Kuwahara', () => {
    test('keeps a step and flattens noise on both of its sides', () => {
      const random = seededRandom(8);
      const [width, height, edge] = [48, 32, 20];
      const data = Float32Array.from({ length: width * height }, (_, i) => {
        return (i % width < edge ? 20 : 80) + 12 * (random() - 0.5);
      });
      const out = kernels.kuwahara({ width, height, data }, 4, 2).data;
      const column = (x: number, of: Float32Array) => of.filter((_, i) => i % width === x);
      for (const [x, level] of [
        [edge - 1, 20],
        [edge, 80],
        [5, 20],
        [40, 80],
      ]) {
        expect(Math.abs(sumOf(column(x, out)) / height - level), `column ${x}`).toBeLessThan(2);
        expect(deviation(column(x, out)), `column ${x}`).toBeLessThan(0.5 * deviation(column(x, data)));
      }
    });

    test('leaves a flat plane as it is, to its border', () => {
      const flat = { width: 9, height: 7, data: new Float32Array(63).fill(42) };
      for (const value of kernels.kuwahara(flat, 3, 2).data) expect(value).toBeCloseTo(42, 3);
    });
  });
});

function deviation(values: ArrayLike<number>): number {
  const mean = sumOf(values) / values.length;
  return Math.sqrt(sumOf(Array.from(values, (value) => (value - mean) ** 2)) / values.length);
}

/** Moves matches that lie so near to the border that a neighbour's patch would show what is outside of the source. */
function inwards({ field, sourceWidth, sourceHeight }: Level): void {
  const clamp = (value: number, size: number) => Math.min(size - 5, Math.max(4, value));
  field.forEach((match, k) => {
    const [u, v] = placeOf(match);
    field[k] = (clamp(v, sourceHeight) << 16) | clamp(u, sourceWidth);
  });
}

type Numbers = Int16Array | Int32Array | Float32Array | Uint8Array;

function moveInto(
  from: Numbers,
  width: number,
  to: Numbers,
  wide: number,
  each: number,
  dx: number,
  dy: number,
) {
  for (let i = 0; i < from.length; i++) {
    const [k, c] = [Math.floor(i / each), i % each];
    to[((Math.floor(k / width) + dy) * wide + (k % width) + dx) * each + c] = from[i];
  }
}

test('cells of uses are counted by their edge', () => {
  const random = seededRandom(9);
  const kernels = referenceKernels();
  const size = { width: 9, height: 8, sourceWidth: 18, sourceHeight: 14 };
  const level = randomLevel(kernels, size, 9);
  level.region.fill(1);
  level.field.forEach((_, k) => {
    level.field[k] = randomMatch(random, size);
  });
  kernels.computeCosts(level, WEIGHTS);
  const expected = new Int32Array(level.uses.length);
  for (const match of level.field) {
    const [u, v] = placeOf(match);
    expected[Math.floor(v / USE_CELL) * (Math.floor(18 / USE_CELL) + 1) + Math.floor(u / USE_CELL)]++;
  }
  expect(level.uses).toEqual(expected);
});
