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
  await mkdir(inFolder('none'));
  const crop = { left: 130, top: 0, width: 240, height: 280 };
  await sharp(astronaut).extract(crop).toFile(inFolder('portraits', 'a.png'));
  await sharp(astronaut).extract(crop).flop().toFile(inFolder('portraits', 'b.png'));
  await copyFile(joconde, inFolder('styles', 'joconde.jpg'));
  await plain(90, 90, '#8899aa').png().toFile(inFolder('styles', 'sky.png'));
});

const evaluate = (...options: string[]) =>
  runLimner([
    'evaluate',
    'style',
    '--portraits',
    inFolder('portraits'),
    '--styles',
    inFolder('styles'),
    ...options,
  ]);

describe('limner evaluate style', () => {
  it('measures pairs and baselines, skips styles without a face, writes a sheet', async () => {
    const { code, out, err } = await evaluate('--limit', '1', '--sheet', inFolder('sheet.png'), '--json');
    expect(code).toBe(0);
    expect(err).toMatch(/Skipped: No face.*sky\.png/);
    const { count, found, mean, p10, baselines, pairs, skipped } = JSON.parse(out);
    expect({ count, found }).toEqual({ count: 1, found: 1 });
    expect(pairs).toMatchObject([
      { portrait: 'a.png', folder: 'styles', style: 'joconde.jpg', coloured: true, found: true, ...mean },
    ]);
    const { portrait, result } = pairs[0].faceLightness;
    expect(portrait).toBeGreaterThan(result); // she is paler than the painting is
    expect(p10.identity).toBe(mean.identity);
    expect(baselines.untouched).toMatchObject({ identity: 1, landmarkError: 0, gazeError: 0 });
    expect(mean.gazeError).toBeLessThan(0.1); // both look at the viewer
    expect(baselines.reinhard.styleDistance).toBeLessThan(baselines.untouched.styleDistance);
    expect(mean.styleDistance).toBeLessThan(baselines.untouched.styleDistance);
    expect(mean.completeness).toBeLessThan(baselines.untouched.completeness);
    expect(mean.coherence).toBeGreaterThan(0);
    expect(baselines.untouched.photographicResidue).toBeGreaterThan(0.99);
    expect(baselines.reinhard.photographicResidue).toBeGreaterThan(0.8); // a graded photograph
    expect(mean.photographicResidue).toBeLessThan(0.5);
    expect(skipped).toEqual([{ name: inFolder('styles', 'sky.png'), code: 'NO_FACE_IN_STYLE' }]);
    const sheet = await sharp(inFolder('sheet.png')).metadata();
    expect([sheet.width, sheet.height].map((edge) => Math.floor(edge / 224))).toEqual([2, 2]);
  });

  it('takes every n-th portrait, and prints a table for people', async () => {
    const { code, out } = await evaluate('--every', '2', '--no-baselines');
    expect(code).toBe(0);
    expect(out).toMatch(/^1 pairs, a face found again in 1/);
    expect(out).not.toContain('reinhard');
  });

  it('takes several folders of styles, and saves the results', async () => {
    await mkdir(inFolder('more'), { recursive: true });
    await sharp(joconde).flop().toFile(inFolder('more', 'joconde.jpg'));
    const options = ['--styles', inFolder('styles'), inFolder('more'), '--every', '2', '--no-baselines'];
    const { code, out } = await runLimner([
      ...['evaluate', 'style', '--portraits', inFolder('portraits'), ...options],
      ...['--results', inFolder('results'), '--json'],
    ]);
    expect(code).toBe(0);
    const { count, byFolder, pairs } = JSON.parse(out);
    expect(count).toBe(2);
    expect(Object.keys(byFolder)).toEqual(['styles', 'more']);
    expect(byFolder.more).toMatchObject({ count: 1, mean: { completeness: pairs[1].completeness } });
    for (const folder of ['styles', 'more']) {
      const { width, height } = await sharp(inFolder('results', folder, 'a.joconde.png')).metadata();
      expect([width, height]).toEqual([240, 280]);
    }
  });

  it('NO_PICTURES and NOT_FOUND for folders', async () => {
    expect((await evaluate('--styles', inFolder('none'))).err).toContain('[NO_PICTURES]'); // one of two
    expect((await evaluate('--styles', inFolder('nowhere'))).err).toContain('[NOT_FOUND]');
  });
});
