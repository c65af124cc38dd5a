import type { Original } from '../../protocol/plugin-data.ts';
import { childIndex } from './child-index.ts';
import { isResult } from './result-data.ts';
import { compose, IDENTITY, invert, translation } from './transform.ts';

export type Placed = 'beside' | 'above' | 'instead';

/** Between an original and what is put beside it, in canvas units. */
const GAP = 40;

/**
 * Puts a new layer in its place by `whole`, in the same parent. Where there is room, on the page and in sections, it goes
 * beside; inside of frames and groups exactly above, so that clips and masks go on working and no layout moves. In auto
 * layout it takes the place of an original that is hidden, so that the layout goes on moving it.
 *
 * @param place on the canvas (an absolute transform) of what the new layer shows anew.
 */
export function placeBy(layer: SceneNode, whole: SceneNode, place: Transform, original: Original): Placed {
  const before = whole.parent?.type === 'COMPONENT_SET' ? whole.parent : whole;
  const parent = before.parent!;
  parent.insertChild(childIndex(before) + 1, layer);
  const inParent = compose(invert(coordinatesOf(parent)), place);
  if (parent.type === 'PAGE' || parent.type === 'SECTION') {
    putBeside(layer, inParent, before.absoluteBoundingBox!.width + GAP);
    return 'beside';
  }
  if ('layoutMode' in parent && parent.layoutMode !== 'NONE') {
    if (original === 'hide' && isInFlow(whole)) return 'instead';
    freeFromLayout(layer);
  }
  setTransform(layer, inParent);
  return 'above';
}

/** Further along for every earlier result that lies there already. */
function putBeside(layer: SceneNode, start: Transform, step: number): void {
  const others = (layer.parent as ChildrenMixin).children.filter(({ id }) => id !== layer.id);
  let place = start;
  do place = compose(translation(step, 0), place);
  while (others.some((other) => isResult(other) && isAt(other, place)));
  setTransform(layer, place);
}

function isAt(layer: SceneNode, [[, , x], [, , y]]: Transform): boolean {
  return Math.abs(layer.x - x) < 0.5 && Math.abs(layer.y - y) < 0.5;
}

function isInFlow(layer: SceneNode): boolean {
  return 'layoutPositioning' in layer && layer.layoutPositioning === 'AUTO';
}

/** A child that auto layout neither places nor stretches. */
function freeFromLayout(layer: SceneNode): void {
  if (!('layoutPositioning' in layer) || !('resize' in layer)) return;
  const { width, height } = layer;
  layer.layoutPositioning = 'ABSOLUTE';
  if (layer.width !== width || layer.height !== height) layer.resize(width, height);
}

function setTransform(layer: SceneNode, transform: Transform): void {
  if ('relativeTransform' in layer) layer.relativeTransform = transform;
}

/** The coordinates in which a parent's children are placed: a group has none of its own. */
function coordinatesOf(parent: BaseNode): Transform {
  let container: BaseNode = parent;
  while (container.type === 'GROUP') container = container.parent!;
  return 'absoluteTransform' in container ? container.absoluteTransform : IDENTITY;
}
