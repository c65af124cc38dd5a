/** Draws a document: fills, pictures with their crops, shapes, clips, masks and opacity. No effects and no text layout. */
import type { ImagePaint, Paint, Transform } from '@figma/plugin-typings/plugin-api-standalone.d.ts';
import type { NodeState } from '../sandbox/scene-spec.ts';

type Canvas = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** The decoded picture of a hash, or undefined while it is not there yet. */
export type FindBitmap = (hash: string) => ImageBitmap | undefined;

export function drawLayers(
  canvas: Canvas,
  layers: readonly NodeState[],
  bitmap: FindBitmap,
  view: Transform,
): void {
  canvas.save();
  for (const layer of layers) {
    if (layer.props['visible'] === false) continue;
    if (layer.props['isMask'] === true) clipTo(canvas, layer, view);
    else drawLayer(canvas, layer, bitmap, view);
  }
  canvas.restore();
}

function drawLayer(canvas: Canvas, layer: NodeState, bitmap: FindBitmap, view: Transform): void {
  canvas.save();
  canvas.globalAlpha *= (layer.props['opacity'] as number | undefined) ?? 1;
  canvas.save();
  enter(canvas, layer.absoluteTransform, view);
  const shape = shapeOf(layer);
  for (const paint of paintsOf(layer, 'fills')) drawPaint(canvas, paint, shape, layer, bitmap);
  for (const paint of paintsOf(layer, 'strokes')) {
    if (paint.type !== 'SOLID') continue;
    canvas.strokeStyle = colourOf(paint);
    canvas.lineWidth = 1;
    canvas.stroke(shape);
  }
  if (layer.type === 'TEXT') canvas.fillText(layer.name, 0, layer.height - 3);
  canvas.restore();
  if (layer.type !== 'GROUP' && layer.props['clipsContent'] !== false && layer.children.length > 0)
    clipTo(canvas, layer, view);
  drawLayers(canvas, layer.children, bitmap, view);
  canvas.restore();
}

function drawPaint(canvas: Canvas, paint: Paint, shape: Path2D, layer: NodeState, bitmap: FindBitmap): void {
  if (paint.visible === false) return;
  canvas.save();
  canvas.globalAlpha *= paint.opacity ?? 1;
  if (paint.type === 'SOLID') {
    canvas.fillStyle = colourOf(paint);
    canvas.fill(shape);
  } else if (paint.type === 'IMAGE') {
    const picture = paint.imageHash === null ? undefined : bitmap(paint.imageHash);
    if (picture) {
      canvas.clip(shape);
      drawPicture(canvas, picture, paint, layer);
    }
  }
  canvas.restore();
}

function drawPicture(canvas: Canvas, picture: ImageBitmap, paint: ImagePaint, layer: NodeState): void {
  if (paint.scaleMode === 'CROP' && paint.imageTransform) {
    const [[a, b, tx], [c, d, ty]] = paint.imageTransform;
    canvas.scale(layer.width, layer.height);
    const { a: e, b: f, c: g, d: h, e: ux, f: uy } = new DOMMatrix([a, c, b, d, tx, ty]).inverse();
    canvas.transform(e, f, g, h, ux, uy);
    canvas.drawImage(picture, 0, 0, 1, 1);
    return;
  }
  const turn = paint.rotation ?? 0;
  const [across, down] = turn % 180 === 0 ? [picture.width, picture.height] : [picture.height, picture.width];
  const scales = [layer.width / across, layer.height / down];
  const scale = paint.scaleMode === 'FIT' ? Math.min(...scales) : Math.max(...scales);
  canvas.translate(layer.width / 2, layer.height / 2);
  canvas.rotate((turn * Math.PI) / 180);
  canvas.scale(scale, scale);
  canvas.drawImage(picture, -picture.width / 2, -picture.height / 2);
}

function clipTo(canvas: Canvas, layer: NodeState, view: Transform): void {
  const before = canvas.getTransform();
  enter(canvas, layer.absoluteTransform, view);
  canvas.clip(shapeOf(layer));
  canvas.setTransform(before);
}

function enter(canvas: Canvas, [[a, b, tx], [c, d, ty]]: Transform, view: Transform): void {
  canvas.setTransform(view[0][0], view[1][0], view[0][1], view[1][1], view[0][2], view[1][2]);
  canvas.transform(a, c, b, d, tx, ty);
}

function shapeOf({ type, width, height, props }: NodeState): Path2D {
  const path = new Path2D();
  if (type === 'ELLIPSE') path.ellipse(width / 2, height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
  else {
    const corners = ['topLeftRadius', 'topRightRadius', 'bottomRightRadius', 'bottomLeftRadius'];
    path.roundRect(
      0,
      0,
      width,
      height,
      corners.map((corner) => (props[corner] as number | undefined) ?? 0),
    );
  }
  return path;
}

function paintsOf(layer: NodeState, key: 'fills' | 'strokes'): readonly Paint[] {
  const paints = layer.props[key];
  return Array.isArray(paints) ? paints : [];
}

function colourOf(paint: Extract<Paint, { type: 'SOLID' }>): string {
  const { r, g, b } = paint.color;
  return `rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(' ')})`;
}
