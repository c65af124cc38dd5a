import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import type { JobRequestInput } from '../../../protocol/renderer-api/index.ts';
import { run, versionOf } from '../../../renderer/core/sequences/ffmpeg.ts';
import { GIF_END, gifFrame, gifHeader } from '../../../renderer/core/sequences/gif.ts';
import { noise } from '../core/pictures/samples.ts';
import { runLimner } from '../run-limner.ts';
import { TOKEN, testRenderer } from './renderer.ts';

const clip = fileURLToPath(new URL('../../fixtures/sequences/collins.webp', import.meta.url));
const video = fileURLToPath(new URL('../../fixtures/sequences/collins.mp4', import.meta.url));
const hasFfmpeg = (await versionOf('ffmpeg')) !== null && (await versionOf('ffprobe')) !== null;
const renderer = testRenderer();
let [animation, still] = ['', ''];

beforeAll(async () => {
  animation = await renderer.client.uploadPicture(await readFile(clip));
  still = await renderer.client.uploadPicture(await noise(64, 64).png().toBuffer());
});

const sequence = (more: object = {}): JobRequestInput => ({
  kind: 'sequence',
  animation,
  style: { style: 'linocut' },
  settings: { quality: 'draft' },
  ...more,
});

it('a part of an animation is painted as one, with its times; the ledger has it as a render', async () => {
  const { client, database } = renderer;
  await client.putJob('moving', sequence({ from: 0.1, to: 0.3, format: 'gif' }));
  const job = await client.waitForJob('moving');
  expect(job).toMatchObject({ state: 'succeeded', percent: 100, kind: 'sequence' });
  expect(job.result).toMatchObject({ width: 160, height: 160, sequence: { frames: 3, lost: 0 } });
  const { bytes, mediaType } = await client.result('moving');
  expect(mediaType).toBe('image/gif');
  const { pages, delay } = await sharp(bytes, { animated: true }).metadata();
  expect([pages, delay]).toEqual([3, [100, 50, 150]]);
  const [{ note }] = await database.query<{ note: object }>(
    `select note from limner.ledger_note where note->>'job' = 'moving'`,
  );
  expect(note).toMatchObject({
    kind: 'render',
    source: animation,
    style: 'style:linocut',
    result: job.result && 'sha256' in job.result ? job.result.sha256 : '',
  });
});

it('limner batch has a renderer paint what is animated as a sequence', async () => {
  const { folder, url } = renderer;
  await mkdir(folder('team'));
  await sharp(clip, { page: 0, pages: 2 }).gif().toFile(folder('team', 'moving.gif'));
  const args = ['batch', folder('team'), '--style', 'linocut', '--out', folder('out'), '--quality', 'draft'];
  const { code, err } = await runLimner([...args, '--renderer', url, '--token', TOKEN]);
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
  const { pages } = await sharp(folder('out', 'moving.linocut.gif'), { animated: true }).metadata();
  expect(pages).toBe(2);
});

it('stills and animations are not taken for one another, and a part must have pictures', async () => {
  const { client } = renderer;
  const style = { style: 'linocut' };
  const refused = (request: JobRequestInput) => expect(client.putJob('refused', request)).rejects;
  await refused({ kind: 'render', portrait: animation, style }).toMatchObject({ code: 'ANIMATED_PICTURE' });
  await refused({ kind: 'render', portrait: still, style: { picture: animation } }).toMatchObject({
    code: 'ANIMATED_PICTURE',
  });
  await refused(sequence({ animation: still })).toMatchObject({
    code: 'UNSUPPORTED_FORMAT',
    hint: 'Ask for a job of the kind render.',
  });
  await refused(sequence({ from: 2, to: 1 })).toMatchObject({ code: 'INVALID_REQUEST' });
  await client.putJob('beyond', sequence({ from: 500 }));
  const { error } = await client.waitForJob('beyond');
  expect(error).toMatchObject({ code: 'NO_FRAMES' });
});

it('an animation of too many pictures is refused when it comes', async () => {
  const single = await noise(16, 16).gif().toBuffer();
  const frames = Array.from({ length: 1001 }, () => gifFrame(single, 0.1, false));
  const gif = Buffer.concat([gifHeader(16, 16), ...frames, GIF_END]);
  const upload = renderer.client.uploadPicture(gif);
  await expect(upload).rejects.toMatchObject({ status: 413, code: 'TOO_MANY_FRAMES' });
});

it.skipIf(!hasFfmpeg)('a part of a video is painted as a video, with its times and sound', async () => {
  const { client, folder } = renderer;
  const sent = await client.uploadPicture(await readFile(video));
  await client.putJob('filmed', sequence({ animation: sent, from: 0.1, to: 0.3, format: 'webm' }));
  expect(await client.waitForJob('filmed')).toMatchObject({
    state: 'succeeded',
    result: { mediaType: 'video/webm', width: 160, height: 160, sequence: { frames: 2, lost: 0 } },
  });
  await writeFile(folder('painted.webm'), (await client.result('filmed')).bytes);
  const entries = ['-show_entries', 'packet=codec_type,pts_time', '-of', 'csv=p=0'];
  const { output } = await run('ffprobe', ['-v', 'error', ...entries, folder('painted.webm')]);
  const pictures = output.split('\n').filter((line) => line.startsWith('video'));
  const times = pictures.map((line) => Number(line.split(',')[1]));
  // Opus begins some milliseconds before the first picture.
  expect([times.length, times[1] - times[0]]).toEqual([2, expect.closeTo(0.1, 3)]);
  expect(output).toContain('audio');
});

it('a video is asked for where FFmpeg is, and is no portrait', async () => {
  const { client } = renderer;
  if (!hasFfmpeg) {
    const upload = client.uploadPicture(await readFile(video));
    return expect(upload).rejects.toMatchObject({ status: 503, code: 'FFMPEG_MISSING' });
  }
  const portrait = await client.uploadPicture(await readFile(video));
  const still = client.putJob('still', { kind: 'render', portrait, style: { style: 'linocut' } });
  await expect(still).rejects.toMatchObject({ code: 'ANIMATED_PICTURE' });
});
