import type { Port } from '../../protocol/channel.ts';

/** Figma hands messages of a page with an origin of its own to the plugin only if they name it. */
const ANY_PLUGIN = '*';

/** Messages to and from the plugin's main thread, which Figma passes on. */
export function windowPort(): Port {
  return {
    send: (message) => parent.postMessage({ pluginMessage: message, pluginId: ANY_PLUGIN }, '*'),
    listen: (receive) =>
      addEventListener('message', ({ source, data }) => {
        if (source === parent && data?.pluginMessage !== undefined) receive(data.pluginMessage);
      }),
  };
}
