import { copy } from './node.ts';
import type { Scene } from './scene.ts';
import type { NodeRecord } from './store.ts';

/** A copy of a node and all in it under new ids, in no parent yet. */
export function cloneTree(
  scene: Scene,
  original: NodeRecord,
  rename: (original: NodeRecord) => string | undefined = () => undefined,
  type = original.type,
): NodeRecord {
  const { store } = scene;
  const made = store.add(type, copy(original.props), rename(original));
  made.pluginData = { ...original.pluginData };
  made.relaunchData = { ...original.relaunchData };
  for (const child of scene.childrenOf(original)) {
    const below = type === 'INSTANCE' ? inInstance(made.id) : rename;
    store.link(cloneTree(scene, child, below), made, made.children.length);
  }
  return made;
}

/** Layers of an instance are named after the instance and the layer of the component. */
function inInstance(instanceId: string): (layer: NodeRecord) => string {
  return (layer) => `I${instanceId.replace(/^I/, '')};${layer.id.split(';').at(-1)}`;
}
