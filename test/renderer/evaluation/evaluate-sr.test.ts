import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { evaluateSr } from '../../../renderer/evaluation/evaluate-sr.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limner-sr-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeTexture(file: string, width: number, height: number) {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / (3 * width))];
    return 128 + 60 * Math.sin(x / 7) + 50 * Math.cos(y / 5);
  });
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(file);
}

describe('evaluateSr', () => {
  test('shrinks pictures that have no shrunk version, and scores every set', async () => {
    for (const set of ['large', 'small']) mkdirSync(join(folder, set));
    await writeTexture(join(folder, 'large', 'a.png'), 131, 120);
    await writeTexture(join(folder, 'small', 'b.png'), 80, 64);
    let seen = 0;
    const report = await evaluateSr({
      data: folder,
      weights: 'bicubic',
      onProgress: (done) => (seen = done),
    });
    expect(report.weights).toBe('bicubic');
    expect(Object.keys(report.sets)).toEqual(['large', 'small']);
    expect(report.sets['large'].psnr).toBeGreaterThan(20);
    expect(report.sets['large'].ssim).toBeLessThanOrEqual(1);
    expect(report.sets['large'].perceptual).toBeGreaterThan(0);
    expect(report.sets['large'].perceptual).toBeLessThan(0.5);
    expect(report.sets['large'].niqe).toBeGreaterThan(0);
    expect(report.sets['small'].niqe).toBeNull();
    expect(seen).toBe(2);
  });

  test('a missing folder and an aborted signal are errors', async () => {
    await expect(evaluateSr({ data: join(folder, 'none'), weights: 'bicubic' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await writeTexture(join(folder, 'a.png'), 64, 64);
    const aborted = evaluateSr({ data: folder, weights: 'bicubic', signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
