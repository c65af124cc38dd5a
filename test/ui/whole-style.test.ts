import { afterEach, expect, it, vi } from 'vitest';
import { decodeStyle, encodeStyle } from '../../models/style-file/index.ts';
import type { RecentStyle } from '../../protocol/plugin-data.ts';
import type { RendererClient } from '../../protocol/renderer-api/client/index.ts';
import type { Context } from '../../ui/app/context.ts';
import { createStore } from '../../ui/app/store.ts';
import { createStyles } from '../../ui/app/styles.ts';
import { styleOf } from '../../ui/app/whole-style.ts';
import { manifest, plainStyle } from '../models/style-file/samples.ts';

afterEach(() => vi.restoreAllMocks());

const srgan = Uint8Array.of(1, 2, 3);
const given = new Uint8Array(encodeStyle({ ...plainStyle, manifest, weights: { srgan } }));

/** A window whose plugin keeps what it is given. */
function windowWithPlugin() {
  const kept = new Map<string, { style: RecentStyle; file: Uint8Array }>();
  const styles = () => [...kept.values()].map(({ style }) => style);
  const answers: Record<string, (ask: never) => unknown> = {
    'save-style': ({ style, file }: { style: RecentStyle; file: Uint8Array }) => {
      kept.set(style.id, { style, file });
      return { styles: styles() };
    },
    'read-style': ({ id }: { id: string }) => ({ file: kept.get(id)!.file }),
    'remove-style': ({ id }: { id: string }) => {
      kept.delete(id);
      return { styles: styles() };
    },
    'save-settings': () => ({}),
  };
  const context = {
    store: createStore(),
    plugin: { call: async (name: string, ask: never) => answers[name](ask) },
    engine: { addStyle: async () => undefined },
    starters: {},
    wholeStyles: new Map(),
  } as unknown as Context;
  return { context, kept, styles: createStyles(context) };
}

function aRenderer() {
  const sent: Uint8Array[] = [];
  const uploadStyle = async (_id: string, file: Uint8Array) => void sent.push(file);
  return { sent, client: { styles: async () => [], uploadStyle } as unknown as RendererClient };
}
const networksOf = (file: Uint8Array) => Object.keys(decodeStyle(file).weights);

it('a style file goes nowhere when it is added, and whole with the first job; another window has what the plugin kept', async () => {
  const fetching = vi.spyOn(globalThis, 'fetch');
  const { context, kept, styles } = windowWithPlugin();
  context.store.dispatch({
    type: 'settings',
    settings: {
      ...context.store.state.settings,
      renderer: { url: 'http://localhost:8017', token: 'a token' },
    },
  });
  context.store.dispatch({
    type: 'renderer',
    renderer: { kind: 'online', version: '0.1.0', devices: ['cpu'] },
  });
  await styles.addFiles([new File([given], 'mine.limner')]);
  expect(context.store.state.notice).toBeNull();
  expect(fetching).not.toHaveBeenCalled();
  const [[id, { file }]] = kept;
  expect(networksOf(file)).toEqual([]);

  const { sent, client } = aRenderer();
  const { signal } = new AbortController();
  expect(await styleOf(context, client, id, signal)).toEqual({ style: id });
  await styleOf({ ...context, wholeStyles: new Map() }, client, id, signal);
  expect(sent.map(networksOf)).toEqual([['srgan'], []]);

  await styles.remove(id);
  expect(context.wholeStyles.size).toBe(0);
});
