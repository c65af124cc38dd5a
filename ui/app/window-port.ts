import type { Port } from '../../protocol/channel.ts';
import { isEnvelope } from '../../protocol/envelope.ts';

/** Figma hands messages of a page with an origin of its own to the plugin only if they name it. */
const ANY_PLUGIN = '*';

/**
 * Messages to and from the plugin's main thread. The window speaks to its parent, but Figma answers from its top window,
 * several frames up, whose origin is not known here: so messages are told by their shape. What comes from this window
 * itself is never the plugin's.
 */
export function windowPort(): Port {
  return {
    send: (message) => parent.postMessage({ pluginMessage: message, pluginId: ANY_PLUGIN }, '*'),
    listen: (receive) =>
      addEventListener('message', ({ source, data }) => {
        if (source !== window && isEnvelope(data?.pluginMessage)) receive(data.pluginMessage);
      }),
  };
}
