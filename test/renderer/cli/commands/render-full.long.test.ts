import { readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { astronaut, largeJoconde as joconde, runLimner, spawnLimner } from '../../run-limner.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const portrait = () => inFolder('portrait.png');

beforeAll(async () => {
  await sharp(astronaut).extract({ left: 160, top: 30, width: 131, height: 170 }).toFile(portrait());
});

const command = (...options: string[]) => [
  ...['render', portrait(), '--style', joconde, '--out', inFolder('result.png')],
  ...options,
];

describe('limner render --mode full', () => {
  it('as a process: four times the portrait by default, exactly', async () => {
    const args = command('--mode', 'full', '--weights', 'srgan-lite', '--device', 'cpu', '--json');
    const { code, out, err } = await spawnLimner(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const report = JSON.parse(out);
    expect(report).toMatchObject({ width: 524, height: 680, weights: 'srgan-lite', enlarged: 2 });
    expect(report.device).toBe('cpu');
    expect(report.faces[0].box.width).toBeLessThan(131);
    expect(report.timings.enlarge).toBeGreaterThan(0);
    expect(report.metrics.identity).toBeGreaterThan(0.5);
    expect(report.metrics.landmarkError).toBeLessThan(0.06);
    const { width, height } = await sharp(inFolder('result.png')).metadata();
    expect([width, height]).toEqual([524, 680]);
  });

  it.each([1, 2])('--scale %i', async (scale) => {
    const options = ['--mode', 'full', '--weights', 'srgan-lite', '--scale', String(scale)];
    const { code, out } = await runLimner(command(...options));
    expect(code).toBe(0);
    expect(out).toMatch(/\(\d+×\d+, painted at this size, \d+ ms on \w+\)/);
    const { width, height } = await sharp(inFolder('result.png')).metadata();
    expect([width, height]).toEqual([131 * scale, 170 * scale]);
  });

  it.each([
    ['--scale', '2'],
    ['--weights', 'srgan-lite'],
  ])('%s without it is wrong usage', async (flag, value) => {
    const { code, err } = await runLimner(command(flag, value));
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(`--mode full with ${flag}`) });
  });

  it('cancelled: 130, nothing written', async () => {
    const before = await readdir(inFolder());
    const args = ['render', portrait(), '--style', joconde, '--out', inFolder('other.png'), '--mode', 'full'];
    const { code } = await runLimner(args, AbortSignal.abort());
    expect(code).toBe(130);
    expect(await readdir(inFolder())).toEqual(before);
  });
});
