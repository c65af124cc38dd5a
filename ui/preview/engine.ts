/**
 * The method in a worker of the window: what a portrait looks like in a style, small and at once, or at full size where
 * no renderer is. It is not the place for decisions: which request is still wanted is known to the window (./client.ts).
 *
 * Portraits and styles are given once under a key and stay prepared; a setting that changes only the composition repeats
 * only that.
 */
import { transfer } from 'comlink';
import { LimnerError } from '../../models/errors.ts';
import { type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import type { Picture } from '../../models/image/picture.ts';
import { type DeviceName, useWebAssembly, useWeights } from '../../models/runtime/index.ts';
import { decodeStyle, isStyleFile } from '../../models/style-file/index.ts';
import { checkResult } from '../../models/stylize/check-result.ts';
import { planRender, type RenderPlan } from '../../models/stylize/plan.ts';
import { analyzePortrait, type PortraitAnalysis } from '../../models/stylize/portrait-analysis.ts';
import { renderFull } from '../../models/stylize/render-full.ts';
import {
  composePainting,
  type Painting,
  type PreparedStyle,
  paintPeople,
  planOptions,
  prepareStyle,
} from '../../models/stylize/stylize.ts';
import { loadUpscaler, type Upscaler, upscale } from '../../models/upscale/upscale.ts';
import type { Look } from '../../protocol/plugin-data.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import { decodePicture, type Turn } from '../pictures/decode-picture.ts';
import { encodePicture } from '../pictures/encode-picture.ts';
import { encodeTiles, fileToTiles, type TiledPicture } from '../pictures/encode-tiles.ts';
import { PREVIEW } from '../pictures/preview-size.ts';
import { type AssetName, type ReadAsset, unpackAsset } from './assets.ts';
import { KEPT, KeepLast } from './keep-last.ts';

/** Largest portrait (px) that is looked at when no face was found at the preview's size: it may be small. */
const SECOND_LOOK = { width: 1280, height: 1280 };
/** Largest reference (px) for previews; strokes are as wide on the face, however large the reference. */
const REFERENCE = { width: 768, height: 768 };

/** Called with the share that is done, 0..1. */
export type OnProgress = (share: number) => void;

export interface Work {
  readonly portrait: Bytes;
  readonly turn: Turn;
  readonly style: Bytes;
  readonly look: Look;
}

export class PreviewEngine {
  #networks: FaceNetworks | undefined;
  #upscaler: Promise<Upscaler> | undefined;
  #device: DeviceName = 'wasm';
  readonly #analyses = new KeepLast<PortraitAnalysis>(KEPT);
  readonly #styles = new KeepLast<PreparedStyle>(KEPT);
  #plan: RenderPlan | undefined;
  #painted: { readonly key: string; readonly painting: Painting } | undefined;
  readonly #aborts = new Map<string, AbortController>();

  /** Loads runtime and face networks. @returns the device that runs them */
  async load(device: DeviceName, readAsset: ReadAsset, onProgress: OnProgress): Promise<DeviceName> {
    let loaded = 0;
    const read = async (name: AssetName) => {
      const bytes = await unpackAsset(await readAsset(name));
      onProgress(Math.min(1, ++loaded / LOADED_FIRST));
      return bytes;
    };
    useWebAssembly({ binary: await read('runtime') });
    useWeights(async (file) => new Uint8Array(await read(file.replace('.onnx', '') as AssetName)));
    this.#networks = await loadFaceNetworks({ device });
    this.#device = this.#networks.device as DeviceName;
    return this.#device;
  }

  /** @throws CORRUPT_PICTURE, PICTURE_TOO_SMALL, NO_FACE_IN_STYLE */
  async addStyle(key: string, file: Bytes): Promise<readonly string[]> {
    const { reference, texture } = openStyle(file);
    const style = await prepareStyle(await decodePicture(reference, 0, REFERENCE), this.#ready(), {
      texture,
    });
    return this.#styles.set(key, style).warnings;
  }

  /** @returns the portrait as small as it is previewed. @throws CORRUPT_PICTURE, PICTURE_TOO_SMALL, NO_FACE */
  async addPortrait(key: string, file: Bytes, turn: Turn): Promise<Picture> {
    const small = await decodePicture(file, turn, PREVIEW);
    const analysis = await this.#analyze(file, turn, small);
    this.#analyses.set(key, analysis);
    return handOver({ ...analysis.portrait, data: analysis.portrait.data.slice() });
  }

  /** A restyled portrait at preview size. @throws INTERNAL when portrait or style were not added */
  preview(portrait: string, style: string, look: Look): Picture {
    const painting = this.#paint(portrait, style, look);
    const picture = composePainting(painting, look);
    checkResult(picture, picture.width, picture.height);
    return handOver(picture);
  }

  /** The portrait at full size, times `look.scale`. @param id for `cancel` */
  async render(id: string, work: Work, onProgress: OnProgress): Promise<TiledPicture> {
    return this.#cancellable(id, async (signal) => {
      const networks = this.#ready();
      const { reference, texture } = openStyle(work.style);
      const style = await prepareStyle(await decodePicture(reference), networks, { texture });
      const portrait = await decodePicture(work.portrait, work.turn);
      const { scale } = work.look;
      const options = { ...work.look, signal, onProgress };
      const { picture } = await renderFull(portrait, style, networks, await this.#enlarger(), options);
      checkResult(picture, portrait.width * scale, portrait.height * scale);
      return encodeTiles(picture, work.turn);
    });
  }

  /** A picture enlarged by the network alone. @param id for `cancel` */
  async upscale(id: string, file: Bytes, scale: 2 | 4, onProgress: OnProgress): Promise<TiledPicture> {
    return this.#cancellable(id, async (signal) => {
      const picture = await upscale(await decodePicture(file), await this.#enlarger(), {
        scale,
        signal,
        onProgress,
      });
      return encodeTiles(picture, 0);
    });
  }

  /** A picture file from a renderer as the plugin can place it. @param turn undone */
  toTiles(file: Bytes, turn: Turn): Promise<TiledPicture> {
    return fileToTiles(file, turn);
  }

  /** The picture turned, as a PNG file. */
  async turnFile(file: Bytes, turn: Turn): Promise<Bytes> {
    return encodePicture(await decodePicture(file, turn));
  }

  cancel(id: string): void {
    this.#aborts.get(id)?.abort();
  }

  #ready(): FaceNetworks {
    if (!this.#networks) throw new LimnerError('INTERNAL', 'The preview was asked before it was loaded.');
    return this.#networks;
  }

  #enlarger(): Promise<Upscaler> {
    this.#upscaler ??= loadUpscaler('srgan-lite', { device: this.#device, threads: 1 });
    return this.#upscaler;
  }

  async #analyze(file: Bytes, turn: Turn, small: Picture): Promise<PortraitAnalysis> {
    try {
      return await analyzePortrait(small, this.#ready());
    } catch (error) {
      if (!(error instanceof LimnerError) || error.code !== 'NO_FACE') throw error;
      return analyzePortrait(await decodePicture(file, turn, SECOND_LOOK), this.#ready());
    }
  }

  #paint(portrait: string, style: string, look: Look): Painting {
    const [analysis, prepared] = [this.#analyses.get(portrait), this.#styles.get(style)];
    if (!analysis || !prepared) throw new LimnerError('INTERNAL', 'A preview was asked of nothing.');
    const { strength, background, quality, scale, ...settings } = look;
    const options = { ...settings, quality: 'draft' as const };
    if (this.#plan?.analysis !== analysis || this.#plan.style !== prepared) {
      this.#plan = planRender(analysis, prepared, planOptions(options));
      this.#painted = undefined;
    }
    const key = JSON.stringify(options);
    if (this.#painted?.key !== key) {
      this.#painted = { key, painting: paintPeople(this.#plan, options) };
    }
    return this.#painted.painting;
  }

  async #cancellable<T>(id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    this.#aborts.set(id, abort);
    try {
      return await work(abort.signal);
    } finally {
      this.#aborts.delete(id);
    }
  }
}

/** Moves a picture out of the worker, so that the window spends no time on a copy. */
const handOver = (picture: Picture): Picture => transfer(picture, [picture.data.buffer]);

/** The picture in a style file, which may have been made of a texture without a face; any other file is the picture. */
function openStyle(file: Bytes): { readonly reference: Bytes; readonly texture: boolean } {
  if (!isStyleFile(file)) return { reference: file, texture: false };
  const { reference, manifest } = decodeStyle(file);
  return { reference: new Uint8Array(reference), texture: manifest.landmarks === null };
}

/** Runtime and face networks; the enlarger comes when it is needed. */
const LOADED_FIRST = 4;
