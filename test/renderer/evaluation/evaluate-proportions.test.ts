import { copyFile, mkdir } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { plain } from '../core/pictures/samples.ts';
import { astronaut, joconde, runLimner } from '../run-limner.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const inFolder = temporaryFolder();

beforeAll(async () => {
  await mkdir(inFolder('portraits'));
  await mkdir(inFolder('styles'));
  const crop = { left: 130, top: 0, width: 240, height: 280 };
  await sharp(astronaut).extract(crop).toFile(inFolder('portraits', 'a.png'));
  await copyFile(joconde, inFolder('styles', 'joconde.jpg'));
  await plain(90, 90, '#8899aa').png().toFile(inFolder('styles', 'sky.png'));
});

const evaluate = (...options: string[]) =>
  runLimner([
    ...['evaluate', 'proportions', '--portraits', inFolder('portraits'), '--styles', inFolder('styles')],
    ...options,
  ]);

describe('limner evaluate proportions', () => {
  it('says what a change of proportions does to photographs, and writes a sheet', async () => {
    const { code, out } = await evaluate('--proportions', '0.6', '--sheet', inFolder('sheet.png'), '--json');
    expect(code).toBe(0);
    const { pairs, identity, smallestJacobian, scaledBack, measuredOverAsked, skipped } = JSON.parse(out);
    expect(pairs).toMatchObject([{ portrait: 'a.png', style: 'joconde.jpg', share: 1 }]);
    expect(identity.mean).toBeGreaterThan(0.8);
    expect(identity.mean).toBeLessThan(0.999);
    expect(smallestJacobian).toBeGreaterThan(0.2);
    expect(smallestJacobian).toBeLessThan(0.95);
    expect(scaledBack).toBe(0);
    expect(measuredOverAsked.all).toBeGreaterThan(0.4);
    expect(measuredOverAsked.all).toBeLessThan(1.6);
    expect(skipped).toEqual([inFolder('styles', 'sky.png')]);
    const { width, height } = await sharp(inFolder('sheet.png')).metadata();
    expect([width, height].map((edge) => Math.floor((edge ?? 0) / 256))).toEqual([2, 2]);
  });

  it('counts folds by geometry alone, as the deformed photographs have them', async () => {
    const { code, out } = await evaluate('--folds', '--json', '--proportions', '0.6');
    expect(code).toBe(0);
    const { pairs, folds, smallestJacobian, scaledBack, portraits, styles } = JSON.parse(out);
    expect({ count: pairs.length, folds, portraits, styles }).toEqual({
      ...{ count: 1, folds: 0, portraits: 1, styles: 1 },
    });
    expect(smallestJacobian).toBe(pairs[0].jacobian);
    expect(scaledBack).toEqual({ count: 0, shares: {} });
    const whole = JSON.parse((await evaluate('--json', '--proportions', '0.6')).out);
    expect(pairs[0].jacobian).toBeCloseTo(whole.pairs[0].jacobian, 6);
  });

  it('has nothing to show where nothing is deformed', async () => {
    const { code, err } = await evaluate('--folds', '--sheet', inFolder('none.png'));
    expect(code).toBe(2);
    expect(err).toContain('without --sheet');
  });
});
