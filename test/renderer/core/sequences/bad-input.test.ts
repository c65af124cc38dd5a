/** What nobody can paint is refused in words, and what only looks odd is read. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { run, versionOf } from '../../../../renderer/core/sequences/ffmpeg.ts';
import { GIF_END, gifFrame, gifHeader } from '../../../../renderer/core/sequences/gif.ts';
import { limitPart } from '../../../../renderer/core/sequences/limit-part.ts';
import { openSequence } from '../../../../renderer/core/sequences/open-sequence.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { noise } from '../pictures/samples.ts';

const LIMITS = { maxPixels: 1e6, maxFrames: 100, maxSeconds: 60 };
const hasFfmpeg = (await versionOf('ffmpeg')) !== null && (await versionOf('ffprobe')) !== null;
const inFolder = temporaryFolder();

async function read(path: string, limits = LIMITS) {
  const sequence = await openSequence(path, limits, {});
  const list = [];
  for await (const one of limitPart(sequence.pictures(), {}, limits, path)) list.push(one);
  return list;
}

async function refusal(name: string, bytes: Uint8Array | string) {
  await writeFile(inFolder(name), bytes);
  return expect(read(inFolder(name))).rejects;
}

describe('a file', () => {
  test('of no bytes at all', async () => {
    await (await refusal('empty.gif', '')).toMatchObject({ code: 'EMPTY_FILE' });
  });

  test('that is a single picture is called so, with or without FFmpeg', async () => {
    const png = await noise(16, 16).png().toBuffer();
    await (await refusal('still.gif', png)).toMatchObject({
      code: 'NO_FRAMES',
      message: expect.stringContaining('still.gif is a single picture (PNG)'),
    });
  });

  test('that is an animation without a picture', async () => {
    const none = Buffer.concat([gifHeader(16, 16), GIF_END]);
    await (await refusal('none.gif', none)).toMatchObject({ code: 'CORRUPT_PICTURE' });
  });

  test('of 100,000 pictures is refused before the first is decoded', async () => {
    const single = gifFrame(await noise(2, 2).gif().toBuffer(), 0.1, false);
    const gif = Buffer.concat([gifHeader(2, 2), ...Array(100_000).fill(single), GIF_END]);
    await writeFile(inFolder('long.gif'), gif);
    await expect(openSequence(inFolder('long.gif'), LIMITS, {})).rejects.toMatchObject({
      code: 'TOO_MANY_FRAMES',
    });
  });
});

describe.skipIf(!hasFfmpeg)('a video', () => {
  const make = async (name: string, ...args: string[]) => {
    const { code, words } = await run('ffmpeg', ['-v', 'error', '-y', ...args, inFolder(name)]);
    expect([code, words]).toEqual([0, '']);
    return inFolder(name);
  };
  const colour = (more: string) => ['-f', 'lavfi', '-i', `color=red:s=64x48:${more}`];

  test('of 10 bits is read', async () => {
    const path = await make(
      'ten.webm',
      ...colour('r=5:d=1'),
      '-c:v',
      'libvpx-vp9',
      '-pix_fmt',
      'yuv420p10le',
    );
    const list = await read(path);
    expect(list.length).toBe(5);
    expect(list[0].picture.data[0]).toBeGreaterThan(200);
    expect(list[0].picture.data[1]).toBeLessThan(40);
  });

  test('in HDR is refused', async () => {
    const hdr = ['-color_trc', 'smpte2084', '-color_primaries', 'bt2020', '-colorspace', 'bt2020nc'];
    const path = await make(
      'hdr.webm',
      ...colour('r=5:d=1'),
      '-c:v',
      'libvpx-vp9',
      '-pix_fmt',
      'yuv420p10le',
      ...hdr,
    );
    await expect(read(path)).rejects.toMatchObject({ code: 'UNSUPPORTED_VIDEO' });
  });

  test('that tells no times gets some that go on', async () => {
    const path = await make('still.mjpeg', ...colour('r=5:d=1'), '-f', 'mjpeg');
    const renamed = await make('zero.mkv', '-i', path, '-c', 'copy', '-bsf:v', 'setts=ts=0');
    const list = await read(renamed);
    expect(list.length).toBe(5);
    expect(list.map(({ at }) => at)).toEqual(list.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(new Set(list.map(({ at }) => at)).size).toBe(5);
  });

  test('of more pictures than its header tells is refused when they come', async () => {
    const path = await make(
      'many.webm',
      ...colour('r=60:d=3'),
      '-c:v',
      'libvpx-vp9',
      '-deadline',
      'realtime',
    );
    await expect(read(path)).rejects.toMatchObject({ code: 'TOO_MANY_FRAMES' });
    await expect(read(path, { ...LIMITS, maxFrames: 1000, maxSeconds: 1 })).rejects.toMatchObject({
      code: 'TOO_MANY_FRAMES',
    });
  });
});
