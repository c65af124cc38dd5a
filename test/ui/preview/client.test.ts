import { expose } from 'comlink';
import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../protocol/plugin-data.ts';
import { PreviewClient } from '../../../ui/preview/client.ts';

/** A worker whose `render` never ends and hears nothing, as one that composes a large picture. */
function deafWorker(load: () => Promise<string> = async () => 'wasm') {
  const { port1, port2 } = new MessageChannel();
  let endings = 0;
  const engine = {
    load,
    render: () => new Promise(() => undefined),
    cancel: () => undefined,
  };
  expose(engine, port2 as unknown as Parameters<typeof expose>[1]);
  port1.start();
  const worker = Object.assign(port1, {
    terminate() {
      endings++;
      port1.close();
    },
  });
  return { worker: worker as unknown as Worker, endings: () => endings };
}

const look = { ...DEFAULT_SETTINGS.look, scale: 1 as const };
const work = () => ({
  portrait: new Uint8Array(8),
  style: new Uint8Array(8),
  turn: 0 as const,
  within: { width: 8, height: 8 },
  look,
});

const clientOf = (createWorker: () => Worker) =>
  new PreviewClient({
    createWorker,
    readAsset: async () => ({ base64: '' }),
    devices: ['wasm'],
    onLoading: () => undefined,
    onDevice: () => undefined,
  });

it('ends a cancelled render with its worker where that does not stop by itself, and starts another', async () => {
  const workers = [deafWorker(), deafWorker()];
  let started = 0;
  const client = clientOf(() => workers[started++].worker);
  for (const { endings } of workers) {
    const abort = new AbortController();
    const rendering = client.render(work(), abort.signal, () => undefined);
    await client.load();
    abort.abort();
    await expect(rendering).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(endings()).toBe(1);
  }
  expect(started).toBe(2);
});

it('cancels a render whose networks are still loading, and leaves them to load', async () => {
  const { worker, endings } = deafWorker(() => new Promise(() => undefined));
  const client = clientOf(() => worker);
  const abort = new AbortController();
  const rendering = client.render(work(), abort.signal, () => undefined);
  abort.abort();
  await expect(rendering).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(endings()).toBe(0);
});
