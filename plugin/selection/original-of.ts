import { readResult } from '../results/result-data.ts';
import type { Found } from './find-pictures.ts';
import { isSceneNode } from './find-source.ts';
import { fillsOf } from './picture-fill.ts';
import { copiedWhole } from './title-of.ts';

/** The picture that a result of Limner was made from, while it is still there; null for anything else. */
export async function originalOfAsync(node: SceneNode): Promise<Found | null> {
  const source = readResult(copiedWhole(node))?.source;
  const original = source ? await figma.getNodeByIdAsync(source.nodeId) : null;
  if (!source || !isSceneNode(original)) return null;
  if (source.imageHash === null) return { node: original, fill: null };
  const fill = fillsOf(original).findIndex(
    (paint) => paint.type === 'IMAGE' && paint.imageHash === source.imageHash,
  );
  return fill < 0 ? null : { node: original, fill };
}
