/** The page a layer is on; null for what was removed. */
export function pageOf(node: BaseNode): PageNode | null {
  let above: BaseNode | null = node;
  while (above && above.type !== 'PAGE') above = above.parent;
  return above;
}
