/** The program inside the sandbox: the document, and `figma` for each run of the plugin. Answers the host's calls. */
import type * as F from '@figma/plugin-typings/plugin-api-standalone.d.ts';
import { ClientStorage } from '../api/client-storage.ts';
import { HostFigma } from '../api/figma.ts';
import { Scene } from '../document/scene.ts';
import { type NodeRecord, Store } from '../document/store.ts';
import { unpack } from '../messages.ts';
import type { Native } from '../native.ts';
import { describeTree, type NodeSpec, plant } from './scene-spec.ts';

declare const native: Native;

const exports = new Map<number, { resolve(png: Uint8Array): void; reject(error: Error): void }>();
const timers = new Map<number, () => void>();
let count = 0;
let relaunchCommands: string[] = [];
let figma: HostFigma | null = null;

const store = new Store(() => native.changed());
const storage = new ClientStorage();
const scene = new Scene(store, {
  get relaunchCommands() {
    return relaunchCommands;
  },
  hasImage: (hash) => native.findImage(hash) !== '',
  hasVideo: (hash) => native.hasVideo(hash),
  exportAsync,
  selected: () => {
    native.selected();
    // Figma tells it after the change, not while it happens.
    Promise.resolve().then(() => figma?.events.selectionchange.fire());
  },
});

const root = store.add('DOCUMENT', { name: 'Document' }, '0:0');
for (const name of ['Page 1', 'Page 2']) {
  const page = store.add('PAGE', { name }, `0:${root.children.length + 1}`);
  store.link(page, root, root.children.length);
}
store.currentPage = '0:1';
store.loadedPages.add('0:1');
store.commit();

function exportAsync(record: NodeRecord, settings: F.ExportSettingsImage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    exports.set(++count, { resolve, reject });
    native.exportPng(count, record.id, settings.constraint?.value ?? 1);
  });
}

const host = {
  /** A new `figma` for the plugin's code, which is run next. */
  prepare(uiFiles: string, manifest: string): void {
    relaunchCommands = JSON.parse(manifest).relaunchButtons.map(
      ({ command }: { command: string }) => command,
    );
    scene.skipsHidden = false;
    // Under dynamic-page each run begins with the current page alone.
    store.loadedPages.clear();
    store.loadedPages.add(store.currentPage);
    figma = new HostFigma(scene, native, storage);
    Object.assign(globalThis, { figma, __uiFiles__: JSON.parse(uiFiles) });
  },
  start(event: string): void {
    figma?.events.run.fire(JSON.parse(event));
  },
  close(): void {
    figma = null;
    timers.clear();
    store.commit();
  },
  receive(json: string, origin: string, ...buffers: ArrayBuffer[]): void {
    const message = unpack({ json, bytes: buffers.map((buffer) => new Uint8Array(buffer)) });
    figma?.events.message.fire(message, { origin });
  },
  fire(timer: number): void {
    const callback = timers.get(timer);
    timers.delete(timer);
    callback?.();
  },
  exported(request: number, png: ArrayBuffer | null): void {
    const waiting = exports.get(request);
    exports.delete(request);
    if (png) waiting?.resolve(new Uint8Array(png));
    else waiting?.reject(new Error('in exportAsync: the layer could not be exported'));
  },
  plant(spec: string): string {
    const ids = (JSON.parse(spec) as NodeSpec[]).map((each) => plant(scene, each, store.find('0:1')!).id);
    store.commit();
    native.changed();
    return JSON.stringify(ids);
  },
  select(ids: string): void {
    scene.select(store.find(store.currentPage)!, JSON.parse(ids));
  },
  tree: (): string => JSON.stringify(describeTree(scene, store.find(store.currentPage)!)),
  selection: (): string => JSON.stringify(store.selections.get(store.currentPage) ?? []),
  pressNotice: (): void => figma?.pressNotice(),
  looks: (): number => scene.looks,
  goToPage(index: number): void {
    store.currentPage = root.children[index];
    store.loadedPages.add(store.currentPage);
    native.changed();
  },
  undo: (): void => store.undo(),
  undoSteps: (): number => store.steps,
  change(id: string, props: string): void {
    Object.assign(store.find(id)!.props, JSON.parse(props));
    native.changed();
  },
  remove(id: string): void {
    store.drop(id);
    native.changed();
  },
  /** Types into a quick action. Answers with what was suggested, when there is something. */
  suggest(key: string, query: string, answer: (suggestions: string) => void): void {
    const tell = (value: unknown) => answer(JSON.stringify(value));
    figma?.events.input.fire({
      key,
      query,
      parameters: {},
      result: {
        setSuggestions: (list) => tell(list.map((each) => (typeof each === 'string' ? each : each.name))),
        setError: tell,
        setLoadingMessage: () => undefined,
      },
    });
  },
};
export type Inside = typeof host;

Object.assign(globalThis, {
  host,
  setTimeout: (callback: () => void, milliseconds = 0) => {
    timers.set(++count, callback);
    native.startTimer(count, milliseconds);
    return count;
  },
  clearTimeout: (timer: number) => timers.delete(timer),
  console: Object.fromEntries(
    ['log', 'info', 'warn', 'error'].map((level) => [
      level,
      (...parts: unknown[]) => native.log(level, parts.map(String).join(' ')),
    ]),
  ),
});
