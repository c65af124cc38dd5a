import type { Port } from '../../protocol/channel.ts';
import type { WindowState } from './window-state.ts';

/** Messages to and from the page that is meant to be in the window, and no other page it may have strayed to. */
export function windowPort(state: WindowState): Port {
  return {
    send: (message) => figma.ui.postMessage(message, { origin: state.origin ?? '*' }),
    listen: (receive) =>
      figma.ui.on('message', (message, { origin }) => {
        if (state.origin === null || origin === state.origin) receive(message);
        else console.warn('Limner: a message from an unexpected page was dropped:', origin);
      }),
  };
}
