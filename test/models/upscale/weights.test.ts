import { beforeAll, describe, expect, test } from 'vitest';
import { cropPicture } from '../../../models/image/crop.ts';
import { niqe } from '../../../models/image/niqe.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { psnrY } from '../../../models/image/psnr.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { loadUpscaler, type Upscaler, type UpscalerName, upscale } from '../../../models/upscale/upscale.ts';
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
    // In 8-bit steps; what `srgan` invents follows rounding most.
    const limit = name === 'srgan' ? 2 : 1;
    expect(worst(await upscale(low, upscaler, { tile: 24 }), result)).toBeLessThanOrEqual(limit);
  });
});
