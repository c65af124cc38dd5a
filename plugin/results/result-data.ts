import * as z from 'zod/mini';
import type { Result } from '../../protocol/plugin-messages.ts';

const KEY = 'result';

/** Writes how a result was made into its layer, and the buttons that go on from it. */
export function markResult(node: SceneNode, { portrait, styleName, styleId, look, jobId }: Result): void {
  const made = { style: { name: styleName, id: styleId }, look, source: sourceOf(portrait), jobId };
  node.setPluginData(KEY, JSON.stringify(made));
  node.setRelaunchData({ stylize: `Made by Limner: ${styleName}`, upscale: '' });
}

function sourceOf({ nodeId, imageHash }: Result['portrait']) {
  return { nodeId, imageHash };
}

const storedSchema = z.object({
  source: z.object({ nodeId: z.string(), imageHash: z.nullable(z.string()) }),
});

/** What a result says of its source; null for other layers, or data that this version does not understand. */
export function readResult(node: SceneNode): z.infer<typeof storedSchema> | null {
  if (!isResult(node)) return null;
  const parsed = storedSchema.safeParse(JSON.parse(node.getPluginData(KEY)));
  return parsed.success ? parsed.data : null;
}

export function isResult(node: SceneNode): boolean {
  return node.getPluginData(KEY) !== '';
}
