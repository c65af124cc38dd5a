import { childIndex } from './child-index.ts';

/** A copy of a layer with all it contains. A component's is a frame: a second component would join the library. */
export function copyLayer(layer: SceneNode): SceneNode {
  return layer.type === 'COMPONENT' ? layer.createInstance().detachInstance() : layer.clone();
}

/**
 * Counts hidden layers of instances, too: they are among the children of a copy that was detached, so they must be before.
 */
export function withHidden<T>(work: () => T): T {
  figma.skipInvisibleInstanceChildren = false;
  try {
    return work();
  } finally {
    figma.skipInvisibleInstanceChildren = true;
  }
}

/** Which child of which child of `above` is `below`, by index. */
export function pathBetween(above: SceneNode, below: SceneNode): number[] {
  const path: number[] = [];
  for (let node: BaseNode = below; node.id !== above.id; node = node.parent!) path.unshift(childIndex(node));
  return path;
}

/** The layer at the same place in a copy. */
export function counterpart(copy: SceneNode, path: readonly number[]): SceneNode {
  return path.reduce((node, index) => (node as SceneNode & ChildrenMixin).children[index], copy);
}

/** Turns the instances along a path into frames, which can take layers in. Returns the copy, which may be another node. */
export function detachAlong(copy: SceneNode, path: readonly number[]): SceneNode {
  const root = detached(copy);
  path.reduce((node, index) => detached((node as SceneNode & ChildrenMixin).children[index]), root);
  return root;
}

function detached(node: SceneNode): SceneNode {
  return node.type === 'INSTANCE' ? node.detachInstance() : node;
}
