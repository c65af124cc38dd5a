import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Picture } from '../../../../models/image/picture.ts';
import { readPicture } from '../../../../renderer/core/pictures/read-picture.ts';
import { run, versionOf } from '../../../../renderer/core/sequences/ffmpeg.ts';
import { FrameStore } from '../../../../renderer/core/sequences/frame-store.ts';
import { limitPart } from '../../../../renderer/core/sequences/limit-part.ts';
import { openSequence } from '../../../../renderer/core/sequences/open-sequence.ts';
import type { SequencePart, TimedPicture } from '../../../../renderer/core/sequences/sequence.ts';
import { sequenceFormat, writeSequence } from '../../../../renderer/core/sequences/write-sequence.ts';
import { joconde } from '../../run-limner.ts';
import { turnVideo } from './turn-video.ts';

const LIMITS = { maxPixels: 1e6, maxFrames: 100, maxSeconds: 60 };
const clip = (name: string) => fileURLToPath(new URL(`../../../fixtures/sequences/${name}`, import.meta.url));
const hasFfmpeg = (await versionOf('ffmpeg')) !== null && (await versionOf('ffprobe')) !== null;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limner-sequences-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A grey that tells the picture's number. */
const flat = (n: number, width: number, height: number, alpha = 255): Picture => {
  const data = new Uint8ClampedArray(width * height * 4).fill(20 * n + 20);
  for (let i = 3; i < data.length; i += 4) data[i] = alpha;
  return { width, height, data };
};
const TIMES = [0, 0.1, 0.15, 0.4];

async function write(name: string, width: number, height: number, alpha = 255, plays = 0): Promise<string> {
  const path = join(folder, name);
  const store = await FrameStore.open(`${path}.frames`, 'key');
  for (const [i, at] of TIMES.entries()) await store.add(flat(i, width, height, alpha), at, 0.2);
  await writeSequence(path, store, {
    ...{ width, height, format: sequenceFormat(path), hasAlpha: alpha < 255, plays },
    ...{ sound: null, xmp: '<x/>' },
    seal: async (picture) =>
      sharp(picture.data, { raw: { width, height, channels: 4 } })
        .png()
        .toBuffer(),
  });
  return path;
}

async function read(path: string, part: SequencePart = {}): Promise<TimedPicture[]> {
  const sequence = await openSequence(path, LIMITS, part);
  const list: TimedPicture[] = [];
  for await (const one of limitPart(sequence.pictures(), part, LIMITS, path)) list.push(one);
  return list;
}
const greys = (list: readonly TimedPicture[]) => list.map(({ picture }) => picture.data[4 * 20]);

describe.each(['clip.gif', 'clip.webp'])('%s', (name) => {
  test('keeps pictures and their times', async () => {
    const list = await read(await write(name, 40, 30));
    expect(list.map(({ at }) => Number(at.toFixed(2)))).toEqual(TIMES);
    expect(list.at(-1)?.lasts).toBeCloseTo(0.2, 2);
    greys(list).forEach((value, i) => {
      expect(Math.abs(value - (20 * i + 20))).toBeLessThan(4);
    });
  });

  test.each([0, 1, 3])('keeps that it is shown %i times', async (plays) => {
    const sequence = await openSequence(await write(name, 40, 30, 255, plays), LIMITS, {});
    expect(sequence.plays).toBe(plays);
  });

  test('keeps what is transparent', async () => {
    const [first] = await read(await write(`clear-${name}`, 40, 30, 0));
    expect(first.picture.data[3]).toBe(0);
  });

  test('says how it was made', async () => {
    const bytes = await readFile(await write(name, 40, 30));
    expect(bytes.includes('<x/>')).toBe(true);
  });

  test('that was cut off is refused', async () => {
    const path = await write(name, 40, 30);
    const bytes = await readFile(path);
    const cut = join(folder, `cut-${name}`);
    await writeFile(cut, bytes.subarray(0, bytes.length - 60));
    await expect(read(cut)).rejects.toMatchObject({ code: 'TRUNCATED_PICTURE' });
  });
});

