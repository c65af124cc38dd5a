/** The global `figma` of one run of the plugin. Under dynamic-page, as the manifest says. */
import type * as F from '@figma/plugin-typings/plugin-api-standalone.d.ts';
import { mixed } from '../document/mixed.ts';
import type { HostNode } from '../document/node.ts';
import {
  type BaseNode,
  DocumentNode,
  FrameNode,
  nodeOf,
  PageNode,
  RectangleNode,
  type SceneNode,
} from '../document/nodes.ts';
import type { Scene } from '../document/scene.ts';
import { pack } from '../messages.ts';
import type { Native } from '../native.ts';
import type { ClientStorage } from './client-storage.ts';
import { Listeners } from './events.ts';
import { type HostImage, Images } from './images.ts';
import { LIMITS } from './limits.ts';
import { turn } from './turn.ts';

type Message = (message: unknown, props: { origin: string }) => void;

export class HostFigma {
  readonly mixed: F.PluginAPI['mixed'] = mixed;
  readonly clientStorage: ClientStorage;
  /** For the host alone. */
  readonly events: {
    readonly run: Listeners<[F.RunParametersEvent]>;
    readonly selectionchange: Listeners<[]>;
    readonly message: Listeners<Parameters<Message>>;
    readonly input: Listeners<[F.ParameterInputEvent]>;
  } = {
    run: new Listeners(),
    selectionchange: new Listeners(),
    message: new Listeners(),
    input: new Listeners(),
  };
  private readonly scene: Scene;
  private readonly native: Native;
  private readonly images: Images;
  private hasWindow = false;
  private noticeAction: (() => void) | undefined;

  constructor(scene: Scene, native: Native, clientStorage: ClientStorage) {
    this.scene = scene;
    this.native = native;
    this.clientStorage = clientStorage;
    this.images = new Images(native);
  }

  get skipInvisibleInstanceChildren(): boolean {
    return this.scene.skipsHidden;
  }

  set skipInvisibleInstanceChildren(skips: boolean) {
    this.scene.skipsHidden = skips;
  }

  on(type: 'run', listener: (event: F.RunParametersEvent) => void): void;
  on(type: 'selectionchange', listener: () => void): void;
  on(type: 'run' | 'selectionchange', listener: (event: F.RunParametersEvent) => void): void {
    if (type === 'run') this.events.run.add(listener);
    else this.events.selectionchange.add(listener as () => void);
  }

  readonly parameters = {
    on: (_: 'input', listener: (event: F.ParameterInputEvent) => void): void =>
      this.events.input.add(listener),
  };

  get root(): DocumentNode {
    return new DocumentNode(this.scene, '0:0');
  }

  get currentPage(): PageNode {
    return new PageNode(this.scene, this.scene.store.currentPage);
  }

  set currentPage(_: PageNode) {
    throw new Error('Cannot call figma.currentPage= with documentAccess: dynamic-page');
  }

  async setCurrentPageAsync(page: PageNode): Promise<void> {
    await page.loadAsync();
    this.scene.store.currentPage = page.id;
  }

  async getNodeByIdAsync(id: string): Promise<BaseNode | null> {
    await turn();
    const record = this.scene.store.find(id);
    return record && !this.scene.isSkipped(record) ? nodeOf(this.scene, id) : null;
  }

  getNodeById(): never {
    throw new Error('Cannot call figma.getNodeById with documentAccess: dynamic-page');
  }

  createRectangle(): RectangleNode {
    return this.create(RectangleNode, 'RECTANGLE', 'Rectangle');
  }

  createFrame(): FrameNode {
    return this.create(FrameNode, 'FRAME', 'Frame');
  }

  createImage(bytes: Uint8Array): HostImage {
    return this.images.create(bytes);
  }

  async createVideoAsync(bytes: Uint8Array): Promise<{ hash: string }> {
    if (!(bytes instanceof Uint8Array)) throw new Error('in createVideoAsync: Expected a Uint8Array');
    await turn();
    return { hash: this.native.keepVideo(bytes.slice().buffer) };
  }

  getImageByHash(hash: string): HostImage | null {
    return this.images.find(hash);
  }

  showUI(html: string, options: F.ShowUIOptions = {}): void {
    if ((options.width ?? 300) < 70) throw new Error('in showUI: the width is at least 70');
    this.hasWindow = true;
    this.native.showWindow(html, JSON.stringify(options));
  }

  readonly ui = {
    on: (_: 'message', listener: Message): void => this.events.message.add(listener),
    resize: (width: number, height: number): void => this.native.resizeWindow(width, height),
    postMessage: (message: unknown, options: F.UIPostMessageOptions = {}): void => {
      if (!this.hasWindow) throw new Error('in postMessage: No UI to send a message to');
      const { json, bytes } = pack(message);
      for (const data of bytes) this.native.handOver(data.slice().buffer);
      this.native.post(json, options.origin ?? '*');
    },
  };

  readonly viewport = {
    center: { x: 320, y: 200 },
    scrollAndZoomIntoView: (nodes: readonly SceneNode[]): void =>
      this.native.scrollTo(JSON.stringify(nodes.map(({ id }) => id))),
  };

  notify(
    message: string,
    { error = false, button }: Pick<F.NotificationOptions, 'error' | 'button'> = {},
  ): void {
    if (message.length > LIMITS.notify)
      throw new Error('in notify: The message has more than 100 characters');
    this.noticeAction = button?.action;
    this.native.notify(message, error, button?.text ?? '');
  }

  /** For the host alone: the user presses the button of the notice. */
  pressNotice(): void {
    this.noticeAction?.();
  }

  commitUndo(): void {
    this.scene.store.commit();
  }

  closePlugin(message = ''): void {
    this.native.closed(message);
  }

  private create<N extends HostNode>(
    Kind: new (scene: Scene, id: string) => N,
    type: string,
    name: string,
  ): N {
    const { store } = this.scene;
    const white = { type: 'SOLID', color: { r: 1, g: 1, b: 1 } };
    const record = store.add(type, { name, width: 100, height: 100, fills: [white] });
    const page = store.find(store.currentPage)!;
    store.link(record, page, page.children.length);
    return Object.preventExtensions(new Kind(this.scene, record.id));
  }
}
