import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import type { PreparedStyle } from '../../models/stylize/stylize.ts';
import { asStored, readApproved, readVariations } from './approved.ts';
import { compare, findFailures } from './compare.ts';
import { paintPair, prepareReference } from './paint.ts';
import type { Pair } from './pairs.ts';
import { readRegions } from './regions.ts';
import { describeFailure, writeReport } from './report.ts';

/** Paints pairs and compares them with what was approved. */
export function testGallery(pairs: readonly Pair[]): void {
  let networks: FaceNetworks;
  beforeAll(async () => {
    networks = await loadFaceNetworks({ device: 'cpu' });
  });
  afterAll(() => networks.release());

  describe.each([...new Set(pairs.map(({ reference }) => reference))])('painted from %s', (reference) => {
    let style: PreparedStyle;
    beforeAll(async () => {
      style = await prepareReference(reference, networks);
    });

    it.each(pairs.filter((pair) => pair.reference === reference))('$name is as approved', async (pair) => {
      const result = await asStored(await paintPair(pair, style, networks));
      const approved = await readApproved(pair);
      const differences = compare(result, approved, await readRegions(pair.portrait));
      const failures = findFailures(differences, (await readVariations())[pair.name] ?? {});
      if (failures.length === 0) return;
      await writeReport(pair, result, approved, (inspect) => paintPair(pair, style, networks, { inspect }));
      expect.fail(describeFailure(pair, failures));
    });
  });
}