/** Largest mean difference (levels) of a sample over squares of 8 px. */
function worstPatch(a: Uint8Array, b: Uint8Array, width: number, height: number): number {
  let worst = 0;
  for (let top = 0; top + 8 <= height; top += 8)
    for (let left = 0; left + 8 <= width; left += 8)
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let n = 0; n < 64; n++) {
          const at = 3 * ((top + (n >> 3)) * width + left + (n & 7)) + channel;
          sum += a[at] - b[at];
        }
        worst = Math.max(worst, Math.abs(sum) / 64);
      }
  return worst;
}

test('a GIF of a painting has its colours everywhere', async () => {
  const path = join(folder, 'painting.gif');
  const painting = await readPicture(joconde);
  const { width, height } = painting;
  const store = await FrameStore.open(`${path}.frames`, 'key');
  await store.add(painting, 0, 0.2);
  await writeSequence(path, store, {
    ...{ width, height, format: 'gif', hasAlpha: false, plays: 0, sound: null },
    seal: async () => new Uint8Array(),
  });
  const samples = (input: string) => sharp(input).removeAlpha().raw().toBuffer();
  expect(worstPatch(await samples(path), await samples(joconde), width, height)).toBeLessThan(12);
});

describe('a folder of pictures', () => {
  test('goes in and out, and is numbered from 1', async () => {
    const path = await write('series', 40, 30);
    const list = await read(path, { fps: 10 });
    expect(greys(list)).toEqual([20, 40, 60, 80]);
    expect(list.map(({ at }) => at)).toEqual([0, 0.1, 0.2, 0.3].map((at) => expect.closeTo(at, 5)));
  });

  test('of different sizes is refused', async () => {
    const path = await write('mixed', 40, 30);
    await sharp(flat(1, 40, 32).data, { raw: { width: 40, height: 32, channels: 4 } })
      .png()
      .toFile(join(path, '000009.png'));
    await expect(read(path)).rejects.toMatchObject({ code: 'SIZES_DIFFER' });
  });
});

describe('a part', () => {
  test('begins and ends where that is asked for, its times at 0', async () => {
    const list = await read(clip('collins.webp'), { from: 0.2, to: 0.5 });
    expect(list.map(({ at }) => Number(at.toFixed(2)))).toEqual([0, 0.05, 0.2]);
  });

  test('of fewer pictures a second is as long', async () => {
    const list = await read(clip('collins.webp'), { fps: 4 });
    expect(list.length).toBeLessThan(5);
    expect(list[1].at - list[0].at).toBeGreaterThanOrEqual(0.2);
    const endOf = ({ at, lasts }: TimedPicture) => at + (lasts ?? 0);
    const [last] = list.slice(-1);
    expect(endOf(last)).toBeCloseTo(endOf((await read(clip('collins.webp'))).at(-1) as TimedPicture), 6);
  });

  test('longer than the limit is refused before all of it is read', async () => {
    const open = openSequence(clip('collins.webp'), { ...LIMITS, maxFrames: 5 }, {});
    await expect(open).rejects.toMatchObject({ code: 'TOO_MANY_FRAMES' });
  });
});

test('a store forgets what was painted otherwise, and what is missing', async () => {
  const path = join(folder, 'store');
  const store = await FrameStore.open(path, 'one');
  for (const at of TIMES) await store.add(flat(1, 20, 20), at, null);
  expect((await FrameStore.open(path, 'one')).frames.length).toBe(4);
  await rm(join(path, '000003.png'));
  expect((await FrameStore.open(path, 'one')).frames.length).toBe(2);
  expect((await FrameStore.open(path, 'two')).frames.length).toBe(0);
});

