/** Style files with their networks: renderers keep them, the plugin does not, this window does until it closes. */
import type { RecentStyle } from '../../protocol/plugin-data.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import type { RendererClient } from '../../protocol/renderer-api/client/index.ts';
import type { StyleRef } from '../../protocol/renderer-api/identifiers.ts';
import { rendererStyle } from '../renderer/renderer-style.ts';
import { type Context, isOnline, rendererOf } from './context.ts';
import { readStyle } from './read-style.ts';

/** What a job calls the style. It goes to the renderer with its first job there, and not before. */
export async function styleOf(
  context: Pick<Context, 'plugin' | 'starters' | 'wholeStyles'>,
  renderer: RendererClient,
  id: string,
  signal: AbortSignal,
): Promise<StyleRef> {
  const file = context.wholeStyles.get(id) ?? (await readStyle(context, id, signal));
  return rendererStyle(renderer, id, file, signal);
}

/** The file as it was given, here or to the renderer; else the one that is kept. */
export async function readWholeStyle(context: Context, { id, kind }: RecentStyle): Promise<Bytes> {
  const here = context.wholeStyles.get(id);
  if (here) return here;
  const renderer = kind === 'package' && isOnline(context) ? rendererOf(context) : null;
  const there = await renderer?.downloadStyle(id).catch(() => null);
  return (there as Bytes | null | undefined) ?? readStyle(context, id);
}
