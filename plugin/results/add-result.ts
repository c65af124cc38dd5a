import type { Original } from '../../protocol/plugin-data.ts';
import type { Result } from '../../protocol/plugin-messages.ts';
import { copiedWhole } from '../selection/title-of.ts';
import { copyLayer, counterpart, detachAlong, pathBetween, withHidden } from './copy-layer.ts';
import type { ImportedTile } from './import-tiles.ts';
import { type Placed, placeBy } from './place-by.ts';
import { placeTilesAsync } from './place-tiles.ts';
import { replacePictureAsync } from './replace-picture.ts';
import { readResult } from './result-data.ts';
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
    layer.visible = true;
    const wanted = wantedFor(result, whole);
    const placed = placeBy(layer, whole, exported ? boundsOrigin(node) : whole.absoluteTransform, wanted);
    const path = exported ? [] : withHidden(() => pathBetween(whole, node));
    if (tiles.length > 1) layer = withHidden(() => detachAlong(layer, path));
    const target = withHidden(() => counterpart(layer, path));
    const fill = result.portrait.fill ?? 0;
    if (tiles.length === 1) await replacePictureAsync(target, fill, tiles[0].hash, result);
    else {
      const filled = await placeTilesAsync(target, fill, tiles, result);
      if (target.id === layer.id) layer = filled;
    }
    layer.name = `${whole.name} · ${result.styleName}`;
    layer.locked = false;
    if (wanted === 'hide') hideWhatStoodThere(layer, whole, node, placed);
    return { layer, placed };
  } catch (error) {
    if (!layer.removed) layer.remove();
    throw error;
  }
}

/** Through a cut-out that lies above its original the original would show. A component stays: its instances follow it. */
function wantedFor({ original, look }: Result, whole: SceneNode): Original {
  if (whole.type === 'COMPONENT') return 'keep';
  const isOnCanvas = whole.parent?.type === 'PAGE' || whole.parent?.type === 'SECTION';
  return look.background === 'transparent' && !isOnCanvas ? 'hide' : original;
}

/** The original, and in auto layout the results that took its place before. */
function hideWhatStoodThere(layer: SceneNode, whole: SceneNode, node: SceneNode, placed: Placed): void {
  whole.visible = false;
  if (placed !== 'instead') return;
  for (const other of (layer.parent as ChildrenMixin).children)
    if (other.id !== layer.id && readResult(other)?.source.nodeId === node.id) other.visible = false;
}
