import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { versionOf } from '../../../renderer/core/sequences/ffmpeg.ts';
import { repeatClip } from '../repeat-clip.ts';
import { testRenderer } from './renderer.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/sequences/${name}`, import.meta.url));
const hasFfmpeg = (await versionOf('ffmpeg')) !== null && (await versionOf('ffprobe')) !== null;
const clips = [
  { name: 'collins.webp', format: 'gif', mediaType: 'image/gif' },
  ...(hasFfmpeg ? [{ name: 'collins.mp4', format: 'mp4', mediaType: 'video/mp4' } as const] : []),
] as const;
const renderer = testRenderer();

/** Of processes that this one started. */
async function childrenNamed(name: string): Promise<number[]> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => '');
    const parent = (await read('stat')).split(') ').pop()?.split(' ')[1];
    if (Number(parent) === process.pid && (await read('cmdline')).includes(name)) found.push(Number(pid));
  }
  return found;
}

/** A state begins with the SHA-256 (32 bytes) of the rest. */
const isWhole = (state: Buffer) =>
  createHash('sha256').update(state.subarray(32)).digest().equals(state.subarray(0, 32));

it.runIf(process.platform === 'linux').each(clips)(
  'what a killed process had painted of $name is gone on with, and nothing of it stays',
  async ({ name, format, mediaType }) => {
    const { client, folder } = renderer;
    const keptIn = folder('data', 'storage', 'kept');
    const kept = async () =>
      (await readdir(keptIn, { recursive: true }).catch(() => []))
        .map(String)
        .filter((name) => name.includes('.'));
    const states = async () => {
      const names = (await kept()).filter((name) => name.endsWith('.state'));
      return Promise.all(names.map((name) => readFile(join(keptIn, name)).catch(() => Buffer.alloc(0))));
    };
    const long = folder(`long-${name}`);
    await repeatClip(fixture(name), 5, long);
    const animation = await client.uploadPicture(await readFile(long));
    const style = { style: 'linocut' };
    await client.putJob(`killed-${format}`, {
      ...{ kind: 'sequence', animation, style, format },
      settings: { quality: 'draft' },
    });
    // After that a good part of the clip is left to paint, since a shot is begun within its first 24 pictures.
    await expect.poll(async () => (await states()).some(isWhole), { interval: 20 }).toBe(true);
    for (const pid of await childrenNamed('worker/process.ts')) process.kill(pid, 'SIGKILL');
    const job = await client.waitForJob(`killed-${format}`);
    expect(job).toMatchObject({
      state: 'succeeded',
      result: { mediaType, sequence: { frames: 40, lost: 0 } },
    });
    expect(job.result).not.toMatchObject({ sequence: { resumed: 0 } });
    await expect.poll(kept).toEqual([]);
  },
);
