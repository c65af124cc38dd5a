import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../hosts/chromium.ts';
import { svg, teamFrame } from '../../export/frames.ts';
import { joconde, runLimner } from '../../run-limner.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const run = (frames: string[], ...options: string[]) =>
  runLimner(['export', ...frames, '--style', joconde, '--json', ...options]);

describe.skipIf(!findChromium())('limner export', () => {
  beforeAll(async () => {
    await mkdir(inFolder('frames'));
    await writeFile(inFolder('frames', 'a team.svg'), await teamFrame());
    await writeFile(inFolder('frames', 'bad.svg'), svg(9, 9, '<image href="https://example.org/a.png"/>'));
  });

  it('a folder: restyles the portraits, signs the result, names what is unsafe and goes on', async () => {
    const { code, out, err } = await run([inFolder('frames')], '--out', `${inFolder('out')}/`);
    expect(code).toBe(3);
    expect(JSON.parse(err).error).toMatchObject({
      code: 'UNSAFE_SVG',
      message: expect.stringContaining('the reference https://example.org/a.png'),
    });
    expect(JSON.parse(out)).toMatchObject({ width: 240, height: 200, format: 'png', portraits: 2 });
    expect(await readdir(inFolder('out'))).toEqual(['a team.joconde.png']);
    const file = inFolder('out', 'a team.joconde.png');
    expect(await sharp(file).metadata()).toMatchObject({ width: 240, height: 200, hasAlpha: true });
    const inspected = await runLimner(['inspect', file, '--json']);
    expect(JSON.parse(inspected.out).provenance).toMatchObject({ verdict: 'trusted', action: 'exported' });
  });

  it('PDF by the name in --out, with XMP that says how it was made, or without', async () => {
    const [signed, plain] = [inFolder('team.pdf'), inFolder('plain.pdf')];
    expect((await run([inFolder('frames', 'a team.svg')], '--out', signed, '--portraits', 'Jane')).code).toBe(
      0,
    );
    const inspected = await runLimner(['inspect', signed, '--json']);
    expect(JSON.parse(inspected.out).provenance).toMatchObject({ verdict: 'unsigned', action: 'exported' });
    await run([inFolder('frames', 'a team.svg')], '--out', plain, '--portraits', 'Jane', '--no-provenance');
    expect((await readFile(plain)).includes('xmpmeta')).toBe(false);
  });

  it.each([
    [['--format', 'webp', '--out', 'x.png'], 'Expected a name ending in .webp'],
    [['--scale', '9'], 'Expected a number from 0.1 to 8 for --scale'],
    [['--figma', 'KEY'], 'Expected either SVG files or --figma'],
  ])('%j exits 2', async (options, message) => {
    const { code, err } = await run([inFolder('frames', 'a team.svg')], ...options);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
  });
});
