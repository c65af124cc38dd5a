/** How one item becomes a layer: in this window, or by a job of the renderer. All return the new layer's id. */

import type { Bytes } from '../../protocol/portrait.ts';
import type { RendererClient } from '../../protocol/renderer-api/client/index.ts';
import { RendererError } from '../../protocol/renderer-api/errors.ts';
import type { JobRequestInput } from '../../protocol/renderer-api/job-request.ts';
import type { TiledPicture } from '../pictures/encode-tiles.ts';
import { rendererStyle } from '../renderer/renderer-style.ts';
import { type Context, needRenderer } from './context.ts';
import type { Item } from './state.ts';

type OnChange = (change: Partial<Item>) => void;

/** Milliseconds that Figma may take to place a result. */
const PLACING = 120_000;

export async function renderHere(
  context: Context,
  item: Item,
  signal: AbortSignal,
  onChange: OnChange,
): Promise<string> {
  const { plugin, engine } = context;
  const { portrait, look } = item;
  const file = await readPortrait(context, item, signal);
  const onProgress = (share: number) => onChange({ share });
  if (item.styleId === null) {
    const scale = look.scale === 1 ? 2 : look.scale;
    return place(context, item, await engine.upscale(file, scale, signal, onProgress), null, signal);
  }
  const style = (await plugin.call('read-style', { id: item.styleId }, { signal })).file;
  const work = { portrait: file, turn: portrait.turn, style, look };
  return place(context, item, await engine.render(work, signal, onProgress), null, signal);
}

export async function renderRemotely(
  context: Context,
  item: Item,
  signal: AbortSignal,
  onChange: OnChange,
): Promise<string> {
  const { plugin } = context;
  const renderer = needRenderer(context);
  const file = await readPortrait(context, item, signal);
  const upright =
    item.portrait.turn === 0 ? file : await context.pictures().turnFile(file, item.portrait.turn);
  const picture = await renderer.uploadPicture(upright, { signal });
  await renderer.putJob(item.id, await requestOf(context, renderer, item, picture, signal), { signal });
  const { url } = context.store.state.settings.renderer ?? { url: '' };
  const { id, kind, portrait, styleId, styleName, look } = item;
  const job = { id, kind, rendererUrl: url, portrait, styleId, styleName, look, startedAt: Date.now() };
  await plugin.call('save-job', { job });
  return finishJob(context, item, signal, onChange);
}

/** Waits for a job that the renderer has, and places its result. */
export async function finishJob(
  context: Context,
  item: Item,
  signal: AbortSignal,
  onChange: OnChange,
): Promise<string> {
  const renderer = needRenderer(context);
  try {
    const job = await renderer.waitForJob(item.id, {
      signal,
      onEvent: ({ percent, state }) =>
        onChange({ share: percent / 100, queued: state === 'queued' ? 0 : null }),
    });
    if (job.state !== 'succeeded') {
      const { code, message } = job.error ?? { code: 'CANCELLED', message: 'The job was cancelled.' };
      throw new RendererError(code, message);
    }
    const { bytes } = await renderer.result(item.id, { signal });
    const tiled = await context.pictures().toTiles(bytes as Bytes, item.portrait.turn);
    return await place(context, item, tiled, item.id, signal);
  } finally {
    if (signal.aborted) await renderer.cancelJob(item.id).catch(ignoreEnded);
    await context.plugin.call('remove-job', { id: item.id });
  }
}

async function requestOf(
  { plugin }: Context,
  renderer: RendererClient,
  { styleId, look }: Item,
  picture: string,
  signal: AbortSignal,
): Promise<JobRequestInput> {
  const { scale, ...settings } = look;
  if (styleId === null) return { kind: 'upscale', picture, scale: scale === 1 ? 2 : scale };
  const { file } = await plugin.call('read-style', { id: styleId }, { signal });
  const style = await rendererStyle(renderer, styleId, file, signal);
  const mode = scale === 1 ? { mode: 'instant' as const } : { mode: 'full' as const, scale };
  return { kind: 'render', portrait: picture, style, settings, ...mode };
}

async function readPortrait({ plugin }: Context, { portrait }: Item, signal: AbortSignal): Promise<Bytes> {
  return (await plugin.call('read-picture', { portrait }, { signal })).bytes as Bytes;
}

async function place(
  { plugin, store }: Context,
  { portrait, styleName, styleId, look }: Item,
  { width, height, tiles }: TiledPicture,
  jobId: string | null,
  signal: AbortSignal,
): Promise<string> {
  const { replace } = store.state.settings;
  const result = { portrait, width, height, tiles, styleName, styleId, look, jobId, replace };
  // From here on it cannot be cancelled, or a layer could appear for an item that says it was.
  signal.throwIfAborted();
  const options = { deadline: PLACING };
  return (await plugin.call('apply-result', { ...result, replace: replace && tiles.length === 1 }, options))
    .nodeId;
}

/** A job that ended in the meantime need not be cancelled; one that cannot be reached ends by itself. */
function ignoreEnded(error: unknown): void {
  console.warn('Limner: the job was not cancelled:', error instanceof Error ? error.message : error);
}
