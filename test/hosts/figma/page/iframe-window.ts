import type { HostWindow } from '../sandbox/figma-host.ts';
import { type Theme, windowPage } from './window-page.ts';

export interface IframeOptions {
  readonly pluginId: string;
  readonly domains: readonly string[];
  readonly theme: () => Theme;
  /** Figma's colours as a style sheet. */
  readonly colours: string;
  readonly receive: (message: unknown, origin: string) => void;
}

/**
 * The plugin's window as Figma nests it: an iframe with the plugin's HTML as a data: address, so its origin is "null". A
 * page it goes on to keeps its own origin and must name the plugin in its messages.
 */
export function iframeWindow(panel: HTMLElement, options: IframeOptions): HostWindow {
  let frame: HTMLIFrameElement | null = null;
  addEventListener('message', ({ source, data, origin }) => {
    if (!frame || source !== frame.contentWindow || data?.pluginMessage === undefined) return;
    const named = data.pluginId === '*' || data.pluginId === options.pluginId;
    if (origin === 'null' || named) options.receive(data.pluginMessage, origin);
  });
  const resize = (width: number, height: number) => {
    if (frame) Object.assign(frame.style, { width: `${width}px`, height: `${height}px` });
  };
  return {
    show(html, { width = 300, height = 200 }) {
      frame?.remove();
      frame = document.createElement('iframe');
      frame.title = 'Plugin';
      frame.allow = 'clipboard-write';
      const page = windowPage(html, options.theme(), options.domains, options.colours);
      frame.src = `data:text/html;base64,${base64(page)}`;
      panel.append(frame);
      panel.hidden = false;
      resize(width, height);
    },
    resize,
    post: (message, origin) => frame?.contentWindow?.postMessage({ pluginMessage: message }, origin),
    close() {
      frame?.remove();
      frame = null;
      panel.hidden = true;
    },
  };
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(''));
}
