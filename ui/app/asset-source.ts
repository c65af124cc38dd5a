import type { Channel } from '../../protocol/channel.ts';
import { ChannelError } from '../../protocol/envelope.ts';
import type { PluginCalls } from '../../protocol/plugin-messages.ts';
import type { ReadAsset } from '../preview/assets.ts';

/** Milliseconds that Figma may take to hand over some megabytes. */
const PATIENCE = 120_000;

/** The hosted window fetches, and the browser caches; the inlined one may fetch nothing and asks the plugin. */
export function readAssetFrom(plugin: Channel<PluginCalls>): ReadAsset {
  if (WINDOW_KIND === 'inlined') {
    return async (name) => ({
      base64: (await plugin.call('read-asset', { name }, { deadline: PATIENCE })).text,
    });
  }
  return async (name) => {
    const response = await fetch(`assets/${name}.gz`);
    if (!response.ok)
      throw new ChannelError('NOT_FOUND', `The renderer has no file named ${name}.`, 'Build it again.');
    return { gzip: await response.arrayBuffer() };
  };
}
