import { translation } from './transform.ts';

/** A rectangle that shows a picture, as large as the bounds of a layer that was exported as it looks. */
export function standIn(exported: SceneNode, imageHash: string): RectangleNode {
  const box = exported.absoluteBoundingBox!;
  const rectangle = figma.createRectangle();
  rectangle.resize(box.width, box.height);
  rectangle.fills = [{ type: 'IMAGE', scaleMode: 'FILL', imageHash }];
  return rectangle;
}

/** Where the bounds of a layer begin on the canvas. */
export function boundsOrigin(layer: SceneNode): Transform {
  const { x, y } = layer.absoluteBoundingBox!;
  return translation(x, y);
}
