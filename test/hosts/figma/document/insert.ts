import { isInInstance } from './node.ts';
import type { Scene } from './scene.ts';
import type { NodeRecord } from './store.ts';

/** Moves a node into a parent, as far as Figma lets it. */
export function insert(scene: Scene, parent: NodeRecord, index: number, child: NodeRecord): void {
  const refuse = (why: string) => new Error(`in insertChild: Cannot move node. ${why}`);
  if (parent.type === 'INSTANCE' || isInInstance(scene, parent) || isInInstance(scene, child))
    throw refuse('New parent is an instance or is inside of an instance');
  const isComponent = child.type === 'COMPONENT';
  if (isComponent && (parent.type === 'COMPONENT' || scene.ancestor(parent, 'COMPONENT')))
    throw refuse('A component cannot be inside of a component');
  if (parent.type === 'COMPONENT_SET' && !isComponent) throw refuse('A component set holds components only');
  if (parent.type === 'PAGE') scene.checkLoaded(parent);
  if (!Number.isInteger(index) || index < 0 || index > parent.children.length)
    throw refuse(`Index ${index} is out of range`);
  const before = scene.parentOf(child);
  scene.store.link(child, parent, index);
  if (before) scene.afterRemoval(before);
  scene.arrange(child);
  scene.store.changed();
}
