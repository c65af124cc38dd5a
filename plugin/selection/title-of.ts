/** The name a user knows a picture by: that of the instance or component around it, else the layer's own. */
export function titleOf(node: SceneNode): string {
  return copiedWhole(node).name;
}

/**
 * The layer that a copy must begin with: the outermost instance or component around a layer, else the layer itself. Nothing
 * can be put into an instance, and what is put into a component appears in all its instances.
 */
export function copiedWhole(node: SceneNode): SceneNode {
  let outermost = node;
  for (let above: BaseNode | null = node; above; above = above.parent)
    if (above.type === 'INSTANCE' || above.type === 'COMPONENT') outermost = above;
  return outermost;
}
