/** Videos that were sent: what is kept of them, what is refused, and that none can stop the service. */
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { run, versionOf } from '../../../renderer/core/sequences/ffmpeg.ts';
import { openInspector } from '../../../renderer/server/intake/inspector.ts';
import { turnVideo } from '../core/sequences/turn-video.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const hasFfmpeg = (await versionOf('ffmpeg')) !== null && (await versionOf('ffprobe')) !== null;
const inFolder = temporaryFolder();
const clip = fileURLToPath(new URL('../../fixtures/sequences/collins.mp4', import.meta.url));
const video = new Uint8Array(await readFile(clip));
const task = (bytes: Uint8Array) => ({ type: 'picture' as const, bytes, maxPixels: 1e8 });
const leftOver = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('limner-intake-'));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('without FFmpeg it is said what is missing, and what to do', async () => {
  vi.stubEnv('PATH', inFolder('nothing'));
  const inspector = openInspector({ processes: 1 });
  await expect(inspector.inspect(task(video))).rejects.toMatchObject({
    code: 'FFMPEG_MISSING',
    hint: expect.stringContaining('apt-get install ffmpeg'),
  });
  inspector.close();
  vi.unstubAllEnvs();
});

it.runIf(process.platform === 'linux')(
  'a process that hangs is ended with its FFmpeg, and nothing stays',
  async () => {
    const script = `#!/bin/sh\necho $$ > ${inFolder('pid')}\nexec sleep 300\n`;
    await writeFile(inFolder('ffprobe'), script);
    await chmod(inFolder('ffprobe'), 0o755);
    vi.stubEnv('PATH', `${inFolder()}:${process.env['PATH']}`);
    const inspector = openInspector({ processes: 1, timeout: 10_000 });
    await expect(inspector.inspect(task(video))).rejects.toMatchObject({ code: 'FILE_TOO_COMPLEX' });
    vi.unstubAllEnvs();
    const pid = Number(await readFile(inFolder('pid'), 'utf8'));
    await expect.poll(() => isAlive(pid)).toBe(false);
    await expect.poll(leftOver).toEqual([]);
    inspector.close();
  },
);

describe.skipIf(!hasFfmpeg)('a video', () => {
  const inspector = openInspector({ processes: 1 });
  afterAll(() => inspector.close());
  const make = async (name: string, ...args: string[]) => {
    const { code, words } = await run('ffmpeg', ['-v', 'error', '-y', ...args, inFolder(name)]);
    expect([code, words]).toEqual([0, '']);
    return new Uint8Array(await readFile(inFolder(name)));
  };
  const colour = (size: string, more = 'r=5:d=1') => ['-f', 'lavfi', '-i', `testsrc=s=${size}:${more}`];
  const vp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '16'];
  const probe = async (bytes: Uint8Array) => {
    await writeFile(inFolder('kept'), bytes);
    const { output } = await run('ffprobe', [
      '-v',
      'error',
      '-show_streams',
      '-of',
      'json',
      inFolder('kept'),
    ]);
    return (JSON.parse(output) as { streams: object[] }).streams;
  };

  it('is kept with its pictures, sound, times and turn, and without what else its file tells', async () => {
    const told = ['title=secret-title', 'location=+51.5074-000.1278/', 'comment=secret-comment'];
    const sent = await make(
      'told.mp4',
      ...['-i', clip, '-c', 'copy', ...told.flatMap((tag) => ['-metadata', tag])],
      ...['-metadata:s:v', 'handler_name=secret-phone'],
    );
    const { kept, kind, width, height } = await inspector.inspect(task(turnVideo(sent)));
    expect([kind, width, height]).toEqual(['animation', 160, 160]);
    const words = ['secret', 'loci', 'x264'];
    expect(words.map((word) => Buffer.from(sent).includes(word))).toEqual([true, true, true]);
    expect(words.map((word) => Buffer.from(kept).includes(word))).toEqual([false, false, false]);
    expect(await probe(kept)).toMatchObject([
      { codec_name: 'h264', nb_frames: '8', avg_frame_rate: '10/1', side_data_list: [{ rotation: -90 }] },
      { codec_name: 'aac', nb_frames: '36' },
    ]);
  });

  it('of any name, of odd size or of 10 bits, is taken as its kind', async () => {
    const odd = await make('odd.webm', ...colour('63x47'), ...vp8);
    expect(await inspector.inspect(task(odd))).toMatchObject({ kind: 'animation', width: 63, height: 47 });
    const ten = await make('ten.mp4', ...colour('64x48'), '-c:v', 'libvpx-vp9', '-pix_fmt', 'yuv420p10le');
    const { kept } = await inspector.inspect(task(ten));
    expect(await probe(kept)).toMatchObject([{ codec_name: 'vp9', pix_fmt: 'yuv420p10le' }]);
  });

  it.each([
    ['sound alone', 'NO_FRAMES', ['-i', clip, '-vn', '-c:a', 'copy', '-f', 'mp4']],
    [
      'HDR',
      'UNSUPPORTED_VIDEO',
      [...colour('64x48'), '-c:v', 'libvpx-vp9', '-color_trc', 'smpte2084', '-f', 'webm'],
    ],
    [
      'a code that browsers do not know',
      'UNSUPPORTED_VIDEO',
      [...colour('64x48'), '-c:v', 'mjpeg', '-f', 'mov'],
    ],
    ['more seconds than may be', 'TOO_MANY_FRAMES', [...colour('16x16', 'r=1:d=602'), ...vp8, '-f', 'webm']],
    ['more pixels than may be', 'TOO_MANY_PIXELS', [...colour('4096x1040', 'r=1:d=1'), ...vp8, '-f', 'webm']],
    ['pictures too small', 'PICTURE_TOO_SMALL', [...colour('8x8'), ...vp8, '-f', 'webm']],
  ])('of %s is refused: %s', async (what, code, args) => {
    const refused = expect(inspector.inspect(task(await make(what.replaceAll(' ', '-'), ...args)))).rejects;
    await refused.toMatchObject({
      code,
      message: expect.stringMatching(/^The video [^/]*$/),
      hint: expect.stringMatching(/./),
    });
  });

  it('that was cut off, or is something else under a video’s first bytes, is refused', async () => {
    const streamed = await make('streamed.mp4', '-i', clip, '-c', 'copy', '-movflags', '+faststart');
    const refused = (bytes: Uint8Array) => expect(inspector.inspect(task(bytes))).rejects;
    await refused(streamed.subarray(0, streamed.length / 2)).toMatchObject({ code: 'TRUNCATED_PICTURE' });
    const corrupt = { code: 'CORRUPT_PICTURE', message: expect.stringMatching(/^The video [^/]*$/) };
    await refused(video.subarray(0, 9000)).toMatchObject(corrupt);
    const playlist = `\x1a\x45\xdf\xa3\nffconcat version 1.0\nfile '${clip}'\n`;
    await refused(new Uint8Array(Buffer.from(playlist, 'latin1'))).toMatchObject(corrupt);
    await refused(new Uint8Array(Buffer.from(`0000ftypisom#EXTM3U\n${clip}\n`))).toMatchObject(corrupt);
  });
});
