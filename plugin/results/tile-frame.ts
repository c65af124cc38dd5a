import type { ImportedTile } from './import-tiles.ts';
import { pictureToLayer } from './picture-to-layer.ts';
import { compose, translation } from './transform.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A frame as large as a layer that shows a picture in tiles as the layer's paint showed it whole. */
export function tileFrame(
  paint: ImagePaint,
  tiles: readonly ImportedTile[],
  picture: Size,
  layer: Size,
): FrameNode {
  const toLayer = pictureToLayer(paint, picture, layer);
  const frame = emptyFrame('Picture', layer);
  for (const tile of tiles) frame.appendChild(tileAt(tile, toLayer, paint));
  return frame;
}

export function emptyFrame(name: string, { width, height }: Size): FrameNode {
  const frame = figma.createFrame();
  frame.name = name;
  frame.fills = [];
  frame.clipsContent = false;
  frame.resize(width, height);
  return frame;
}

/** A rectangle that shows one tile. Figma keeps size and turn apart: the columns of a layer's transform have length 1. */
function tileAt({ x, y, width, height, hash }: ImportedTile, toLayer: Transform, paint: ImagePaint) {
  const [[a, b, tx], [c, d, ty]] = compose(toLayer, translation(x, y));
  const across = Math.hypot(a, c);
  const down = Math.hypot(b, d);
  const rectangle = figma.createRectangle();
  rectangle.name = `${x}, ${y}`;
  rectangle.resize(width * across, height * down);
  const filters = paint.filters && { filters: paint.filters };
  rectangle.fills = [{ type: 'IMAGE', scaleMode: 'FILL', imageHash: hash, ...filters }];
  rectangle.relativeTransform = [
    [a / across, b / down, tx],
    [c / across, d / down, ty],
  ];
  return rectangle;
}
