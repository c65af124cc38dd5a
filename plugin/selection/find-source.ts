import { ChannelError } from '../../protocol/envelope.ts';
import type { Portrait } from '../../protocol/portrait.ts';
import { pageOf } from './page-of.ts';
import { fillsOf } from './picture-fill.ts';

/**
 * The layer a portrait was listed from, as long as it still shows that picture, with its page loaded. Throws
 * SOURCE_CHANGED otherwise.
 */
export async function findSourceAsync(portrait: Portrait): Promise<SceneNode> {
  const node = await figma.getNodeByIdAsync(portrait.nodeId);
  if (!isSceneNode(node))
    throw new ChannelError(
      'SOURCE_CHANGED',
      `The layer “${portrait.name}” is no longer there.`,
      'Select it again.',
    );
  if (portrait.fill !== null && hashOf(fillsOf(node)[portrait.fill]) !== portrait.imageHash)
    throw new ChannelError(
      'SOURCE_CHANGED',
      `“${portrait.name}” shows another picture by now.`,
      'Select it again.',
    );
  await pageOf(node)?.loadAsync();
  return node;
}

export function isSceneNode(node: BaseNode | null): node is SceneNode {
  return node !== null && !node.removed && node.type !== 'PAGE' && node.type !== 'DOCUMENT';
}

function hashOf(paint: Paint | undefined): string | null | undefined {
  return paint?.type === 'IMAGE' ? paint.imageHash : undefined;
}
