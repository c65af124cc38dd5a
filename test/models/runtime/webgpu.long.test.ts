import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readPicture } from '../../../renderer/core/pictures/read-picture.ts';

/** Debian's chromium brings a Vulkan driver in software, which is enough to prove that WebGPU computes the same. */
const CHROMIUM = '/usr/lib/chromium';
const driver = join(CHROMIUM, 'vk_swiftshader_icd.json');
const folder = mkdtempSync(join(tmpdir(), 'limner-webgpu-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function limner(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--experimental-strip-types',
      '--disable-warning=ExperimentalWarning',
      'renderer/limner.ts',
      ...parameters,
    ],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        VK_ICD_FILENAMES: driver,
        LD_LIBRARY_PATH: CHROMIUM,
        XDG_RUNTIME_DIR: folder,
      },
    },
  );
  return { status, stdout, stderr };
}

describe.skipIf(!existsSync(driver))('WebGPU in Node, on a software driver', () => {
  test('is there, but not what auto takes', () => {
    const { stdout } = limner('doctor', '--json');
    const { devices, auto } = JSON.parse(stdout);
    expect(devices).toContainEqual({
      device: 'webgpu',
      available: true,
      reason: expect.stringContaining('Slower than the processor'),
    });
    expect(auto).toBe('cpu');
  });

  test('enlarges as the processor does', async () => {
    const small = join(folder, 'small.png');
    const { default: sharp } = await import('sharp');
    await sharp('test/fixtures/astronaut.png')
      .extract({ left: 190, top: 90, width: 40, height: 32 })
      .toFile(small);
    const [onGpu, onProcessor] = await Promise.all(
      ['webgpu', 'cpu'].map(async (device) => {
        const out = join(folder, `${device}.png`);
        const { status, stderr, stdout } = limner(
          'upscale',
          small,
          '--weights',
          'srgan-lite',
          '--device',
          device,
          '--out',
          out,
          '--json',
        );
        expect(stderr).toBe('');
        expect(status).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({ device, width: 160, height: 128 });
        return readPicture(out, { maxPixels: 1e6 });
      }),
    );
    const worst = onGpu.data.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - onProcessor.data[i])),
      0,
    );
    // The processor computes this network in 8 bits: see test/models/upscale/weights.test.ts.
    expect(worst).toBeLessThanOrEqual(12);
  });
});
