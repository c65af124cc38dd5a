import type { HostWindow } from '../sandbox/figma-host.ts';
import { type NestedWindow, type Nesting, nestWindow, type Theme } from './nest-window.ts';

export interface IframeOptions extends Omit<Nesting, 'receive'> {
  readonly pluginId: string;
  readonly theme: () => Theme;
  readonly receive: (message: unknown, origin: string) => void;
}

/** Pixels of Figma's own around the largest window. */
const MARGIN = { width: 24, height: 64 };
/** Pixels; https://developers.figma.com/docs/plugins/api/figma-ui */
const LEAST_WIDTH = 70;

/**
 * The plugin's window. The page in it has the origin "null"; a page it goes on to keeps its own origin and must name the
 * plugin in its messages.
 */
export function iframeWindow(
  panel: HTMLElement,
  options: IframeOptions,
): HostWindow & { wear(theme: Theme): void } {
  let shown: NestedWindow | null = null;
  const receive = (message: unknown, pluginId: unknown, origin: string) => {
    if (message === undefined) return;
    const named = pluginId === '*' || pluginId === options.pluginId;
    if (origin === 'null' || named) options.receive(message, origin);
  };
  const resize = (width: number, height: number) => {
    const most = { width: innerWidth - MARGIN.width, height: innerHeight - MARGIN.height };
    if (!shown) return;
    const { style } = shown.element;
    style.width = `${Math.min(most.width, Math.max(LEAST_WIDTH, width))}px`;
    style.height = `${Math.min(most.height, Math.max(0, height))}px`;
  };
  return {
    show(html, { width = 300, height = 200 }) {
      shown?.remove();
      shown = nestWindow(html, options.theme(), { ...options, receive });
      panel.append(shown.element);
      panel.hidden = false;
      resize(width, height);
    },
    resize,
    post: (message, origin) => shown?.post(message, origin),
    wear: (theme) => shown?.wear(theme),
    close() {
      shown?.remove();
      shown = null;
      panel.hidden = true;
    },
  };
}
