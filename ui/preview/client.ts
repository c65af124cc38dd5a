/**
 * The window's side of previews: starts the worker, says which request is still wanted, and goes on elsewhere when a
 * device fails.
 *
 * One preview is computed at a time. A request that another passed over while it waited is never computed; a result for
 * a portrait or style that is no longer wanted is never shown. While a slider moves, results come in its order.
 */
import { proxy, type Remote, transfer, wrap } from 'comlink';
import { LRUCache } from 'lru-cache';
import { LimnerError } from '../../models/errors.ts';
import type { Picture } from '../../models/image/picture.ts';
import type { DeviceName } from '../../models/runtime/index.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import type { TiledPicture } from '../pictures/encode-tiles.ts';
import type { ReadAsset } from './assets.ts';
import type { CorrectableFace } from './correctable-face.ts';
import type { OnProgress, PreviewEngine, Work } from './engine.ts';
import { isAboutDevice } from './failure.ts';
import { KEPT } from './kept.ts';
import type { Preview, Previewer, PreviewRequest } from './previewer.ts';
import './remote-errors.ts';
import { sittersOf } from './sitters.ts';

export interface PreviewOptions {
  createWorker(): Worker;
  readonly readAsset: ReadAsset;
  /** Best first. */
  readonly devices: readonly DeviceName[];
  /** The share that is loaded, 0..1. */
  onLoading(share: number): void;
  /** What previews run on now; null when nothing here can run them. */
  onDevice(device: DeviceName | null): void;
}

/** Milliseconds after which a device that does not answer counts as lost. */
const PATIENCE = 60_000;

/** Milliseconds that a cancelled worker may take to stop by itself. */
const CANCELLING = 800;

type Engine = Remote<PreviewEngine>;
interface Running {
  readonly engine: Engine;
  readonly worker: Worker;
  /** What the engine keeps, in the same order. */
  readonly portraits: LRUCache<string, Picture>;
  readonly styles: LRUCache<string, readonly Picture[]>;
}
interface Waiting {
  readonly request: PreviewRequest;
  settle(preview: Promise<Preview> | null): void;
}

export class PreviewClient implements Previewer {
  readonly #options: PreviewOptions;
  #devices: readonly DeviceName[];
  #running: Promise<Running> | undefined;
  #waiting: Waiting | undefined;
  #wanted: PreviewRequest | undefined;
  #isBusy = false;

  constructor(options: PreviewOptions) {
    this.#options = options;
    this.#devices = options.devices;
  }

  /** Starts loading; previews do so by themselves. @throws when no device is left */
  async load(): Promise<void> {
    await this.#withEngine(async () => undefined);
  }

  preview(request: PreviewRequest): Promise<Preview | null> {
    this.#wanted = request;
    this.#waiting?.settle(null);
    return new Promise((resolve) => {
      this.#waiting = { request, settle: resolve };
      if (!this.#isBusy) void this.#work();
    });
  }

  forget(): void {
    this.#wanted = undefined;
    this.#waiting?.settle(null);
    this.#waiting = undefined;
  }

  /** Prepares a style before it is wished for. @throws NO_FACE_IN_STYLE, or an error of the device */
  async addStyle(style: PreviewRequest['style']): Promise<void> {
    await this.#withEngine((running) => this.#styleIn(running, style));
  }

  /** A portrait that was previewed, very small in a style. */
  sketch(portrait: string, style: Bytes): Promise<Picture> {
    return this.#withEngine(({ engine }) => engine.sketch(portrait, given(style)));
  }

  /**
   * A face of a style's reference, to be corrected by hand.
   * @param number counted from the left; 0: the largest
   * @throws NO_FACE_IN_STYLE, NO_SUCH_FACE, or an error of the device
   */
  styleFace(file: Bytes, number: number): Promise<CorrectableFace> {
    return this.#withEngine(({ engine }) => engine.styleFace(given(file), number));
  }

  /** How a detail of an adapted style's reference is enlarged by the window's small network and by the style's. */
  compareStyle(file: Bytes): Promise<{ readonly before: Picture; readonly after: Picture } | null> {
    return this.#withEngine(({ engine }) => engine.compareStyle(file));
  }

  /** Rejects with CANCELLED when the signal aborts. */
  render(work: Work, signal: AbortSignal, onProgress: OnProgress): Promise<TiledPicture> {
    return this.#cancellable(signal, (engine, id) => engine.render(id, work, proxy(onProgress)));
  }

  upscale(file: Bytes, scale: 2 | 4, signal: AbortSignal, onProgress: OnProgress): Promise<TiledPicture> {
    return this.#cancellable(signal, (engine, id) => engine.upscale(id, file, scale, proxy(onProgress)));
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting) {
      const { request, settle } = this.#waiting;
      this.#waiting = undefined;
      const result = this.#compute(request);
      await result.catch(() => undefined);
      settle(this.#isWanted(request) ? result : null);
    }
    this.#isBusy = false;
  }

  #isWanted({ portrait, style }: PreviewRequest): boolean {
    return portrait.key === this.#wanted?.portrait.key && style.key === this.#wanted?.style.key;
  }

