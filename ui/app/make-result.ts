/** How one item becomes a layer: painted in this window or by a job of the renderer, then placed by the plugin. */

import type { Bytes } from '../../protocol/portrait.ts';
import type { RendererClient } from '../../protocol/renderer-api/client/index.ts';
import { jobError } from '../../protocol/renderer-api/errors.ts';
import type { JobRequestInput } from '../../protocol/renderer-api/job-request.ts';
import { turned } from '../pictures/decode-picture.ts';
import type { TiledPicture } from '../pictures/encode-tiles.ts';
import { isAnimated } from '../pictures/is-animated.ts';
import { animationNote, asStill, staysAnimated } from './animations.ts';
import { type Context, needRenderer } from './context.ts';
import { MOST_PIXELS, outputSize } from './output-size.ts';
import { readStyle } from './read-style.ts';
import type { Item } from './state.ts';
import { styleOf } from './whole-style.ts';

type OnChange = (change: Partial<Item>) => void;

export interface Work {
  readonly context: Context;
  readonly item: Item;
  readonly signal: AbortSignal;
  readonly onChange: OnChange;
}

/** Milliseconds that Figma may take to place a result. */
const PLACING = 120_000;

export async function paint(work: Work): Promise<TiledPicture> {
  return work.item.place === 'renderer' ? paintRemotely(work) : paintHere(work);
}

async function paintHere(work: Work): Promise<TiledPicture> {
  const { context, item, signal, onChange } = work;
  const { engine, store } = context;
  const { portrait, look } = item;
  const file = await readPortrait(work);
  const { painted, scale, width, height } = outputSize(portrait, look.scale, MOST_PIXELS.here);
  const started = performance.now();
  const onProgress = (share: number) => onChange({ share });
  if (item.styleId === null) return engine.upscale(file, scale === 1 ? 2 : scale, signal, onProgress);
  const style = await readStyle(context, item.styleId, signal);
  const within = turned(painted, portrait.turn);
  const result = await engine.render(
    { portrait: file, turn: portrait.turn, within, style, look: { ...look, scale } },
    signal,
    onProgress,
  );
  store.dispatch({ type: 'pace', msPerPixel: (performance.now() - started) / (width * height) });
  return result;
}

async function paintRemotely(work: Work): Promise<TiledPicture> {
  const { context, item, signal } = work;
  const { portrait, look, styleId, styleName, id, kind } = item;
  const renderer = needRenderer(context);
  const file = await readPortrait(work);
  const { painted } = outputSize(portrait, look.scale, MOST_PIXELS.renderer);
  const isMoving = isAnimated(file) && staysAnimated({ turn: portrait.turn, styleId, isRemote: true });
  const isOwnSize = isMoving || styleId === null || painted.width >= portrait.pictureWidth;
  const upright =
    portrait.turn === 0 && isOwnSize
      ? await (isMoving ? file : asStill(context, file))
      : await context.pictures().turnFile(file, portrait.turn, turned(painted, portrait.turn));
  const picture = await renderer.uploadPicture(upright, { signal });
  await renderer.putJob(id, await requestOf(work, renderer, picture, isMoving), { signal });
  const { url } = context.store.state.settings.renderer ?? { url: '' };
  const job = { id, kind, rendererUrl: url, portrait, styleId, styleName, look, startedAt: Date.now() };
  await context.plugin.call('save-job', { job });
  return fetchPainted(work);
}

/** Waits for a job that the renderer has. It is remembered until its result is placed, or there will be none. */
export async function fetchPainted({ context, item, signal, onChange }: Work): Promise<TiledPicture> {
  const renderer = needRenderer(context);
  try {
    const job = await renderer.waitForJob(item.id, {
      signal,
      onEvent: ({ percent, state }) =>
        onChange({ share: percent / 100, queued: state === 'queued' ? 0 : null }),
    });
    if (job.state !== 'succeeded') throw jobError(job.error, 'The job was cancelled.');
    const { bytes } = await renderer.result(item.id, { signal });
    const tiles = await context.pictures().toTiles(bytes as Bytes, item.portrait.turn);
    signal.throwIfAborted();
    return tiles;
  } catch (error) {
    if (signal.aborted) await renderer.cancelJob(item.id).catch(ignoreEnded);
    await context.plugin.call('remove-job', { id: item.id });
    throw error;
  }
}

async function requestOf(
  { context, item, signal }: Work,
  renderer: RendererClient,
  picture: string,
  isMoving: boolean,
): Promise<JobRequestInput> {
  const { styleId, look, portrait } = item;
  const { scale: wanted, ...settings } = look;
  const { scale } = outputSize(portrait, wanted, MOST_PIXELS.renderer);
  if (styleId === null) return { kind: 'upscale', picture, scale: scale === 1 ? 2 : scale };
  const style = await styleOf(context, renderer, styleId, signal);
  if (isMoving) return { kind: 'sequence', animation: picture, style, settings, format: 'gif' };
  const mode = scale === 1 ? { mode: 'instant' as const } : { mode: 'full' as const, scale };
  return { kind: 'render', portrait: picture, style, settings, ...mode };
}

async function readPortrait({ context, item, signal, onChange }: Work): Promise<Bytes> {
  const { bytes } = await context.plugin.call('read-picture', { portrait: item.portrait }, { signal });
  const wish = { turn: item.portrait.turn, styleId: item.styleId, isRemote: item.place === 'renderer' };
  if (isAnimated(bytes)) onChange({ note: animationNote(wish) });
  return bytes as Bytes;
}

/** @returns the id of the layer with the result */
export async function place({ context, item, signal }: Work, picture: TiledPicture): Promise<string> {
  const { plugin, store } = context;
  const { portrait, styleName, styleId, look, id } = item;
  const { width, height, tiles } = picture;
  const { original: wanted } = store.state.settings;
  const original = wanted === 'replace' && tiles.length > 1 ? 'keep' : wanted;
  const jobId = item.place === 'renderer' ? id : null;
  const result = { portrait, width, height, tiles, styleName, styleId, look, jobId, original } as const;
  // From here on it cannot be cancelled, or a layer could appear for an item that says it was.
  signal.throwIfAborted();
  const { nodeId } = await plugin.call('apply-result', result, { deadline: PLACING });
  return nodeId;
}

/** A job that ended in the meantime need not be cancelled; one that cannot be reached ends by itself. */
function ignoreEnded(error: unknown): void {
  console.warn('Limner: the job was not cancelled:', error instanceof Error ? error.message : error);
}
