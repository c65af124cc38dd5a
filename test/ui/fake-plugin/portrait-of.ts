import type { Portrait } from '../../../protocol/portrait.ts';

/** A portrait of the selection; its picture is `pictures[nodeId]` of the setup. */
export const portraitOf = (nodeId: string, name: string): Portrait => ({
  nodeId,
  fill: 0,
  name,
  width: 256,
  height: 256,
  pictureWidth: 512,
  pictureHeight: 512,
  imageHash: `hash-${nodeId}`,
  crop: { x: 0, y: 0, width: 1, height: 1 },
  turn: 0,
});
