import { mkdir } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { plain } from '../core/pictures/samples.ts';
import { astronaut, joconde, runLimner } from '../run-limner.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const inFolder = temporaryFolder();

beforeAll(async () => {
  await mkdir(inFolder('people'));
  await sharp(astronaut)
    .extract({ left: 130, top: 0, width: 240, height: 280 })
    .toFile(inFolder('people', 'a.png'));
  await sharp(joconde).toFile(inFolder('people', 'b.png'));
  await plain(90, 90, '#8899aa').png().toFile(inFolder('people', 'c.png'));
});

describe('limner evaluate faces', () => {
  it('counts faces upright, tilted and small, and compares different people', async () => {
    const { code, out } = await runLimner([
      'evaluate',
      'faces',
      '--data',
      inFolder('people'),
      '--probes',
      '1',
      '--json',
    ]);
    expect(code).toBe(0);
    const { upright, tilted, small, strangers } = JSON.parse(out);
    expect(upright).toEqual({ found: 2, of: 3 });
    expect(Object.keys(tilted)).toEqual(['30', '60', '90', '120', '150', '180']);
    for (const degrees of ['30', '60', '90', '180']) expect(tilted[degrees]).toEqual({ found: 1, of: 1 });
    expect(small['1000']).toEqual({ found: 1, of: 1 });
    expect(strangers.pairs).toBe(1);
    expect(strangers.median).toBeLessThan(0.7);
  });

  it('NOT_FOUND for a folder that is not there', async () => {
    expect((await runLimner(['evaluate', 'faces', '--data', inFolder('nowhere')])).err).toContain(
      '[NOT_FOUND]',
    );
  });
});
