import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { versionOf } from '../../../renderer/core/sequences/ffmpeg.ts';
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

it.runIf(process.platform === 'linux').each(clips)(
  'what a killed process had painted of $name is gone on with, and nothing of it stays',
  async ({ name, format, mediaType }) => {
    const { client, folder } = renderer;
    const kept = async () =>
      (await readdir(folder('data', 'storage', 'kept'), { recursive: true }).catch(() => []))
        .map(String)
        .filter((name) => name.includes('.'));
    const animation = await client.uploadPicture(await readFile(fixture(name)));
    const style = { style: 'linocut' };
    await client.putJob(`killed-${format}`, {
      ...{ kind: 'sequence', animation, style, format, to: 0.5 },
      settings: { quality: 'draft' },
    });
    // The second state is begun when the first one is whole.
    while (!(await kept()).some((name) => name.endsWith('1.state'))) await pause(20);
    for (const pid of await childrenNamed('worker/process.ts')) process.kill(pid, 'SIGKILL');
    const job = await client.waitForJob(`killed-${format}`);
    expect(job).toMatchObject({
      state: 'succeeded',
      result: { mediaType, sequence: { frames: 5, lost: 0 } },
    });
    expect(job.result).not.toMatchObject({ sequence: { resumed: 0 } });
    await vi.waitFor(async () => expect(await kept()).toEqual([]), 10_000);
  },
);
