import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { initialParameters, layoutOf } from '../../../../models/graph/parameters.ts';
import type { Picture } from '../../../../models/image/picture.ts';
import { psnrY } from '../../../../models/image/psnr.ts';
import { resizePicture } from '../../../../models/image/resize.ts';
import { generator } from '../../../../models/upscale/generator.ts';
import { inferenceModel } from '../../../../models/upscale/inference-model.ts';
import { encodePicture } from '../../../../renderer/core/pictures/encode-picture.ts';
import { readPicture } from '../../../../renderer/core/pictures/read-picture.ts';
import { astronaut, runLimner, spawnLimner } from '../../run-limner.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const small = () => inFolder('small.png');

beforeAll(async () => {
  await sharp(astronaut).extract({ left: 180, top: 90, width: 48, height: 37 }).toFile(small());
});

beforeEach(async () => {
  await rm(inFolder('out'), { recursive: true, force: true });
  await mkdir(inFolder('out'));
});

afterEach(() => vi.unstubAllEnvs());

const upscale = (images: string[], ...options: string[]) =>
  runLimner(['upscale', ...images, '--weights', 'srgan-lite', '--out', `${inFolder('out')}/`, ...options]);
const written = () => readdir(inFolder('out'));

describe('limner upscale', () => {
  it('as a process: writes the result four times larger, prints JSON alone', async () => {
    const output = inFolder('out', 'large.png');
    const args = [
      'upscale',
      small(),
      '--weights',
      'srgan-lite',
      '--device',
      'cpu',
      '--out',
      output,
      '--json',
    ];
    const { code, out, err } = await spawnLimner(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const report = { output, width: 192, height: 148, weights: 'srgan-lite', device: 'cpu' };
    expect(JSON.parse(out)).toMatchObject(report);
    expect(await sharp(output).metadata()).toMatchObject({ format: 'png', width: 192, height: 148 });
    expect(await written()).toEqual(['large.png']);
  });

  it('twice as large, with the best network that is there, beside the picture', async () => {
    const { code, out } = await runLimner(['upscale', small(), '--scale', '2']);
    expect(code).toBe(0);
    expect(out).toMatch(/small\.x2\.png \(96×74, \d+ ms, (srgan|srresnet|srgan-lite) on \w+\)$/);
    const { width, height } = await sharp(inFolder('small.x2.png')).metadata();
    expect([width, height]).toEqual([96, 74]);
  });

  it('several pictures: a bad one stops no other, and the exit code is its own', async () => {
    await writeFile(inFolder('empty.png'), '');
    await copyFile(small(), inFolder('again.png'));
    const { code, err } = await upscale([inFolder('empty.png'), small(), inFolder('again.png')]);
    expect(code).toBe(3);
    expect(err).toContain('[EMPTY_FILE]');
    expect(await written()).toEqual(['again.x4.png', 'small.x4.png']);
  });

  it('never overwrites an input', async () => {
    const before = await readFile(small());
    const { code, err } = await upscale([small()], '--out', small());
    expect(code).toBe(3);
    expect(err).toContain('[OUTPUT_EXISTS_AS_INPUT]');
    expect((await readFile(small())).equals(before)).toBe(true);
  });

  it('keeps transparency', async () => {
    await sharp(small()).ensureAlpha(0.5).toFile(inFolder('veil.png'));
    await upscale([inFolder('veil.png')]);
    const { data, width } = await readPicture(inFolder('out', 'veil.x4.png'));
    expect(width).toBe(192);
    expect(data[3]).toBe(127);
  });
});

describe('its result', () => {
  let truth: Picture;
  let bicubic: Picture;
  let result: Picture;
  beforeAll(async () => {
    const part = await sharp(astronaut).extract({ left: 100, top: 0, width: 256, height: 256 }).toBuffer();
    await writeFile(inFolder('truth.png'), part);
    truth = await readPicture(inFolder('truth.png'));
    const low = resizePicture(truth, 64, 64);
    bicubic = resizePicture(low, 256, 256);
    await writeFile(inFolder('low.png'), await encodePicture(low, 'png'));
    await upscale([inFolder('low.png')]);
    result = await readPicture(inFolder('out', 'low.x4.png'));
  });

  it('is nearer the truth than bicubic interpolation', () => {
    expect(psnrY(result, truth)).toBeGreaterThan(psnrY(bicubic, truth) + 0.5);
  });

  it('has the same mean colour', () => {
    for (const channel of [0, 1, 2]) {
      expect(Math.abs(mean(result, channel) - mean(bicubic, channel))).toBeLessThan(2);
    }
  });
});

describe('what cannot be enlarged', () => {
  it('BAD_WEIGHTS: no network at all, or another one', async () => {
    for (const file of [small(), 'models/weights/facemesh.onnx']) {
      const { code, err } = await upscale([small()], '--weights', file, '--json');
      expect(code).toBe(3);
      expect(JSON.parse(err).error.code).toBe('BAD_WEIGHTS');
    }
    expect((await upscale([small()], '--weights', inFolder('none.onnx'))).err).toContain('[NOT_FOUND]');
  });

  it('WEIGHTS_MISSING names what is not there', async () => {
    vi.stubEnv('LIMNER_WEIGHTS', inFolder('out'));
    const named = await upscale([small()]);
    expect(named).toMatchObject({
      code: 4,
      err: expect.stringMatching(/srgan-lite\.onnx .*\[WEIGHTS_MISSING/),
    });
    const best = await runLimner(['upscale', small()]);
    expect(best.err).toMatch(/srgan\.onnx, srresnet\.onnx, srgan-lite\.onnx.*\[WEIGHTS_MISSING/);
  });

  it('BAD_OUTPUT: a network that returns NaN exits 4, and nothing is written', async () => {
    const size = { blocks: 1, channels: 4, form: 'direct' } as const;
    const layout = layoutOf(generator(size), [1, 3, 24, 24]);
    const broken = initialParameters(layout, () => Number.NaN);
    await writeFile(inFolder('broken.onnx'), inferenceModel(generator(size), broken, layout));
    const { code, err } = await upscale([small()], '--weights', inFolder('broken.onnx'));
    expect({ code, err }).toEqual({ code: 4, err: expect.stringContaining('[BAD_OUTPUT]') });
    expect(await written()).toEqual([]);
  });

  it.each([
    [['--scale', '3'], 'Expected 2 or 4 for --scale but received "3".'],
    [['--out', 'x.bmp'], 'Expected a name ending in'],
  ])('%j exits 2', async (options, message) => {
    const { code, err } = await upscale([small()], ...options);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
  });

  it('interrupted as a process: CANCELLED, 130, every file whole', async () => {
    const many = await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        await copyFile(small(), inFolder(`p${i}.png`));
        return inFolder(`p${i}.png`);
      }),
    );
    const args = ['upscale', ...many, '--weights', 'srgan-lite', '--out', inFolder('out')];
    const { code, err } = await spawnLimner(args, (child) => {
      child.stdout?.once('data', () => child.kill('SIGINT'));
    });
    expect(code).toBe(130);
    expect(err).toContain('[CANCELLED]');
    const names = await written();
    expect(names.length).toBeLessThan(30);
    for (const name of names) expect(name).toMatch(/^p\d+\.x4\.png$/);
  });
});

function mean({ data }: Picture, channel: number): number {
  let sum = 0;
  for (let i = channel; i < data.length; i += 4) sum += data[i];
  return (4 * sum) / data.length;
}
