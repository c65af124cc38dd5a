import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plain } from '../../core/pictures/samples.ts';
import { astronaut, joconde, runLimner, spawnLimner } from '../../run-limner.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const portrait = () => inFolder('portrait.png');

beforeAll(async () => {
  // A small face makes quick tests.
  await sharp(astronaut).extract({ left: 130, top: 0, width: 240, height: 280 }).toFile(portrait());
  await plain(200, 200, '#88aa99').png().toFile(inFolder('faceless.png'));
  await copyFile(joconde, inFolder('style.jpg'));
});

beforeEach(async () => {
  await rm(inFolder('out'), { recursive: true, force: true });
  await mkdir(inFolder('out'));
});

const render = (portraits: string[], ...options: string[]) =>
  runLimner([
    'render',
    ...portraits,
    '--style',
    inFolder('style.jpg'),
    '--out',
    `${inFolder('out')}/`,
    '--quality',
    'draft',
    ...options,
  ]);

const written = () => readdir(inFolder('out'));

describe('limner render', () => {
  it('as a process: writes the result, prints JSON alone, quiet in a pipe', async () => {
    const output = inFolder('out', 'result.png');
    const args = ['render', portrait(), '--style', joconde, '--out', output, '--device', 'cpu'];
    const { code, out, err } = await spawnLimner([...args, '--quality', 'draft', '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const report = JSON.parse(out);
    expect(report).toMatchObject({ output, width: 240, height: 280, device: 'cpu' });
    expect(report.faces).toHaveLength(1);
    expect(report.faces[0].box.width).toBeGreaterThan(60);
    expect(report.timings.total).toBeGreaterThan(0);
    expect(report.metrics.identity).toBeGreaterThan(0.5);
    expect(report.metrics.landmarkError).toBeLessThan(0.06);
    expect(report.metrics.styleDistance).toBeLessThan(0.1);
    expect(await sharp(output).metadata()).toMatchObject({ format: 'png', width: 240, height: 280 });
    expect(await written()).toEqual(['result.png']);
  });

  it('without --json prints one line: where, how large, how long', async () => {
    const { code, out } = await render([portrait()]);
    expect(code).toBe(0);
    expect(out).toMatch(/^\S+portrait\.style\.png \(240×280, \d+ ms on \w+\)$/);
  });

  it('several portraits: a bad one stops no other, and the exit code is its own', async () => {
    await writeFile(inFolder('empty.png'), '');
    await copyFile(portrait(), inFolder('again.png'));
    const portraits = [inFolder('empty.png'), portrait(), inFolder('faceless.png'), inFolder('again.png')];
    const { code, out, err } = await render(portraits, '--json');
    expect(code).toBe(3);
    expect(await written()).toEqual(['again.style.png', 'portrait.style.png']);
    expect(out.split('\n').map((line) => JSON.parse(line).width)).toEqual([240, 240]);
    expect(err.split('\n').map((line) => JSON.parse(line).error)).toMatchObject([
      { code: 'EMPTY_FILE', portrait: inFolder('empty.png') },
      { code: 'NO_FACE', portrait: inFolder('faceless.png') },
    ]);
  });

  it.each(['NO_FACE', 'NO_FACE_IN_STYLE', 'NOT_FOUND'])('%s exits 3 and writes nothing', async (expected) => {
    const faceless = inFolder('faceless.png');
    const [who, style] = {
      NO_FACE: [faceless, joconde],
      NO_FACE_IN_STYLE: [portrait(), faceless],
      NOT_FOUND: [inFolder('nobody.png'), joconde],
    }[expected] as [string, string];
    const { code, out, err } = await render([who], '--style', style, '--json');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(JSON.parse(err).error.code).toBe(expected);
    expect(await written()).toEqual([]);
  });

  it('in words, an error names its portrait once', async () => {
    await writeFile(inFolder('empty.png'), '');
    const { err } = await render([inFolder('faceless.png'), inFolder('empty.png')]);
    const [noFace, empty] = err.split('\n');
    expect(noFace).toContain(`limner: ${inFolder('faceless.png')}: No face`);
    expect(empty.split('empty.png')).toHaveLength(2);
  });

  it('a face too small to paint well: a warning, and the picture is there', async () => {
    const small = inFolder('small.png');
    const face = await sharp(portrait()).resize(66, 77).toBuffer();
    await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#678' } })
      .composite([{ input: face, left: 600, top: 400 }])
      .png()
      .toFile(small);
    const { code, out, err } = await render([small], '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ width: 1200, faces: [{}] });
    const warnings = err.split('\n').map((line) => JSON.parse(line).warning);
    for (const warning of warnings) expect(warning).toMatchObject({ portrait: small });
    expect(await written()).toEqual(['small.style.png']);
  });

  it('never overwrites an input', async () => {
    const before = await readFile(portrait());
    const { code, err } = await render([portrait()], '--out', portrait());
    expect(code).toBe(3);
    expect(err).toContain('[OUTPUT_EXISTS_AS_INPUT]');
    expect((await readFile(portrait())).equals(before)).toBe(true);
  });

  it('makes JPEG without alpha and WebP with it', async () => {
    await render([portrait()], '--out', inFolder('out', 'a.jpg'), '--background', 'transparent');
    await render([portrait()], '--out', inFolder('out', 'a.webp'), '--background', 'transparent');
    expect(await sharp(inFolder('out', 'a.jpg')).metadata()).toMatchObject({
      format: 'jpeg',
      hasAlpha: false,
    });
    expect(await sharp(inFolder('out', 'a.webp')).metadata()).toMatchObject({
      format: 'webp',
      hasAlpha: true,
    });
  });

  it('the portrait turned by EXIF comes out upright, at the size it is seen', async () => {
    const turned = inFolder('turned.jpg');
    await sharp(await sharp(portrait()).rotate(-90).toBuffer())
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toFile(turned);
    const { code } = await render([turned]);
    expect(code).toBe(0);
    const { width, height, orientation } = await sharp(inFolder('out', 'turned.style.png')).metadata();
    expect([width, height, orientation]).toEqual([240, 280, undefined]);
  });

  it('cancelled before it starts: CANCELLED, 130, nothing written', async () => {
    const { code, err } = await runLimner(
      ['render', portrait(), '--style', joconde, '--out', inFolder('out', 'a.png'), '--json'],
      AbortSignal.abort(),
    );
    expect(code).toBe(130);
    expect(JSON.parse(err).error.code).toBe('CANCELLED');
    expect(await written()).toEqual([]);
  });

  it('interrupted as a process: CANCELLED, 130, every file whole', async () => {
    const many = await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        await copyFile(portrait(), inFolder(`p${i}.png`));
        return inFolder(`p${i}.png`);
      }),
    );
    const args = [
      'render',
      ...many,
      '--style',
      inFolder('style.jpg'),
      '--quality',
      'draft',
      '--out',
      inFolder('out'),
    ];
    const { code, err } = await spawnLimner(args, (child) => {
      child.stdout?.once('data', () => child.kill('SIGINT'));
    });
    expect(code).toBe(130);
    expect(err).toContain('[CANCELLED]');
    const names = await written();
    expect(names.length).toBeGreaterThan(0);
    expect(names.length).toBeLessThan(30);
    for (const name of names) expect(name).toMatch(/^p\d+\.style\.png$/);
  });
});
