import { mkdir, readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { noise } from '../../core/pictures/samples.ts';
import { spawnLimner } from '../../run-limner.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const args = (images: readonly string[], ...more: string[]) => [
  'upscale',
  ...images,
  '--weights',
  'srgan-lite',
  '--device',
  'cpu',
  '--no-provenance',
  ...more,
];
const lines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

beforeAll(async () => {
  await mkdir(inFolder('out'));
  await noise(32, 24).png().toFile(inFolder('a.png'));
});

describe('--json', () => {
  const given = process.env['NODE_OPTIONS'];
  afterEach(() => {
    if (given === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = given;
  });

  it('keeps what libraries write to both streams from them', async () => {
    // A library that talks, in the process that does the work.
    const talk =
      "import{writeSync}from'fs';if(process.env.LIMNER_QUIET){writeSync(1,'Warning!');writeSync(2,'Warning!')}";
    process.env['NODE_OPTIONS'] = `--import=data:text/javascript,${encodeURIComponent(talk)}`;
    const images = [inFolder('nobody.png'), inFolder('a.png')];
    const { code, out, err } = await spawnLimner(args(images, '--json', '--out', inFolder('out/')));
    expect(code).toBe(3);
    expect(lines(out)).toMatchObject([{ width: 128, height: 96 }]);
    expect(lines(err)).toMatchObject([{ error: { code: 'NOT_FOUND', image: inFolder('nobody.png') } }]);
  });

  it('interrupted: CANCELLED as JSON, 130, every file whole', async () => {
    const many = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        await noise(160, 160)
          .png()
          .toFile(inFolder(`p${i}.png`));
        return inFolder(`p${i}.png`);
      }),
    );
    const { code, err } = await spawnLimner(args(many, '--json', '--out', inFolder('many/')), (child) => {
      child.stdout?.once('data', () => child.kill('SIGINT'));
    });
    expect(code).toBe(130);
    expect(lines(err)).toMatchObject([{ error: { code: 'CANCELLED' } }]);
    for (const name of await readdir(inFolder('many'))) expect(name).toMatch(/^p\d+\.x4\.png$/);
  });
});

describe('pipes', () => {
  async function piped(given: readonly string[], input: Uint8Array) {
    const parts: Buffer[] = [];
    const run = await spawnLimner(given, (child) => {
      child.stdout?.on('data', (part: Buffer) => parts.push(part));
      child.stdin?.end(input);
    });
    return { ...run, bytes: Buffer.concat(parts) };
  }

  it.each([[[]], [['--json']], [['--out', '-']]])('- reads and writes them, with %j', async (more) => {
    const { code, err, bytes } = await piped(args(['-'], ...more), await noise(32, 24).png().toBuffer());
    expect(code).toBe(0);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 128, height: 96 });
    if (more.includes('--json')) expect(lines(err)).toMatchObject([{ output: '-', width: 128 }]);
    else expect(err).toContain('- (128×96');
  });

  it('are read once, however often they are named', async () => {
    const png = await noise(32, 24).png().toBuffer();
    expect((await piped(args(['-', '-'], '--out', inFolder('twice/')), png)).code).toBe(0);
    expect(await readdir(inFolder('twice'))).toHaveLength(2);
  });

  it('into a folder, and EMPTY_FILE when nothing comes', async () => {
    const png = await noise(32, 24).png().toBuffer();
    expect((await piped(args(['-'], '--out', inFolder('out/')), png)).code).toBe(0);
    expect(await readdir(inFolder('out'))).toContain('stdin.x4.png');
    const { code, err } = await piped(args(['-'], '--json'), Buffer.alloc(0));
    expect(code).toBe(3);
    expect(lines(err)).toMatchObject([{ error: { code: 'EMPTY_FILE', image: '-' } }]);
  });
});