  #compute(request: PreviewRequest): Promise<Preview> {
    const { portrait, style, look } = request;
    return this.#withEngine(async (running) => {
      const { engine } = running;
      const before = await this.#portraitIn(running, portrait);
      const faces = await this.#styleIn(running, style);
      const { warnings, used } = await withPatience(engine.styleAs(style.key, look));
      const facts = { warnings, sitters: sittersOf(faces, look.referenceFace, used) };
      if (request.onCoarse && !this.#waiting) {
        const coarse = await withPatience(engine.coarsePreview(portrait.key, style.key, look));
        if (coarse && this.#isWanted(request)) request.onCoarse({ before, after: coarse, ...facts });
      }
      const after = await withPatience(engine.preview(portrait.key, style.key, look));
      const more = await engine.warningsOf(portrait.key, style.key, look);
      return { before, after, ...facts, warnings: [...warnings, ...more] };
    });
  }

  async #portraitIn(
    { engine, portraits }: Running,
    { key, read, turn }: PreviewRequest['portrait'],
  ): Promise<Picture> {
    const known = portraits.get(key);
    const portrait = known ?? (await withPatience(engine.addPortrait(key, given(await read()), turn)));
    portraits.set(key, portrait);
    return portrait;
  }

  async #styleIn(
    { engine, styles }: Running,
    { key, read }: PreviewRequest['style'],
  ): Promise<readonly Picture[]> {
    const known = styles.get(key);
    const faces = known ?? (await withPatience(engine.addStyle(key, given(await read()))));
    styles.set(key, faces);
    return faces;
  }

  async #cancellable<T>(signal: AbortSignal, work: (engine: Engine, id: string) => Promise<T>): Promise<T> {
    if (signal.aborted) throw cancelled();
    const id = newId();
    let running: Running | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let cancel: () => void = () => undefined;
    // A step that hears of nothing until it ends, such as composing a large picture, ends with its worker.
    const ended = new Promise<never>((_, reject) => {
      cancel = () => {
        if (!running) return reject(cancelled());
        void running.engine.cancel(id);
        timer = setTimeout(() => {
          this.#end(running as Running);
          reject(cancelled());
        }, CANCELLING);
      };
    });
    signal.addEventListener('abort', cancel, { once: true });
    const done = this.#withEngine(async (started) => {
      if (signal.aborted) throw cancelled();
      running = started;
      return work(started.engine, id);
    });
    try {
      return await Promise.race([done, ended]);
    } finally {
      signal.removeEventListener('abort', cancel);
      clearTimeout(timer);
    }
  }

  /** The next request starts another worker. */
  #end({ worker }: Running): void {
    worker.terminate();
    this.#running = undefined;
  }

  /** Does the work, on the next device if this one fails, as a lost GPU does. */
  async #withEngine<T>(work: (running: Running) => Promise<T>): Promise<T> {
    for (;;) {
      this.#running ??= this.#start();
      const running = this.#running;
      try {
        const { worker, ...started } = await running;
        return await Promise.race([work({ worker, ...started }), deathOf(worker)]);
      } catch (error) {
        if (!isAboutDevice(error)) throw error;
        const isLoaded = await running.then(
          () => true,
          () => false,
        );
        if (this.#running === running && !this.#goOn(running, isLoaded)) throw error;
      }
    }
  }

  /** @returns whether another device is left; the last one that could be loaded is started again when it is needed */
  #goOn(running: Promise<Running>, isLoaded: boolean): boolean {
    running.then(({ worker }) => worker.terminate()).catch(() => undefined);
    this.#running = undefined;
    if (isLoaded && this.#devices.length === 1) return false;
    this.#devices = this.#devices.slice(1);
    if (this.#devices.length === 0) this.#options.onDevice(null);
    return this.#devices.length > 0;
  }

  async #start(): Promise<Running> {
    const [device] = this.#devices;
    const worker = this.#options.createWorker();
    const engine = wrap<PreviewEngine>(worker);
    try {
      const loading = engine.load(device, proxy(this.#options.readAsset), proxy(this.#options.onLoading));
      this.#options.onDevice(await Promise.race([loading, deathOf(worker)]));
    } catch (error) {
      worker.terminate();
      throw error;
    }
    return { engine, worker, portraits: new LRUCache({ max: KEPT }), styles: new LRUCache({ max: KEPT }) };
  }
}

const cancelled = () => new LimnerError('CANCELLED', 'The render was cancelled.');

/** Bytes that move into the worker instead of being copied. */
const given = (file: Bytes): Bytes => transfer(file, [file.buffer]);

let ids = 0;
const newId = () => `work-${++ids}`;

/** Rejects when the worker fails as a whole; never resolves. */
function deathOf(worker: Worker): Promise<never> {
  return new Promise((_, reject) => {
    worker.addEventListener('error', ({ message }) => reject(new Error(message || 'The worker failed.')), {
      once: true,
    });
  });
}

async function withPatience<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The preview does not answer.')), PATIENCE);
  });
  return Promise.race([answer, timeout]).finally(() => clearTimeout(timer));
}
