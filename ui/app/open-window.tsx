import '@create-figma-plugin/ui/css/base.css';
import '@create-figma-plugin/ui/css/theme.css';
import { wrap } from 'comlink';
import { render } from 'preact';
import { lazy } from '../../models/lazy.ts';
import { openChannel } from '../../protocol/channel.ts';
import { PLUGIN_CALLS, WINDOW_CALLS } from '../../protocol/plugin-messages.ts';
import { PreviewClient } from '../preview/client.ts';
import type { PreviewEngine } from '../preview/engine.ts';
import { App } from '../screens/app.tsx';
import '../window.css';
import { createActions } from './actions.ts';
import { readAssetFrom } from './asset-source.ts';
import type { Context } from './context.ts';
import { followState } from './previewing.ts';
import { sketchStarters } from './sketching.ts';
import { createStarters } from './starters.ts';
import { createStore } from './store.ts';
import { followTheme } from './theme.ts';
import { windowPort } from './window-port.ts';

/** Connects plugin, previews and screens, and starts. */
export async function openWindow(): Promise<void> {
  followTheme();
  const store = createStore();
  const plugin = openChannel(
    windowPort(),
    WINDOW_CALLS,
    {
      selection(selection) {
        store.dispatch({ type: 'selection', selection });
        return {};
      },
    },
    PLUGIN_CALLS,
  );
  const readAsset = readAssetFrom(plugin);
  const engine = new PreviewClient({
    createWorker,
    readAsset,
    devices: WINDOW_KIND === 'hosted' ? ['webgpu', 'wasm'] : ['wasm'],
    onLoading: (share) => store.dispatch({ type: 'preview-loading', share }),
    onDevice: (device) => store.dispatch({ type: 'tier', tier: device ?? 'none' }),
  });
  const context: Context = {
    store,
    plugin,
    engine,
    starters: createStarters(store, readAsset),
    wholeStyles: new Map(),
    pictures: lazy(() => wrap<PreviewEngine>(createWorker())),
  };
  const actions = createActions(context);
  const root = document.getElementById('root') as HTMLElement;
  const show = () => render(<App state={store.state} actions={actions} />, root);
  store.subscribe(show);
  followState(context);
  sketchStarters(context);
  show();
  await actions.start();
}

/** A blob's, because the page of a plugin has no address to load a script from. */
const workerUrl = lazy(() => URL.createObjectURL(new Blob([PREVIEW_WORKER], { type: 'text/javascript' })));
const createWorker = () => new Worker(workerUrl());
