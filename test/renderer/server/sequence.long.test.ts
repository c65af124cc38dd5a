import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { testRenderer } from './renderer.ts';

const clip = fileURLToPath(new URL('../../fixtures/sequences/collins.webp', import.meta.url));
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

it.runIf(process.platform === 'linux')(
  'what a killed process had painted is gone on with, and nothing of it stays',
  async () => {
    const { client, folder } = renderer;
    const kept = async () =>
      (await readdir(folder('data', 'storage', 'kept'), { recursive: true }).catch(() => []))
        .map(String)
        .filter((name) => name.includes('.'));
    const animation = await client.uploadPicture(await readFile(clip));
    const style = { style: 'linocut' };
    await client.putJob('killed', {
      ...{ kind: 'sequence', animation, style, to: 0.5 },
      settings: { quality: 'draft' },
    });
    // The second state is begun when the first one is whole.
    while (!(await kept()).some((name) => name.endsWith('1.state'))) await pause(20);
    for (const pid of await childrenNamed('worker/process.ts')) process.kill(pid, 'SIGKILL');
    const job = await client.waitForJob('killed');
    expect(job).toMatchObject({ state: 'succeeded', result: { sequence: { frames: 5, lost: 0 } } });
    expect(job.result).not.toMatchObject({ sequence: { resumed: 0 } });
    await vi.waitFor(async () => expect(await kept()).toEqual([]), 10_000);
  },
);
