import { mkdirSync } from 'node:fs';
import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadFaceNetworks } from '../../../../models/face/index.ts';
import { prepareStyle } from '../../../../models/stylize/stylize.ts';
import { paintSequenceFile, type SequenceTask } from '../../../../renderer/core/engine/paint-sequence.ts';
import { readPicture } from '../../../../renderer/core/pictures/read-picture.ts';
import { DEFAULT_LIMITS } from '../../../../renderer/core/sequences/sequence.ts';
import { repeatClip } from '../../repeat-clip.ts';
import { joconde, runLimner, spawnLimner } from '../../run-limner.ts';

const clip = fileURLToPath(new URL('../../../fixtures/sequences/collins.webp', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limner-sequence-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

describe('limner sequence', () => {
  test('paints a part of an animation as another kind of one', async () => {
    const out = join(folder, 'painted.gif');
    const args = ['sequence', clip, '--style', joconde, '--out', out, '--range', '0.1-0.3', '--json'];
    const { code, out: said, err } = await runLimner([...args, '--device', 'cpu', '--no-provenance']);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ output: out, width: 160, height: 160, frames: 3, lost: 0 });
    const { pages, delay } = await sharp(out, { animated: true }).metadata();
    expect([pages, delay]).toEqual([3, [100, 50, 150]]);
    expect(await readdir(folder)).toEqual(['painted.gif']);
  });

  test('keeps what is transparent, as stills do', async () => {
    const [input, out] = [join(folder, 'clear.webp'), join(folder, 'clear.gif')];
    const hole = { width: 40, height: 20, channels: 4, background: '#000' } as const;
    const frame = await sharp(clip, { page: 0 })
      .composite([{ input: { create: hole }, left: 0, top: 0, blend: 'dest-out' }])
      .png()
      .toBuffer();
    await sharp([frame, frame], { join: { animated: true } })
      .webp({ loop: 0, delay: [100, 100] })
      .toFile(input);
    const args = ['sequence', input, '--style', joconde, '--out', out, '--quality', 'draft'];
    expect(await runLimner([...args, '--no-provenance'])).toMatchObject({ code: 0 });
    const alpha = await sharp(out).ensureAlpha().extractChannel(3).raw().toBuffer();
    expect([alpha[10 * 160 + 20], alpha[80 * 160 + 80]]).toEqual([0, 255]);
  });

  test.each([
    ['--range', '5-2', 'USAGE'],
    ['--fps', '0', 'USAGE'],
    ['--boil', '2', 'USAGE'],
    ['--out', 'x.avi', 'USAGE'],
    ['--out', clip, 'OUTPUT_EXISTS_AS_INPUT'],
    ['--max-frames', '3', 'TOO_MANY_FRAMES'],
  ])('with %s %s says what is wrong and writes nothing', async (name, value, code) => {
    const out = name === '--out' ? [] : ['--out', join(folder, 'wrong.webp')];
    const args = ['sequence', clip, '--style', joconde, ...out, name, value, '--json', '--no-provenance'];
    const { err } = await runLimner(args);
    expect(JSON.parse(err).error.code).toBe(code);
    expect(await isThere(join(folder, 'wrong.webp'))).toBe(false);
  });
});

async function draft(name: string): Promise<SequenceTask> {
  const networks = await loadFaceNetworks({ device: 'cpu' });
  const style = await prepareStyle(await readPicture(joconde), networks);
  return {
    ...{ input: clip, output: join(folder, name), style, networks },
    options: { quality: 'draft' },
    limits: { ...DEFAULT_LIMITS, maxPixels: 1e6 },
    part: { to: 0.5 },
    origin: { file: () => ({}), seal: async () => new Uint8Array() },
  };
}

test('a run that was stopped goes on where it was, to the same result', async () => {
  const task = await draft('stopped.webp');
  const stop = new AbortController();
  const first = paintSequenceFile({
    ...task,
    signal: stop.signal,
    onProgress: (_, stage) => {
      if (stage.startsWith('picture 3')) stop.abort();
    },
  });
  await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await isThere(task.output)).toBe(false);
  const second = await paintSequenceFile(task);
  expect(second.frames).toBe(5);
  expect(second.resumed).toBeGreaterThan(0);
  const whole = { ...task, output: join(folder, 'whole.webp') };
  expect(await paintSequenceFile(whole)).toMatchObject({ frames: 5, resumed: 0 });
  const pixels = (path: string) => sharp(path, { animated: true }).raw().toBuffer();
  expect(await pixels(task.output)).toEqual(await pixels(whole.output));
  expect(await isThere(`${task.output}.frames`)).toBe(false);
  await task.networks.release();
});

test('a last picture that cannot be kept is no success', async () => {
  const task = await draft('full.webp');
  const inTheWay = join(`${task.output}.frames`, '000005.png');
  const run = paintSequenceFile({
    ...task,
    onProgress: (_, stage) => {
      if (stage.startsWith('picture 5')) mkdirSync(inTheWay, { recursive: true });
    },
  });
  await expect(run).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  expect(await isThere(task.output)).toBe(false);
  await task.networks.release();
});

test('killed, the command goes on with what it had painted', async () => {
  const [long, out] = [join(folder, 'long.webp'), join(folder, 'killed.webp')];
  // A shot is begun within its first 24 pictures: when something is kept, a good part of the clip is left to paint.
  await repeatClip(clip, 5, long);
  const args = ['sequence', long, '--style', joconde, '--out', out, '--quality', 'draft'];
  const all = [...args, '--device', 'cpu', '--json'];
  const { code } = await spawnLimner(all, async (child) => {
    while (child.exitCode === null && !(await isThere(join(`${out}.frames`, 'memory.bin')))) await pause(20);
    child.kill('SIGKILL');
  });
  expect(code).toBeNull();
  expect(await isThere(out)).toBe(false);
  const { out: said } = await runLimner(all);
  const { frames, resumed } = JSON.parse(said);
  expect(frames).toBe(40);
  expect(resumed).toBeGreaterThan(0);
  expect((await sharp(out, { animated: true }).metadata()).pages).toBe(40);
  expect(await isThere(`${out}.frames`)).toBe(false);
});
