import { describe, expect, test } from 'vitest';
import { initialParameters, layoutOf } from '../../../models/graph/parameters.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { type GeneratorSize, generator, reachOf } from '../../../models/upscale/generator.ts';
import { inferenceModel } from '../../../models/upscale/inference-model.ts';
import { openUpscaler, type Upscaler, upscale } from '../../../models/upscale/upscale.ts';
import { normalNumbers } from '../../../scripts/training/random.ts';
import { pretend, repeated } from './pretend-upscaler.ts';

const texture = (width: number, height: number, alpha = (_i: number) => 255): Picture => ({
  width,
  height,
  data: new Uint8ClampedArray(width * height * 4).map((_, i) =>
    i % 4 === 3 ? alpha(i >> 2) : 128 + 60 * Math.sin(i / 9) + 50 * Math.cos(i / (4.1 * width)),
  ),
});

function openRandom(size: GeneratorSize): Promise<Upscaler> {
  const layout = layoutOf(generator(size), [1, 3, 24, 24]);
  const theta = initialParameters(layout, normalNumbers(1)).map((value) => 0.7 * value);
  return openUpscaler(inferenceModel(generator(size), theta, layout), size, { device: 'cpu', threads: 1 });
}

const worst = (a: Picture, b: Picture): number =>
  a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i])), 0);

describe('tiles', () => {
  test.each<GeneratorSize>([
    { blocks: 2, channels: 9, form: 'direct' },
    { blocks: 1, channels: 9, form: 'paper' },
  ])('leave no seams: $form', async (size) => {
    const upscaler = await openRandom(size);
    const picture = texture(37, 29);
    for (const scale of [2, 4] as const) {
      const whole = await upscale(picture, upscaler, { scale, tile: 64 });
      const tiled = await upscale(picture, upscaler, { scale, tile: 10 });
      expect([whole.width, whole.height]).toEqual([37 * scale, 29 * scale]);
      expect(worst(whole, tiled)).toBeLessThanOrEqual(1);
    }
  });

  test('shown too little around them would leave seams', async () => {
    const size: GeneratorSize = { blocks: 2, channels: 9, form: 'direct' };
    const upscaler = await openRandom(size);
    const picture = texture(37, 29);
    const whole = await upscale(picture, upscaler, { tile: 64 });
    expect(worst(whole, await upscale(picture, { ...upscaler, margin: 0 }, { tile: 10 }))).toBeGreaterThan(1);
    expect(reachOf(size)).toBe(7);
  });

  test('get smaller when memory runs out, and the picture is whole', async () => {
    const picture = texture(64, 48);
    let largest = 0;
    const upscaler = pretend((data, width, height) => {
      if (width * height > 900) throw new Error('std::bad_alloc');
      largest = Math.max(largest, width * height);
      return repeated(data, width, height);
    });
    const progress: number[] = [];
    const result = await upscale(picture, upscaler, { onProgress: (done) => progress.push(done) });
    expect(largest).toBeGreaterThan(300);
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    for (let i = 0; i < 4 * 64; i++) expect(result.data[4 * i]).toBe(picture.data[4 * (i >> 2)]);
  });

  test('that never fit are an error', async () => {
    const upscaler = pretend(() => {
      throw new Error('Failed to allocate memory');
    });
    await expect(upscale(texture(40, 40), upscaler)).rejects.toMatchObject({ code: 'DEVICE_UNAVAILABLE' });
  });
});

describe('upscale', () => {
  test('is cancelled between tiles', async () => {
    const abort = new AbortController();
    let tiles = 0;
    const upscaler = pretend((data, width, height) => {
      if (++tiles === 2) abort.abort();
      return repeated(data, width, height);
    });
    const run = upscale(texture(64, 64), upscaler, { tile: 16, signal: abort.signal });
    await expect(run).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(tiles).toBe(2);
  });

  test.each([
    ['NaN', () => Number.NaN],
    ['black', () => 0],
    ['a constant', () => 0.5],
  ])('refuses %s', async (_name, value) => {
    const upscaler = pretend((data) => new Float32Array(16 * data.length).map(value));
    await expect(upscale(texture(32, 32), upscaler)).rejects.toMatchObject({ code: 'BAD_OUTPUT' });
  });

  test('accepts a picture of one colour', async () => {
    const picture: Picture = { width: 20, height: 20, data: new Uint8ClampedArray(1600).fill(255) };
    const result = await upscale(picture, pretend(repeated));
    expect(result.data.every((value) => value === 255)).toBe(true);
  });

  test('enlarges alpha by bicubic interpolation', async () => {
    const picture = texture(16, 12, (i) => (i * 53) % 256);
    const result = await upscale(picture, pretend(repeated), { scale: 2 });
    const expected = resizePicture(
      { ...picture, data: picture.data.map((v, i) => (i % 4 === 3 ? v : 0)) },
      32,
      24,
    );
    for (let i = 3; i < result.data.length; i += 4)
      expect(Math.abs(result.data[i] - expected.data[i])).toBeLessThanOrEqual(1);
  });

  test.each([
    [0, 255, 0],
    [255, 0, 255],
    [1, 2, 3],
  ])('does not show the network what lies under alpha 0: %i %i %i', async (...hidden) => {
    const picture = texture(40, 30, (i) => (i % 40 < 20 ? 255 : 0));
    const recoloured = { ...picture, data: picture.data.slice() };
    for (let i = 0; i < 1200; i++) if (i % 40 >= 20) recoloured.data.set(hidden, 4 * i);
    const size: GeneratorSize = { blocks: 2, channels: 9, form: 'direct' };
    const upscaler = await openRandom(size);
    expect(worst(await upscale(picture, upscaler), await upscale(recoloured, upscaler))).toBe(0);
  });

  test('passes other errors on', async () => {
    const upscaler = pretend(() => {
      throw new Error('broken model');
    });
    await expect(upscale(texture(20, 20), upscaler)).rejects.toThrow('broken model');
  });
});
