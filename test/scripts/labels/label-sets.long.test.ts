import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PARSING_CLASSES, type ParsingClass, UNKNOWN } from '../../../models/face/parsing-classes.ts';
import { classNumber } from '../../../scripts/labels/classes.ts';
import { correctLabels } from '../../../scripts/labels/corrections.ts';
import { LABEL_SIZE, type LabelMap, readLabelMap } from '../../../scripts/labels/label-map.ts';
import {
  maskPath,
  nameOf,
  readCorrected,
  readCorrections,
  startPath,
} from '../../../scripts/labels/label-set.ts';

const SETS = [
  { set: 'scripts/labels/portraits', pictures: '../shared/data/portraits', least: 120 },
  { set: 'test/fixtures/reference-labels', pictures: '../shared/data/styles', least: 40 },
];
/** Hundreds of maps are read; on a machine with many more tasks than cores that takes longer than a minute. */
/** Other decoders of JPEG move a border by a pixel here and there. */
const MOVED = 0.002;

const share = ({ data }: LabelMap, name: ParsingClass) =>
  data.reduce((sum, label) => sum + (label === classNumber(name) ? 1 : 0), 0) / data.length;

describe.each(SETS)('the labels of $set', ({ set, pictures, least }) => {
  const all = readCorrections(set);

  test('each has a start and a mask, of one size and of known classes', async () => {
    expect(all.length).toBeGreaterThanOrEqual(least);
    expect(readdirSync(`${set}/masks`).sort()).toEqual(
      all.map(({ picture }) => `${nameOf(picture)}.png`).sort(),
    );
    for (const { picture, size } of all) {
      const [start, mask] = await Promise.all(
        [startPath, maskPath].map((path) => readLabelMap(path(set, nameOf(picture)))),
      );
      expect([start.width, start.height], picture).toEqual([mask.width, mask.height]);
      const scale = Math.min(1, LABEL_SIZE / Math.max(...size));
      expect(Math.abs(mask.width - size[0] * scale), picture).toBeLessThan(1);
      expect(Math.abs(mask.height - size[1] * scale), picture).toBeLessThan(1);
      expect(
        mask.data.every((label) => label < PARSING_CLASSES.length || label === UNKNOWN),
        picture,
      ).toBe(true);
      expect(share(mask, 'faceSkin'), picture).toBeGreaterThan(0.003);
    }
  });

  test.skipIf(!existsSync(pictures))('the recipe makes the masks (needs ../shared/data)', async () => {
    for (const one of all.filter((_, i) => i % Math.ceil(all.length / 3) === 0)) {
      const name = nameOf(one.picture);
      const start = await readLabelMap(startPath(set, name));
      const made = correctLabels(start, await readCorrected(pictures, one), one.edits);
      const mask = await readLabelMap(maskPath(set, name));
      const other = made.data.reduce((sum, label, i) => sum + (label === mask.data[i] ? 0 : 1), 0);
      expect(other / mask.data.length, name).toBeLessThan(MOVED);
    }
  });
});

test('the portraits show every class, so that a network can learn it', async () => {
  const names = readCorrections(SETS[0].set).map(({ picture }) => nameOf(picture));
  const counts = new Map<ParsingClass, number>();
  for (const name of names) {
    const mask = await readLabelMap(maskPath(SETS[0].set, name));
    for (const one of PARSING_CLASSES)
      if (mask.data.includes(classNumber(one))) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const rare: Partial<Record<ParsingClass, number>> = {
    headwear: 6,
    other: 8,
    glasses: 35,
    facialHair: 25,
    hair: 105,
  };
  for (const one of PARSING_CLASSES)
    expect(counts.get(one) ?? 0, one).toBeGreaterThanOrEqual(rare[one] ?? 50);
});
