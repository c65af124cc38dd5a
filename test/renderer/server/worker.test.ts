import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { spreadOver } from '../../../renderer/server/worker/plan-processes.ts';
import { RenderProcess } from '../../../renderer/server/worker/render-process.ts';
import { startWorker } from '../../../renderer/server/worker/worker.ts';
import { runLimner } from '../run-limner.ts';
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

describe('several cards', () => {
  it('have a process each, or as many more of one as of another', () => {
    expect(spreadOver(['0', '1', '2'], 3)).toEqual(['0', '1', '2']);
    expect(spreadOver(['0', 'GPU-8932'], 5)).toEqual(['0', 'GPU-8932', '0', 'GPU-8932', '0']);
    expect(spreadOver([], 2)).toEqual([undefined, undefined]);
  });

  it.runIf(process.platform === 'linux')(
    'are each seen by the process that has it, and by no other',
    async () => {
      vi.stubEnv('CUDA_VISIBLE_DEVICES', '0,1');
      const seen = await Promise.all(
        ['1', '0', undefined].map(async (gpu) => {
          const renderer = new RenderProcess({ ...options(), gpu });
          await renderer.capabilities();
          const told = readFileSync(`/proc/${renderer.pid}/environ`, 'utf8').split('\0');
          renderer.end();
          return told.filter((line) => line.startsWith('CUDA_VISIBLE_DEVICES='));
        }),
      );
      vi.unstubAllEnvs();
      expect(seen.map(([line]) => line.split('=')[1])).toEqual(['1', '0', '0,1']);
    },
  );

  it('that CUDA cannot use are named before any job is taken', async () => {
    const { threads: _, ...process } = { ...options(), device: 'cuda' as const };
    const started = startWorker({ process, gpus: ['999'] } as never);
    await expect(started).rejects.toMatchObject({
      code: 'DEVICE_UNAVAILABLE',
      message: expect.stringContaining('GPU 999'),
    });
  });

  it.each([[['--gpus', '0;1']], [['--gpus', '0', '--device', 'cpu']]])('%j is refused', async (args) => {
    expect((await runLimner(['serve', '--port', '0', '--data', inFolder('data'), ...args])).code).toBe(2);
  });
});
