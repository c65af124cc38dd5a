/**
 * A picture too large for one image: a grid of tiles in a frame, in the place of the layer's paint. A frame takes the grid
 * in as its lowest child; any other layer becomes the mask of the grid, so that its shape is kept whatever it is.
 */
import { fillsOf } from '../selection/picture-fill.ts';
import { childIndex } from './child-index.ts';
import type { ImportedTile } from './import-tiles.ts';
import { setFillsAsync } from './replace-picture.ts';
import { emptyFrame, tileFrame } from './tile-frame.ts';
import { IDENTITY } from './transform.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const OPAQUE: SolidPaint = { type: 'SOLID', color: { r: 0, g: 0, b: 0 } };

/** Returns the layer that stands where `target` stood. Every shape has what a rectangle has, as far as it is used here. */
export async function placeTilesAsync(
  target: SceneNode,
  fill: number,
  tiles: readonly ImportedTile[],
  picture: Size,
): Promise<SceneNode> {
  const fills = fillsOf(target);
  const paint = fills[fill] as ImagePaint;
  const grid = tileFrame(paint, tiles, picture, target);
  try {
    grid.opacity = paint.opacity ?? 1;
    grid.blendMode = paint.blendMode ?? 'NORMAL';
    const [below, above] = [fills.slice(0, fill), fills.slice(fill + 1)];
    return target.type === 'FRAME'
      ? await fillFrameAsync(target, grid, below, above)
      : await maskGridAsync(target as RectangleNode, grid, below, above);
  } catch (error) {
    if (!grid.removed) grid.remove();
    throw error;
  }
}

async function fillFrameAsync(
  frame: FrameNode,
  grid: FrameNode,
  below: readonly Paint[],
  above: readonly Paint[],
): Promise<FrameNode> {
  frame.insertChild(0, grid);
  if (frame.layoutMode !== 'NONE') grid.layoutPositioning = 'ABSOLUTE';
  grid.relativeTransform = IDENTITY;
  grid.clipsContent = true;
  for (const corner of CORNERS) grid[corner] = frame[corner];
  await setFillsAsync(frame, below);
  if (above.length > 0) {
    const cover = figma.createRectangle();
    cover.name = 'Fills above';
    cover.resize(frame.width, frame.height);
    grid.appendChild(cover);
    await setFillsAsync(cover, above);
  }
  return frame;
}

const CORNERS = ['topLeftRadius', 'topRightRadius', 'bottomRightRadius', 'bottomLeftRadius'] as const;

/** A frame stands in for the shape: fills below the picture, the grid masked by the shape, fills above it and strokes. */
async function maskGridAsync(
  shape: RectangleNode,
  grid: FrameNode,
  below: readonly Paint[],
  above: readonly Paint[],
): Promise<FrameNode> {
  const frame = emptyFrame(shape.name, shape);
  try {
    takePlace(frame, shape);
    frame.appendChild(grid);
    if (above.length > 0 || shape.strokes.length > 0)
      frame.appendChild(await withFillsAsync(shape.clone(), above));
    shape.strokes = [];
    if (below.length > 0) frame.insertChild(0, await withFillsAsync(shape.clone(), below));
    grid.insertChild(0, await withFillsAsync(shape, [OPAQUE]));
    for (const child of [...frame.children, shape])
      if ('relativeTransform' in child) child.relativeTransform = IDENTITY;
    shape.isMask = true;
    return frame;
  } catch (error) {
    frame.remove();
    throw error;
  }
}

/** Moves everything that concerns a shape from outside over to a frame of the same size. */
function takePlace(frame: FrameNode, shape: RectangleNode): void {
  const parent = shape.parent as BaseNode & ChildrenMixin;
  parent.insertChild(childIndex(shape), frame);
  if ('layoutMode' in parent && parent.layoutMode !== 'NONE')
    for (const key of LAYOUT) Object.assign(frame, { [key]: shape[key] });
  frame.relativeTransform = shape.relativeTransform;
  // Boolean operations have no constraints.
  for (const key of LOOKS) if (key in shape) Object.assign(frame, { [key]: shape[key] });
  shape.effects = [];
  shape.opacity = 1;
  shape.blendMode = 'NORMAL';
}

const LAYOUT = ['layoutPositioning', 'layoutAlign', 'layoutGrow'] as const;
const LOOKS = ['constraints', 'effects', 'opacity', 'blendMode'] as const;

async function withFillsAsync(shape: RectangleNode, fills: readonly Paint[]): Promise<RectangleNode> {
  await setFillsAsync(shape, fills);
  return shape;
}
