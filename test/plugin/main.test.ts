import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('the plugin tells its window how many selected layers hold a picture, whenever that changes', async () => {
  const entry = fileURLToPath(new URL('../../plugin/main.ts', import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, target: 'es2017' });
  const posted: unknown[] = [];
  const listeners: Record<string, () => void> = {};
  const mixed = Symbol('mixed');
  const figma = {
    mixed,
    showUI: () => undefined,
    ui: { postMessage: (message: unknown) => posted.push(message) },
    on: (name: string, listener: () => void) => {
      listeners[name] = listener;
    },
    currentPage: { selection: [] as unknown[] },
  };
  runInNewContext(outputFiles[0].text, { figma, __html__: '' });
  figma.currentPage.selection = [
    { fills: [{ type: 'SOLID' }, { type: 'IMAGE' }] },
    { fills: [{ type: 'SOLID' }] },
    { fills: mixed },
    {},
  ];
  listeners['selectionchange']();
  expect(posted).toEqual([
    { type: 'selection', pictures: 0 },
    { type: 'selection', pictures: 1 },
  ]);
});
