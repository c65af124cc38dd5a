import { isSceneNode } from '../selection/find-source.ts';
import { pageOf } from '../selection/page-of.ts';

/** Selects the layers that are still there, on their page, and scrolls to them. */
export async function showLayersAsync(nodeIds: readonly string[]): Promise<void> {
  const nodes = await Promise.all(nodeIds.map((id) => figma.getNodeByIdAsync(id)));
  const layers = nodes.filter(isSceneNode);
  const page = layers.map(pageOf).find((found) => found !== null);
  if (!page) return;
  await figma.setCurrentPageAsync(page);
  const here = layers.filter((layer) => pageOf(layer)?.id === page.id);
  page.selection = here;
  figma.viewport.scrollAndZoomIntoView(here);
}
