/** What actions work with. */
import type { Remote } from 'comlink';
import type { Channel } from '../../protocol/channel.ts';
import type { PluginCalls } from '../../protocol/plugin-messages.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import { createRendererClient, type RendererClient } from '../../protocol/renderer-api/client/index.ts';
import { RendererError } from '../../protocol/renderer-api/errors.ts';
import type { StyleToKeep } from '../pictures/read-style-file.ts';
import type { PreviewClient } from '../preview/client.ts';
import type { PreviewEngine } from '../preview/engine.ts';
import { guardedFetch } from '../renderer/guarded-fetch.ts';
import type { Starters } from './starters.ts';
import type { Store } from './store.ts';

/** The work on picture files that needs no network. */
export type PictureWorker = Pick<Remote<PreviewEngine>, 'toTiles' | 'turnFile'>;

export interface Context {
  readonly store: Store;
  readonly plugin: Channel<PluginCalls>;
  readonly engine: PreviewClient;
  readonly starters: Starters;
  /** Style files as they were given to this window, by id: the plugin keeps them without their networks. */
  readonly wholeStyles: Map<string, Bytes>;
  pictures(): PictureWorker;
}

/** The client of the paired renderer, whether or not it answers. */
export function rendererOf({ store }: Context): RendererClient | null {
  const { renderer } = store.state.settings;
  return (
    renderer && createRendererClient({ baseUrl: renderer.url, token: renderer.token, fetch: guardedFetch })
  );
}

/** @throws RENDERER_UNREACHABLE when none is paired */
export function needRenderer(context: Context): RendererClient {
  const renderer = rendererOf(context);
  if (!renderer)
    throw new RendererError('RENDERER_UNREACHABLE', 'No renderer is paired.', {
      hint: 'Pair one in the settings.',
    });
  return renderer;
}

/** Chooses a style, and remembers it for the next opening. */
export async function chooseStyle({ store, plugin }: Context, id: string): Promise<void> {
  store.dispatch({ type: 'choose-style', id });
  await plugin.call('save-settings', { settings: store.state.settings });
}

/** Keeps a style, chooses it, and shows it on portraits. */
export async function keepStyle(context: Context, { style, file }: StyleToKeep): Promise<void> {
  const { store, plugin } = context;
  const { styles } = await plugin.call('save-style', { style, file });
  store.dispatch({ type: 'styles', styles });
  await chooseStyle(context, style.id);
  store.dispatch({ type: 'screen', screen: 'stylize' });
}

export const isOnline = ({ store }: Context): boolean => store.state.renderer.kind === 'online';

export const newId = (prefix: string): string =>
  `${prefix}-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`;
