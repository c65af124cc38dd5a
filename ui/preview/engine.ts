/**
 * The method in a worker of the window: what a portrait looks like in a style, small and at once, or at full size where
 * no renderer is. It is not the place for decisions: which request is still wanted is known to the window (./client.ts).
 *
 * Portraits and styles are given once under a key and stay prepared; a setting that changes only the composition repeats
 * only that.
 */
import { transfer } from 'comlink';
import { LRUCache } from 'lru-cache';
import { LimnerError } from '../../models/errors.ts';
import { type FaceNetworks, findUpright, loadFaceNetworks } from '../../models/face/index.ts';
import type { Picture } from '../../models/image/picture.ts';
import { shrinkPicture } from '../../models/image/shrink.ts';
import { turnPicture } from '../../models/image/turn.ts';
import { lazy } from '../../models/lazy.ts';
import { type DeviceName, useWebAssembly, useWeights } from '../../models/runtime/index.ts';
import { openAdaptedUpscaler } from '../../models/style-file/adapted-network.ts';
import { decodeStyle } from '../../models/style-file/index.ts';
import { checkResult } from '../../models/stylize/check-result.ts';
import { planRender, type RenderPlan } from '../../models/stylize/plan.ts';
import { analyzePortrait, type PortraitAnalysis } from '../../models/stylize/portrait-analysis.ts';
import { renderFull } from '../../models/stylize/render-full.ts';
import { findStyleFace } from '../../models/stylize/style-face.ts';
import {
  composeAtOwnSize,
  composePainting,
  type Painting,
  type PreparedStyle,
  paintPeople,
  planOptions,
  prepareStyle,
  stylize,
} from '../../models/stylize/stylize.ts';
import { loadUpscaler, upscale } from '../../models/upscale/upscale.ts';
import type { Look } from '../../protocol/plugin-data.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import { ASSETS, type AssetName } from '../../protocol/window-assets.ts';
import { decodePicture, type Turn } from '../pictures/decode-picture.ts';
import { encodePicture } from '../pictures/encode-picture.ts';
import { encodeTiles, fileToTiles, type TiledPicture } from '../pictures/encode-tiles.ts';
import { PREVIEW } from '../pictures/preview-size.ts';
import { type ReadAsset, unpackAsset } from './assets.ts';
import { type CorrectableFace, correctableFace } from './correctable-face.ts';
import { detailOf } from './detail-of.ts';
import { headIn } from './head-in.ts';
import { KEPT } from './kept.ts';
import { openStyle } from './open-style.ts';
import { KeptPortrait, type StudiedPortrait } from './ready-portrait.ts';
import { facePictures } from './sitters.ts';

/** Largest portrait (px) that is looked at when no face was found at the preview's size: it may be small. */
const SECOND_LOOK = { width: 1280, height: 1280 };
/** Largest reference (px) for previews; strokes are as wide on the face, however large the reference. */
const REFERENCE = { width: 768, height: 768 };

/** Width (px) of a portrait in a sketch, and the largest reference of one: tiles are small. */
const SKETCH = { width: 160, reference: { width: 320, height: 320 } };
/** A coarse preview: the painting at about a third of its size, with few rounds. */
const COARSE = { largestCanvas: 160, iterations: [4, 2, 1, 1], corrections: 1 };

/** Called with the share that is done, 0..1. */
export type OnProgress = (share: number) => void;

export interface Work {
  readonly portrait: Bytes;
  readonly turn: Turn;
  /** A larger portrait, once turned, is shrunk to fit into so many pixels. */
  readonly within: { readonly width: number; readonly height: number };
  readonly style: Bytes;
  readonly look: Look & { readonly scale: 1 | 2 | 4 };
}

export class PreviewEngine {
  #networks: FaceNetworks | undefined;
  readonly #enlarger = lazy(() => loadUpscaler('srgan-lite', { device: this.#device, threads: 1 }));
  #device: DeviceName = 'wasm';
  readonly #portraits = new LRUCache<string, StudiedPortrait>({ max: KEPT });
  readonly #styles = new LRUCache<string, PreparedStyle>({ max: KEPT });
  #plan: RenderPlan | undefined;
  readonly #ready = new KeptPortrait();
  #small: { readonly of: PortraitAnalysis; readonly analysis: PortraitAnalysis } | undefined;
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

