/**
 * A stand-in for Figma that runs the built plugin in QuickJS, as Figma does, on a document of its own. Runs in Node and in a
 * browser alike; whoever opens it brings the window. It enforces Figma's limits and lacks what the plugin does not use.
 */
import type { QuickJSContext, QuickJSWASMModule } from 'quickjs-emscripten';
import { pack, unpack } from '../messages.ts';
import type { Native } from '../native.ts';
import { bindNative, toHandle } from './bindings.ts';
import { checkVideo, ImageStore } from './image-store.ts';
import type { Inside } from './inside.ts';
import type { NodeSpec, NodeState } from './scene-spec.ts';

export interface PluginFiles {
  /** manifest.json as text. */
  readonly manifest: string;
  /** The code that its `main` names. */
  readonly code: string;
  /** The texts that its `ui` names. */
  readonly uiFiles: Readonly<Record<string, string>>;
}

/** The plugin's window. */
export interface HostWindow {
  show(html: string, options: { readonly width?: number; readonly height?: number }): void;
  resize(width: number, height: number): void;
  /** Delivers a message if the page in the window has that origin, or whatever it has for `*`. */
  post(message: unknown, origin: string): void;
  close(): void;
}

export interface Notice {
  readonly message: string;
  readonly error: boolean;
  /** Text of its button; empty where it has none. */
  readonly button: string;
}

export interface HostOptions {
  readonly files: PluginFiles;
  /** The program of inside.ts, bundled. */
  readonly inside: string;
  readonly quickjs: QuickJSWASMModule;
  readonly window: HostWindow;
  readonly changed?: () => void;
  readonly noticed?: (notice: Notice) => void;
  /** A PNG of a layer. Absent, exporting fails. */
  readonly exportPng?: (layer: NodeState, scale: number) => Promise<Uint8Array>;
}

export class FigmaHost {
  readonly images = new ImageStore();
  /** By hash. */
  readonly videos = new Map<string, Uint8Array>();
  /** Whether the team has a paid plan, whose files alone take videos. */
  isPaid = true;
  /** What figma.notify showed. */
  readonly notices: Notice[] = [];
  readonly logs: string[] = [];
  /** The layers last scrolled to. */
  scrolledTo: readonly string[] = [];
  running = false;
  private readonly context: QuickJSContext;
  private readonly options: HostOptions;
  private handedOver: Uint8Array[] = [];

  constructor(options: HostOptions) {
    this.options = options;
    this.context = options.quickjs.newContext();
    bindNative(this.context, this.native());
    this.evaluate(options.inside, 'inside.js');
  }

  /** Starts the plugin by a command of its menu, a relaunch button or a quick action. */
  run(command: string, parameters?: Readonly<Record<string, unknown>>): void {
    if (this.running) this.close();
    const { code, uiFiles, manifest } = this.options.files;
    this.running = true;
    this.ask('prepare', JSON.stringify(uiFiles), manifest);
    this.evaluate(code, 'plugin.js');
    this.ask('start', JSON.stringify({ command, parameters }));
  }

  /** Ends the plugin as its user may at any time. */
  close(): void {
    this.running = false;
    this.ask('close');
    this.options.window.close();
  }

  /** A message from the page in the window. */
  receive(message: unknown, origin: string): void {
    const { json, bytes } = pack(message);
    this.ask('receive', json, origin, ...bytes.map((data) => data.slice().buffer));
  }

  /** Puts layers on the first page. Answers with their ids. */
  plant(layers: readonly NodeSpec[]): string[] {
    return JSON.parse(this.ask('plant', JSON.stringify(layers)) as string);
  }

  select(...ids: readonly string[]): void {
    this.ask('select', JSON.stringify(ids));
  }

  /** The current page and all on it. */
  tree(): NodeState {
    return JSON.parse(this.ask('tree') as string);
  }

  /** Ids of the selected layers. */
  selection(): string[] {
    return JSON.parse(this.ask('selection') as string);
  }

  /** Presses the button of the latest notice. */
  pressNotice(): void {
    this.ask('pressNotice');
  }

  /** How often plugins looked at a layer so far. */
  looks(): number {
    return this.ask('looks') as number;
  }