describe.skipIf(!hasFfmpeg)('videos', () => {
  test.each(['clip.mp4', 'clip.webm', 'clip.mov'])('%s keeps times that vary', async (name) => {
    const list = await read(await write(name, 64, 48));
    expect(list.length).toBe(4);
    list.forEach(({ at }, i) => {
      expect(at).toBeCloseTo(TIMES[i], 2);
    });
    greys(list).forEach((value, i) => {
      expect(Math.abs(value - (20 * i + 20))).toBeLessThan(6);
    });
    expect((await readFile(join(folder, name))).includes('<x/>')).toBe(true);
  });

  test.each([
    ['sound.mp4', 'aac'],
    ['sound.webm', 'opus'],
  ])('%s has the sound of an MP4 as %s', async (name, codec) => {
    const path = join(folder, name);
    const store = await FrameStore.open(`${path}.frames`, 'key');
    for (const [i, at] of TIMES.entries()) await store.add(flat(i, 64, 48), at, 0.2);
    await writeSequence(path, store, {
      ...{ width: 64, height: 48, format: sequenceFormat(path), hasAlpha: false, plays: 0 },
      sound: { path: clip('collins.mp4'), part: {}, codec: 'aac', before: 0 },
      seal: async () => new Uint8Array(),
    });
    const entries = ['-show_entries', 'stream=codec_name', '-of', 'csv=p=0'];
    const { output } = await run('ffprobe', ['-v', 'error', ...entries, path]);
    expect(output).toContain(codec);
  });

  test('of odd sizes get an even one', async () => {
    const [{ picture }] = await read(await write('odd.mp4', 63, 47));
    expect([picture.width, picture.height]).toEqual([64, 48]);
    expect(picture.data[4 * (64 * 48 - 1)]).toBeGreaterThan(10);
  });

  /** A video of one colour, made by FFmpeg. */
  async function flatVideo(name: string, size: string, ...options: string[]): Promise<string> {
    const path = join(folder, name);
    const source = ['-f', 'lavfi', '-i', `color=c=0xd04030:s=${size}:r=5:d=0.6`];
    const { code, words } = await run('ffmpeg', ['-v', 'error', '-y', ...source, ...options, path]);
    expect([code, words]).toEqual([0, '']);
    return path;
  }
  const redness = async (path: string) => [...(await read(path))[0].picture.data.slice(0, 3)];
  const BT709 = ['-vf', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p'];

  test('that do not tell their colours are read as players show them', async () => {
    const [r, g, b] = await redness(await flatVideo('hd.mp4', '1280x720', ...BT709));
    expect([Math.abs(r - 208) < 8, Math.abs(g - 64) < 8, Math.abs(b - 48) < 8]).toEqual([true, true, true]);
  });

  test.each([
    ['told.mp4', 255],
    ['told.webm', 255],
    ['told.mov', 255],
    ['told-clear.mov', 128],
  ])('%s tells its colours, and has them', async (name, alpha) => {
    const path = await write(name, 64, 48, alpha);
    const entries = ['-show_entries', 'stream=color_space,color_range', '-of', 'csv=p=0'];
    const { output } = await run('ffprobe', ['-v', 'error', ...entries, path]);
    expect(output.trim()).toBe('tv,bt709');
    const red = join(folder, `red.${name}`);
    const store = await FrameStore.open(`${red}.frames`, 'key');
    const picture = flat(0, 64, 48);
    for (let i = 0; i < picture.data.length; i += 4) picture.data.set([208, 64, 48], i);
    await store.add(picture, 0, 0.2);
    await writeSequence(red, store, {
      ...{ width: 64, height: 48, format: sequenceFormat(red), hasAlpha: false, plays: 0, sound: null },
      seal: async () => new Uint8Array(),
    });
    (await redness(red)).forEach((value, i) => {
      expect(Math.abs(value - [208, 64, 48][i])).toBeLessThan(8);
    });
  });

  test('of pixels that are not square are read in their shape', async () => {
    const path = await flatVideo('wide.mp4', '64x64', '-vf', 'setsar=3/2', '-pix_fmt', 'yuv420p');
    const [{ picture }] = await read(path);
    expect([picture.width, picture.height]).toEqual([96, 64]);
  });

  test('whose pictures begin after their sound keep in step with it', async () => {
    const late = join(folder, 'late.mp4');
    const twice = ['-itsoffset', '0.4', '-i', clip('collins.mp4'), '-i', clip('collins.mp4')];
    await run('ffmpeg', ['-v', 'error', '-y', ...twice, '-map', '0:v', '-map', '1:a', '-c', 'copy', late]);
    const { sound } = await openSequence(late, LIMITS, {});
    expect(sound?.before).toBeCloseTo(0.4, 1);
    const path = join(folder, 'in-step.mp4');
    const store = await FrameStore.open(`${path}.frames`, 'key');
    await store.add(flat(1, 64, 48), 0, 0.2);
    await writeSequence(path, store, {
      ...{ width: 64, height: 48, format: sequenceFormat(path), hasAlpha: false, plays: 0 },
      sound: sound && { path: late, part: {}, ...sound },
      seal: async () => new Uint8Array(),
    });
    const lengthOf = async (file: string) => {
      const entries = ['-select_streams', 'a', '-show_entries', 'stream=duration', '-of', 'csv=p=0'];
      return Number((await run('ffprobe', ['-v', 'error', ...entries, file])).output);
    };
    expect((await lengthOf(late)) - (await lengthOf(path))).toBeCloseTo(0.4, 1);
  });

  test('of Matroska that were cut off are refused', async () => {
    const whole = join(folder, 'whole.mkv');
    await run('ffmpeg', ['-v', 'error', '-y', '-i', clip('collins.mp4'), '-an', '-c', 'copy', whole]);
    const cut = join(folder, 'cut.mkv');
    const bytes = await readFile(whole);
    await writeFile(cut, bytes.subarray(0, Math.round(bytes.length * 0.8)));
    await expect(read(cut)).rejects.toMatchObject({ code: 'TRUNCATED_PICTURE' });
  });

  test.each(['clear.webm', 'clear.mov'])('%s keeps what is transparent', async (name) => {
    const [first] = await read(await write(name, 64, 48, 0));
    expect(first.picture.data[3]).toBeLessThan(20);
  });

  test('that are turned are read upright', async () => {
    const path = await write('lying.mp4', 64, 48);
    const turned = join(folder, 'turned.mp4');
    await writeFile(turned, turnVideo(await readFile(path)));
    const [{ picture }] = await read(turned);
    expect([picture.width, picture.height]).toEqual([48, 64]);
  });

  test('of sound alone are refused', async () => {
    const sound = join(folder, 'sound.m4a');
    await run('ffmpeg', ['-v', 'error', '-y', '-i', clip('collins.mp4'), '-vn', '-c:a', 'copy', sound]);
    await expect(read(sound)).rejects.toMatchObject({ code: 'NO_FRAMES' });
  });

  test('that were cut off, or are none, are refused', async () => {
    const bytes = await readFile(clip('collins.mp4'));
    const cut = join(folder, 'cut.mp4');
    await writeFile(cut, bytes.subarray(0, 9000));
    await expect(read(cut)).rejects.toMatchObject({ code: 'CORRUPT_PICTURE' });
    await writeFile(cut, 'a text');
    await expect(read(cut)).rejects.toMatchObject({ code: 'CORRUPT_PICTURE' });
  });

  test('cannot name other files', async () => {
    const list = join(folder, 'list.mp4');
    await writeFile(list, `ffconcat version 1.0\nfile '${clip('collins.mp4')}'\n`);
    await expect(read(list)).rejects.toMatchObject({ code: 'CORRUPT_PICTURE' });
  });
});
