import type { Result } from '../../protocol/plugin-messages.ts';

const KEY = 'result';

/** Writes how a result was made into its layer, and the buttons that go on from it. */
export function markResult(node: SceneNode, { portrait, styleName, styleId, look, jobId }: Result): void {
  const made = { style: { name: styleName, id: styleId }, look, source: sourceOf(portrait), jobId };
  node.setPluginData(KEY, JSON.stringify(made));
  node.setRelaunchData({ 'apply-style': `Made by Limner: ${styleName}`, upscale: '' });
}

function sourceOf({ nodeId, imageHash }: Result['portrait']) {
  return { nodeId, imageHash };
}

export function isResult(node: SceneNode): boolean {
  return node.getPluginData(KEY) !== '';
}