  /** Goes to a page as a user would, by its index. */
  goToPage(index: number): void {
    this.ask('goToPage', index);
  }

  undo(): void {
    this.ask('undo');
  }

  undoSteps(): number {
    return this.ask('undoSteps') as number;
  }

  /** Changes properties of a layer as a user would. */
  change(id: string, props: Readonly<Record<string, unknown>>): void {
    this.ask('change', id, JSON.stringify(props));
  }

  /** Removes a layer as a user would. */
  remove(id: string): void {
    this.ask('remove', id);
  }

  /** What a quick action offers. */
  suggest(key: string, query: string): Promise<unknown> {
    return new Promise((resolve) =>
      this.ask('suggest', key, query, (suggestions: string) => resolve(JSON.parse(suggestions))),
    );
  }

  dispose(): void {
    this.running = false;
    this.context.dispose();
  }

  private ask(name: keyof Inside, ...args: readonly unknown[]): unknown {
    const { context } = this;
    const host = context.getProp(context.global, 'host');
    const work = context.getProp(host, name);
    const handles = args.map((arg) => toHandle(context, arg));
    try {
      const result = context.unwrapResult(context.callFunction(work, host, ...handles));
      const value = context.dump(result);
      result.dispose();
      return value;
    } finally {
      for (const handle of [...handles, work, host]) if (handle.alive) handle.dispose();
      this.runJobs();
    }
  }

  private evaluate(code: string, file: string): void {
    this.context.unwrapResult(this.context.evalCode(code, file)).dispose();
    this.runJobs();
  }

  private runJobs(): void {
    this.context.unwrapResult(this.context.runtime.executePendingJobs());
  }

  private native(): Native {
    const { window, exportPng } = this.options;
    const later = (work: () => void) => setTimeout(() => this.context.alive && work(), 0);
    return {
      changed: () => this.options.changed?.(),
      selected: () => this.options.changed?.(),
      keepImage: (bytes) => JSON.stringify(this.images.keep(new Uint8Array(bytes))),
      findImage: (hash) => {
        const header = this.images.find(hash);
        return header ? JSON.stringify(header) : '';
      },
      imageBytes: (hash) => this.images.bytes(hash).slice().buffer,
      keepVideo: (bytes) => {
        if (!this.isPaid)
          throw new Error('in createVideoAsync: Video can only be added to files in a paid team');
        const video = new Uint8Array(bytes);
        const hash = checkVideo(video);
        this.videos.set(hash, video);
        return hash;
      },
      hasVideo: (hash) => this.videos.has(hash),
      exportPng: (request, nodeId, scale) => {
        const done = (png: Uint8Array | null) =>
          later(() => this.ask('exported', request, png ? png.slice().buffer : null));
        const layer = () => find(this.tree(), nodeId)!;
        later(() => {
          if (exportPng) exportPng(layer(), scale).then(done, () => done(null));
          else done(null);
        });
      },
      showWindow: (html, options) => window.show(html, JSON.parse(options)),
      resizeWindow: (width, height) => window.resize(width, height),
      handOver: (bytes) => {
        this.handedOver.push(new Uint8Array(bytes));
      },
      post: (json, origin) => {
        const message = unpack({ json, bytes: this.handedOver });
        this.handedOver = [];
        later(() => window.post(message, origin));
      },
      notify: (message, error, button) => {
        this.notices.push({ message, error, button });
        this.options.noticed?.({ message, error, button });
      },
      scrollTo: (nodeIds) => {
        this.scrolledTo = JSON.parse(nodeIds);
        this.options.changed?.();
      },
      closed: () => later(() => this.running && this.close()),
      startTimer: (id, milliseconds) =>
        void setTimeout(() => this.context.alive && this.ask('fire', id), milliseconds),
      log: (level, text) => {
        this.logs.push(`${level}: ${text}`);
      },
    };
  }
}

/** A layer at any depth. */
export function find(tree: NodeState, id: string): NodeState | undefined {
  if (tree.id === id) return tree;
  for (const child of tree.children) {
    const found = find(child, id);
    if (found) return found;
  }
  return undefined;
}
