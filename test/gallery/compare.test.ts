import { describe, expect, it } from 'vitest';
import { createPicture, type Picture } from '../../models/image/picture.ts';
import { approvedSizes, asStored, readApproved, readVariations } from './approved.ts';
import { compare, findFailures } from './compare.ts';
import { FAULTS, harmlessNoise } from './faults.ts';
import { readPortrait } from './paint.ts';
import { PAIRS, pairsNamed } from './pairs.ts';
import { REGIONS, readRegions } from './regions.ts';

/** A painting and a drawing. */
const SAMPLES = pairsNamed(['omar-oil', 'duckworth-pencil']);

const failuresOf = async (pair: (typeof PAIRS)[number], result: Picture) => {
  const regions = await readRegions(pair.portrait);
  return findFailures(
    compare(await asStored(result), await readApproved(pair), regions),
    (await readVariations())[pair.name],
  );
};

describe('the comparison with what was approved', () => {
  it.each(SAMPLES)('lets harmless noise pass in $name', async (pair) => {
    const failures = await failuresOf(pair, harmlessNoise(await readApproved(pair)));
    expect(failures).toEqual([]);
  });

  it.each(FAULTS)('fails a result $name', async ({ damage }) => {
    const failed = await Promise.all(
      SAMPLES.map(async (pair) => {
        const [approved, regions] = [await readApproved(pair), await readRegions(pair.portrait)];
        return failuresOf(pair, damage(approved, await readPortrait(pair.portrait), regions));
      }),
    );
    expect(failed.flat()).not.toEqual([]);
  });

  it('names the region and the measure, the worst first', async () => {
    const [pair] = SAMPLES;
    const [approved, portrait] = [await readApproved(pair), await readPortrait(pair.portrait)];
    const grounds = FAULTS.find(({ name }) => name === 'without its ground');
    const damaged = grounds!.damage(approved, portrait, await readRegions(pair.portrait));
    const [worst] = await failuresOf(pair, damaged);
    expect(worst).toMatchObject({ region: 'ground', measure: 'cast' });
    expect(worst.value).toBeGreaterThan(worst.limit);
  });

  it('fails a picture that is no picture', async () => {
    const [pair] = SAMPLES;
    const approved = await readApproved(pair);
    expect(await failuresOf(pair, createPicture(approved.width, approved.height))).not.toEqual([]);
  });
});

describe('the approved results', () => {
  it('are those of the pairs, each with its variation, in 3 MB', async () => {
    const [sizes, variations] = [await approvedSizes(), await readVariations()];
    const names = PAIRS.map(({ name }) => name).sort();
    expect([...sizes.keys()].sort()).toEqual(names);
    expect(Object.keys(variations).sort()).toEqual(names);
    expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(3e6);
  });

  it('are judged in the face, on the ground and at the edge of every portrait', async () => {
    for (const [name, variation] of Object.entries(await readVariations())) {
      expect(Object.keys(variation), name).toEqual(
        expect.arrayContaining(['ground', 'face', 'eyes', 'edge']),
      );
      expect(REGIONS).toEqual(expect.arrayContaining(Object.keys(variation)));
    }
  });
});

describe('a name of no pair', () => {
  it('is refused with the names that there are', () => {
    expect(() => pairsNamed(['omar-oil', 'mona-lisa'])).toThrow(/received mona-lisa\. There are: casten-/);
  });
});
