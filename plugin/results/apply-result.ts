import type { Abort, Answer } from '../../protocol/channel.ts';
import { ChannelError } from '../../protocol/envelope.ts';
import type { PluginCalls, Result } from '../../protocol/plugin-messages.ts';
import { findSourceAsync } from '../selection/find-source.ts';
import { addResultAsync } from './add-result.ts';
import { importTilesAsync } from './import-tiles.ts';
import { replacePictureAsync } from './replace-picture.ts';
import { markResult } from './result-data.ts';

type Applied = Answer<PluginCalls, 'apply-result'>;

/**
 * Puts a result on the canvas: a copy of the layer that differs in its picture alone, or the layer itself where the user
 * asked to replace it. Throws NOT_PLACED where Figma refuses, with nothing left behind.
 */
export async function applyResultAsync(result: Result, abort: Abort): Promise<Applied> {
  const node = await findSourceAsync(result.portrait);
  try {
    const tiles = await importTilesAsync(result.tiles);
    abort.check();
    const { fill } = result.portrait;
    const inPlace = result.original === 'replace' && fill !== null && tiles.length === 1;
    if (inPlace) await replacePictureAsync(node, fill, tiles[0].hash, result);
    const { layer, placed } = inPlace
      ? { layer: node, placed: 'replaced' as const }
      : await addResultAsync(node, result, tiles);
    markResult(layer, result);
    return { nodeId: layer.id, placed };
  } catch (error) {
    if (error instanceof ChannelError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ChannelError('NOT_PLACED', `Figma refused the result for “${result.portrait.name}”: ${reason}`);
  }
}
