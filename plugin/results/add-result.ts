import type { Result } from '../../protocol/plugin-messages.ts';
import { copiedWhole } from '../selection/title-of.ts';
import { copyLayer, counterpart, detachAlong, pathBetween } from './copy-layer.ts';
import type { ImportedTile } from './import-tiles.ts';
import { type Placed, placeBy } from './place-by.ts';
import { placeTilesAsync } from './place-tiles.ts';
import { replacePictureAsync } from './replace-picture.ts';
import { boundsOrigin, standIn } from './stand-in.ts';

export interface Added {
  readonly layer: SceneNode;
  readonly placed: Placed;
}

/** Adds a layer with the result beside or above the one it was made from. On failure nothing is left behind. */
export async function addResultAsync(
  node: SceneNode,
  result: Result,
  tiles: readonly ImportedTile[],
): Promise<Added> {
  const whole = copiedWhole(node);
  const exported = result.portrait.fill === null;
  let layer = exported ? standIn(node, tiles[0].hash) : copyLayer(whole);
  try {
    const placed = placeBy(layer, whole, exported ? boundsOrigin(node) : whole.absoluteTransform);
    const path = exported ? [] : pathBetween(whole, node);
    if (tiles.length > 1) layer = detachAlong(layer, path);
    const target = counterpart(layer, path);
    const fill = result.portrait.fill ?? 0;
    if (tiles.length === 1) await replacePictureAsync(target, fill, tiles[0].hash, result);
    else {
      const filled = await placeTilesAsync(target, fill, tiles, result);
      if (target.id === layer.id) layer = filled;
    }
    layer.name = `${whole.name} · ${result.styleName}`;
    layer.locked = false;
    return { layer, placed };
  } catch (error) {
    if (!layer.removed) layer.remove();
    throw error;
  }
}