  /** @returns the faces of the reference where it shows several @throws CORRUPT_PICTURE, PICTURE_TOO_SMALL, NO_FACE_IN_STYLE */
  async addStyle(key: string, file: Bytes): Promise<Picture[]> {
    const { reference, options } = openStyle(file);
    const picture = await decodePicture(reference, 0, REFERENCE);
    const style = await prepareStyle(picture, this.#loaded(), options);
    this.#styles.set(key, style);
    return facePictures(picture, style.used?.boxes ?? []);
  }

  /** @returns the portrait as small as it is previewed, with its largest face filling it. @throws CORRUPT_PICTURE, PICTURE_TOO_SMALL, NO_FACE */
  async addPortrait(key: string, file: Bytes, turn: Turn): Promise<Picture> {
    const studied = await this.#study(file, turn);
    this.#portraits.set(key, studied);
    const { analysis } = studied;
    const shown = turnPicture(analysis.portrait, -analysis.quarters);
    return handOver({ ...shown, data: shown.data.slice() });
  }

  /** A style that was added, as a look uses it: what is worth knowing, and the face's number. @throws NO_SUCH_FACE */
  async styleAs(style: string, look: Look) {
    const prepared = await this.#styles.get(style)?.ofFace(look.referenceFace);
    const { warnings = [], used = null } = prepared ?? {};
    // Where there are several faces, the window shows them and which is used.
    const shown = used && used.count > 1 ? used.note : null;
    return { warnings: warnings.filter((text) => text !== shown), used: used?.number ?? 0 };
  }

  /** A restyled portrait at preview size. @throws INTERNAL when portrait or style were not added */
  async preview(portrait: string, style: string, look: Look): Promise<Picture> {
    const { ready } = await this.#request(portrait, style, look);
    const painting = await this.#paint(portrait, style, look);
    const picture = composeAtOwnSize(painting, ready.portrait, ready.factor, look);
    checkResult(picture, picture.width, picture.height);
    return handOver(picture);
  }

  /** What a user should know of `preview` besides the style's own warnings. */
  async warningsOf(portrait: string, style: string, look: Look): Promise<readonly string[]> {
    return (await this.#request(portrait, style, look)).ready.warnings;
  }

  /** What `preview` will show, coarse and at once; null where that has nothing left to paint. */
  async coarsePreview(portrait: string, style: string, look: Look): Promise<Picture | null> {
    const { ready, prepared, options, key } = await this.#request(portrait, style, look);
    if (this.#isPlanned(ready.analysis, prepared, options) && this.#painted?.key === key) return null;
    const coarse = { ...options, parameters: COARSE };
    const painting = paintPeople(planRender(ready.analysis, prepared, planOptions(coarse)), coarse);
    return handOver(composeAtOwnSize(painting, ready.portrait, ready.factor, look));
  }

  /** A portrait that was added, very small in a style that is not kept. @throws as `addStyle` and `preview` do */
  async sketch(portrait: string, style: Bytes): Promise<Picture> {
    const analysis = this.#portraits.get(portrait)?.analysis;
    if (!analysis) throw new LimnerError('INTERNAL', 'A sketch was asked of nothing.');
    if (this.#small?.of !== analysis) this.#small = { of: analysis, analysis: await this.#shrink(analysis) };
    const reference = await decodePicture(style, 0, SKETCH.reference);
    const prepared = await prepareStyle(reference, this.#loaded(), { texture: false });
    const options = { quality: 'draft' } as const;
    const plan = planRender(this.#small.analysis, prepared, planOptions(options));
    return handOver(composePainting(paintPeople(plan, options), {}));
  }

  /** The portrait at full size, times `look.scale`, as a renderer makes it. @param id for `cancel` */
  async render(id: string, work: Work, onProgress: OnProgress): Promise<TiledPicture> {
    return this.#cancellable(id, async (signal) => {
      const networks = this.#loaded();
      const opened = openStyle(work.style);
      const style = await prepareStyle(await decodePicture(opened.reference), networks, opened.options);
      const portrait = await decodePicture(work.portrait, work.turn, work.within);
      const { scale } = work.look;
      const options = { ...work.look, signal, onProgress: part(onProgress, 0, PAINTED) };
      const { picture } =
        scale === 1
          ? await stylize(portrait, style, networks, options)
          : await renderFull(portrait, style, networks, await this.#enlarger(), options);
      checkResult(picture, portrait.width * scale, portrait.height * scale);
      return encodeTiles(picture, work.turn, { signal, onProgress: part(onProgress, PAINTED, 1) });
    });
  }

  /** A picture enlarged by the network alone. @param id for `cancel` */
  async upscale(id: string, file: Bytes, scale: 2 | 4, onProgress: OnProgress): Promise<TiledPicture> {
    return this.#cancellable(id, async (signal) => {
      const picture = await upscale(await decodePicture(file), await this.#enlarger(), {
        scale,
        signal,
        onProgress: part(onProgress, 0, PAINTED),
      });
      return encodeTiles(picture, 0, { signal, onProgress: part(onProgress, PAINTED, 1) });
    });
  }

  /** A picture file from a renderer as the plugin can place it. @param turn undone */
  toTiles(file: Bytes, turn: Turn): Promise<TiledPicture> {
    return fileToTiles(file, turn);
  }

  /** The picture turned and shrunk to fit, as a PNG file. */
  async turnFile(file: Bytes, turn: Turn, within: Work['within']): Promise<Bytes> {
    return encodePicture(await decodePicture(file, turn, within));
  }

  /** A detail of an adapted style's reference, enlarged by the window's small network and by the style's; null where it has none. */
  async compareStyle(file: Bytes): Promise<{ readonly before: Picture; readonly after: Picture } | null> {
    const style = decodeStyle(file);
    const adapted = await openAdaptedUpscaler(style, { device: this.#device, threads: 1 });
    if (!adapted) return null;
    const detail = detailOf(await decodePicture(new Uint8Array(style.reference)));
    const before = await upscale(detail, await this.#enlarger(), { scale: 4 });
    const after = await upscale(detail, adapted.upscaler, { scale: 4 });
    await adapted.upscaler.session.release();
    return { before: handOver(before), after: handOver(after) };
  }

  /** A face of a style's reference, for handles. @param number from the left; 0: the largest @throws NO_FACE_IN_STYLE, NO_SUCH_FACE */
  async styleFace(file: Bytes, number: number): Promise<CorrectableFace> {
    const { reference, options } = openStyle(file);
    const whole = await decodePicture(reference, 0, REFERENCE);
    const face = await findStyleFace(whole, this.#loaded(), number, options);
    const shown = correctableFace(face, options.corrections ?? {}, whole);
    return transfer(shown, [shown.picture.data.buffer]);
  }

  cancel(id: string): void {
    this.#aborts.get(id)?.abort();
  }

  #loaded(): FaceNetworks {
    if (!this.#networks) throw new LimnerError('INTERNAL', 'The preview was asked before it was loaded.');
    return this.#networks;
  }

  async #study(file: Bytes, turn: Turn): Promise<StudiedPortrait> {
    const whole = await decodePicture(file, turn, PREVIEW);
    return { analysis: await this.#analyze(whole, file, turn), whole };
  }

  async #analyze(small: Picture, file: Bytes, turn: Turn): Promise<PortraitAnalysis> {
    const { picture: upright, faces, quarters } = await findUpright(small, this.#loaded());
    if (faces.length === 0)
      return analyzePortrait(await decodePicture(file, turn, SECOND_LOOK), this.#loaded());
    const head = headIn(upright, faces[0], quarters);
    if (!head) return analyzePortrait(small, this.#loaded());
    const near = await decodePicture(file, turn, PREVIEW, head);
    return analyzePortrait(near, this.#loaded(), 'largest').catch(() =>
      analyzePortrait(small, this.#loaded()),
    );
  }

  async #shrink({ portrait, quarters }: PortraitAnalysis): Promise<PortraitAnalysis> {
    const scale = SKETCH.width / portrait.width;
    const small = shrinkPicture(portrait, SKETCH.width, Math.round(portrait.height * scale));
    const analysis = await analyzePortrait(small, this.#loaded(), 'largest');
    return { ...analysis, quarters: quarters + analysis.quarters };
  }

  async #paint(portrait: string, style: string, look: Look): Promise<Painting> {
    const { ready, prepared, options, key } = await this.#request(portrait, style, look);
    if (!this.#isPlanned(ready.analysis, prepared, options)) {
      this.#plan = planRender(ready.analysis, prepared, planOptions(options));
      this.#painted = undefined;
    }
    if (this.#painted?.key !== key) {
      this.#painted = { key, painting: paintPeople(this.#plan as RenderPlan, options) };
    }
    return this.#painted.painting;
  }

  async #request(portrait: string, style: string, look: Look) {
    const [studied, added] = [this.#portraits.get(portrait), this.#styles.get(style)];
    if (!studied || !added) throw new LimnerError('INTERNAL', 'A preview was asked of nothing.');
    const prepared = await added.ofFace(look.referenceFace);
    const { strength, background, quality, scale, ...settings } = look;
    const options = { ...settings, quality: 'draft' as const };
    const ready = this.#ready.of(studied, prepared, look);
    return { ready, prepared, options, key: JSON.stringify(options) };
  }

  #isPlanned(analysis: PortraitAnalysis, style: PreparedStyle, { strokes }: { strokes: number }): boolean {
    const plan = this.#plan;
    return plan?.analysis === analysis && plan.style === style && plan.options.strokes === strokes;
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

/** The share of the progress after which tiles are encoded. */
const PAINTED = 0.9;

/** What reports a part of the work from `from` to `to`. */
const part =
  (onProgress: OnProgress, from: number, to: number): OnProgress =>
  (share) =>
    onProgress(from + share * (to - from));

/** Runtime and face networks; the enlarger comes when it is needed, and starters are no concern of the engine. */
const LOADED_FIRST = ASSETS.filter((name) => name !== 'srgan-lite' && name !== 'starters').length;
