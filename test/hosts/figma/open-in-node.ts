/** The Figma host in Node: the plugin built and run in QuickJS, with a window that is only a channel's other end. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { getQuickJS } from 'quickjs-emscripten';
import { type Channel, openChannel } from '../../../protocol/channel.ts';
import {
  PLUGIN_CALLS,
  type PluginCalls,
  type Selection,
  WINDOW_CALLS,
} from '../../../protocol/plugin-messages.ts';
import { FigmaHost, type HostOptions } from './sandbox/figma-host.ts';

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path(file)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2020',
  });
  return outputFiles[0].text;
}

/** A window as the tests of the plugin use it: it says what it was told to show, and asks what a test asks. */
export interface TestWindow {
  readonly plugin: Channel<PluginCalls>;
  /** Pages shown, newest last. */
  readonly pages: string[];
  readonly selections: Selection[];
  /** The origin of the page, as Figma tells it to the plugin. */
  origin: string;
  /** A message outside of the protocol, and what came back. */
  readonly replies: unknown[];
  sendRaw(message: unknown): void;
}

/** @param own code to run in place of the plugin's */
export async function openInNode({
  code: own,
  ...options
}: Partial<Pick<HostOptions, 'exportPng'>> & { readonly code?: string } = {}): Promise<{
  host: FigmaHost;
  window: TestWindow;
}> {
  const [code, inside, manifest, quickjs] = await Promise.all([
    own ?? bundle('../../../plugin/main.ts'),
    bundle('sandbox/inside.ts'),
    readFile(path('../../../manifest.json'), 'utf8'),
    getQuickJS(),
  ]);
  let receive: (message: unknown) => void = () => undefined;
  const pages: string[] = [];
  const selections: Selection[] = [];
  const replies: unknown[] = [];
  const host: FigmaHost = new FigmaHost({
    files: { manifest, code, uiFiles: { window: '<p>Limner</p>', weights: 'AAAA' } },
    inside,
    quickjs,
    window: {
      show: (html) => pages.push(html),
      resize: () => undefined,
      post: (message, origin) => {
        if (origin !== '*' && origin !== window.origin) return;
        replies.push(message);
        receive(message);
      },
      close: () => undefined,
    },
    ...options,
  });
  const sendRaw = (message: unknown) => host.receive(message, window.origin);
  const port = {
    send: sendRaw,
    listen: (listener: (message: unknown) => void) => {
      receive = listener;
    },
  };
  const plugin = openChannel(
    port,
    WINDOW_CALLS,
    {
      selection: (selection) => {
        selections.push(selection);
        return {};
      },
    },
    PLUGIN_CALLS,
  );
  const window: TestWindow = { plugin, pages, selections, replies, origin: 'null', sendRaw };
  return { host, window };
}
