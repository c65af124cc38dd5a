import type { Bytes } from '../../protocol/portrait.ts';
import type { Context } from './context.ts';
import { isStarter } from './starter-id.ts';

/** The file of a style: of a recent one the plugin has it, of a starter the window. */
export async function readStyle(
  { plugin, starters }: Pick<Context, 'plugin' | 'starters'>,
  id: string,
  signal?: AbortSignal,
): Promise<Bytes> {
  if (isStarter(id)) return starters.read(id);
  return (await plugin.call('read-style', { id }, { signal })).file as Bytes;
}
