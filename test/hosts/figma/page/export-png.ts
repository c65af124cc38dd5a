import type { NodeState } from '../sandbox/scene-spec.ts';
import type { Bitmaps } from './bitmaps.ts';
import { drawLayers } from './draw-document.ts';

/** A layer as it looks, as PNG. */
export async function exportPng(layer: NodeState, scale: number, bitmaps: Bitmaps): Promise<Uint8Array> {
  const { x, y, width, height } = layer.bounds;
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const draw = () =>
    drawLayers(canvas.getContext('2d')!, [layer], bitmaps.find, [
      [scale, 0, -x * scale],
      [0, scale, -y * scale],
    ]);
  draw(); // asks for the pictures
  await bitmaps.settled();
  canvas.getContext('2d')!.reset();
  draw();
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}
