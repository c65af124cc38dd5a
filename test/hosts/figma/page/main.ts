/** The page: Figma's place for a plugin, as far as a test or a visitor of the playground needs it. */
import { newQuickJSWASMModuleFromVariant, newVariant, RELEASE_SYNC } from 'quickjs-emscripten';
import { FigmaHost } from '../sandbox/figma-host.ts';
import { Bitmaps } from './bitmaps.ts';
import { CanvasView } from './canvas-view.ts';
import { exportPng } from './export-png.ts';
import { iframeWindow } from './iframe-window.ts';
import type { Theme } from './nest-window.ts';
import { plantSamples } from './samples.ts';

const element = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const fetchText = async (path: string) => (await fetch(path)).text();

interface Manifest {
  readonly id: string;
  readonly main: string;
  readonly ui: Readonly<Record<string, string>>;
  readonly menu: readonly { readonly name?: string; readonly command?: string }[];
  readonly networkAccess: { readonly allowedDomains: string[]; readonly devAllowedDomains?: string[] };
}

const manifestText = await fetchText('/plugin/manifest.json');
const manifest: Manifest = JSON.parse(manifestText);
const { allowedDomains, devAllowedDomains = [] } = manifest.networkAccess;
const uiFiles = Object.fromEntries(
  await Promise.all(
    Object.entries(manifest.ui).map(async ([key, path]) => [key, await fetchText(`/plugin/${path}`)]),
  ),
);

const theme = (): Theme => (element<HTMLInputElement>('dark').checked ? 'dark' : 'light');
const bitmaps = new Bitmaps(
  (hash) => host.images.bytes(hash),
  () => view.draw(),
);
const pluginWindow = iframeWindow(element('window'), {
  pluginId: manifest.id,
  domains: [...allowedDomains, ...devAllowedDomains],
  theme,
  colours: await fetchText('/figma-theme.css'),
  receive: (message, origin) => host.receive(message, origin),
});
const host: FigmaHost = new FigmaHost({
  files: { manifest: manifestText, code: await fetchText(`/plugin/${manifest.main}`), uiFiles },
  inside: await fetchText('/inside.js'),
  quickjs: await newQuickJSWASMModuleFromVariant(newVariant(RELEASE_SYNC, { wasmLocation: '/quickjs.wasm' })),
  window: pluginWindow,
  changed: () => view.draw(),
  exportPng: (layer, scale) => exportPng(layer, scale, bitmaps),
  noticed: ({ message, error }) => {
    const notice = element('notice');
    notice.textContent = message;
    notice.className = error ? 'error' : '';
  },
});

const view = new CanvasView(element<HTMLCanvasElement>('canvas'), host, bitmaps);

for (const { name, command } of manifest.menu) {
  if (!command) continue;
  const button = document.createElement('button');
  button.textContent = name ?? command;
  button.addEventListener('click', () => host.run(command));
  element('menu').append(button);
}
element('undo').addEventListener('click', () => host.undo());
element('close').addEventListener('click', () => host.close());
element('dark').addEventListener('change', () => {
  document.documentElement.classList.toggle('dark', theme() === 'dark');
  pluginWindow.wear(theme());
});

if (new URLSearchParams(location.search).has('samples')) await plantSamples(host);

Object.assign(window, { host });
document.documentElement.dataset['ready'] = 'true';
