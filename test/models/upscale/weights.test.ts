import { readFile } from 'node:fs/promises';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cropPicture } from '../../../models/image/crop.ts';
import { niqe } from '../../../models/image/niqe.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { psnrY } from '../../../models/image/psnr.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { loadWeights, useWeights } from '../../../models/runtime/index.ts';
import { GENERATORS } from '../../../models/upscale/generator.ts';
import {
  loadUpscaler,
  openUpscaler,
  type Upscaler,
  type UpscalerName,
  upscale,
} from '../../../models/upscale/upscale.ts';
import model from '../../../models/weights/niqe.json' with { type: 'json' };
import { readPicture } from '../../../renderer/core/pictures/read-picture.ts';

const EDGE = 288;
const CPU = { device: 'cpu', threads: 2 } as const;

let truth: Picture;
let low: Picture;
let bicubic: Picture;

beforeAll(async () => {
  truth = cropPicture(await readPicture('test/fixtures/astronaut.png'), {
    x: 100,
    y: 0,
    width: EDGE,
    height: EDGE,
  });
  low = resizePicture(truth, EDGE / 4, EDGE / 4);
  bicubic = resizePicture(low, EDGE, EDGE);
});

const worst = (a: Picture, b: Picture): number =>
  a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i])), 0);

describe.each<UpscalerName>(['srgan-lite', 'srresnet', 'srgan'])('%s as shipped', (name) => {
  let upscaler: Upscaler;
  let result: Picture;
  beforeAll(async () => {
    upscaler = await loadUpscaler(name, CPU);
    result = await upscale(low, upscaler);
  });

  test('is better than bicubic', () => {
    if (name === 'srgan') expect(niqe(result, model)).toBeLessThan(niqe(bicubic, model));
    else expect(psnrY(result, truth)).toBeGreaterThan(psnrY(bicubic, truth) + 0.8);
  });

  test('keeps the colours', () => {
    expect(psnrY(resizePicture(result, low.width, low.height), low)).toBeGreaterThan(32);
  });

  test('leaves no seams between tiles', async () => {
    // In 8-bit steps; what `srgan` invents follows rounding most, and srgan-lite rounds in 8 bits itself.
    const limit = { 'srgan-lite': 5, srresnet: 1, srgan: 2 }[name];
    expect(worst(await upscale(low, upscaler, { tile: 24 }), result)).toBeLessThanOrEqual(limit);
  });
});

describe('srgan-lite on a processor', () => {
  const float = async () => openUpscaler(await loadWeights('srgan-lite'), GENERATORS['srgan-lite'], CPU);
  const enlarged = async (upscaler: Upscaler) => {
    const result = await upscale(low, upscaler);
    await upscaler.session.release();
    return result;
  };
  afterEach(() => useWeights((file) => readFile(`models/weights/${file}`)));

  test('computes in 8 bits, and is hardly another picture for it', async () => {
    const [exact, coarse] = [
      await enlarged(await float()),
      await enlarged(await loadUpscaler('srgan-lite', CPU)),
    ];
    const mean = exact.data.reduce((sum, v, i) => sum + Math.abs(v - coarse.data[i]), 0) / exact.data.length;
    expect(mean).toBeGreaterThan(0.05);
    expect(mean).toBeLessThan(1);
    expect(worst(exact, coarse)).toBeLessThanOrEqual(12);
    expect(psnrY(coarse, truth)).toBeGreaterThan(psnrY(exact, truth) - 0.1);
  });

  test('does without, where only the larger file is', async () => {
    useWeights(async (file) => {
      if (file.includes('int8')) throw new Error('not there');
      return readFile(`models/weights/${file}`);
    });
    expect(worst(await enlarged(await loadUpscaler('srgan-lite', CPU)), await enlarged(await float()))).toBe(
      0,
    );
  });
});
