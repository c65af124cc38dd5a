/** Style files with their networks, which renderers keep and the plugin does not. */
import type { RecentStyle } from '../../protocol/plugin-data.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import { rendererStyle } from '../renderer/renderer-style.ts';
import { type Context, isOnline, rendererOf } from './context.ts';
import { readStyle } from './read-style.ts';

/** A renderer that does not take it now gets what the plugin keeps, with the first job. */
export async function sendStyle(context: Context, id: string, file: Bytes): Promise<void> {
  const renderer = isOnline(context) ? rendererOf(context) : null;
  if (renderer) await rendererStyle(renderer, id, file).catch(() => undefined);
}

/** The renderer's file where it has the style, else the one that is kept. */
export async function readWholeStyle(context: Context, { id, kind }: RecentStyle): Promise<Bytes> {
  const renderer = kind === 'package' && isOnline(context) ? rendererOf(context) : null;
  const whole = await renderer?.downloadStyle(id).catch(() => null);
  return (whole as Bytes | null | undefined) ?? readStyle(context, id);
}
