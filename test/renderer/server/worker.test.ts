import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { RenderProcess } from '../../../renderer/server/worker/render-process.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const inFolder = temporaryFolder();
const options = () =>
  ({ storage: inFolder('storage'), device: 'cpu', threads: 1, signer: 'nobody' }) as const;
const order = {
  job: 'job',
  request: { kind: 'upscale', picture: 'a', scale: 2, format: 'png' } as const,
  keys: { a: 'pictures/a' },
  styleSha256: null,
  resultKey: 'results/a',
  kept: null,
};
const run = { signal: new AbortController().signal, onProgress: () => undefined };

it.runIf(process.platform === 'linux')(
  'a render process is killed when it takes too much memory, which is told',
  async () => {
    const greedy = new RenderProcess({ ...options(), memory: 1 });
    await expect(greedy.run(order, run)).rejects.toMatchObject({ isTooLarge: true });
  },
  60_000,
);

it.runIf(process.platform === 'linux')(
  'a render process knows neither token nor database',
  async () => {
    vi.stubEnv('LIMNER_TOKEN', 'secret-token');
    vi.stubEnv('DATABASE_URL', 'postgres://user:secret@host/');
    const renderer = new RenderProcess(options());
    await renderer.capabilities();
    const { pid } = renderer;
    const told = readFileSync(`/proc/${pid}/environ`, 'utf8');
    renderer.end();
    vi.unstubAllEnvs();
    expect(told).toContain('PATH=');
    expect(told).not.toContain('secret');
  },
  60_000,
);
