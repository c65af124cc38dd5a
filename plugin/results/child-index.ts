/** A layer's place among the children of its parent. Figma may make a new object for each look, so ids are compared. */
export function childIndex(layer: BaseNode): number {
  return (layer.parent as ChildrenMixin).children.findIndex(({ id }) => id === layer.id);
}
