import type { Rect } from '../image/picture.ts';

/** Rectangles of at most `edge` pixels that cover width × height without overlapping, row by row. */
export function tilesOf(width: number, height: number, edge: number): Rect[] {
  const [columns, rows] = [Math.ceil(width / edge), Math.ceil(height / edge)];
  return Array.from({ length: columns * rows }, (_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const x = Math.floor((column * width) / columns);
    const y = Math.floor((row * height) / rows);
    return {
      x,
      y,
      width: Math.floor(((column + 1) * width) / columns) - x,
      height: Math.floor(((row + 1) * height) / rows) - y,
    };
  });
}

/** The rectangle with `margin` pixels more on each side, where width × height has them. */
export function withMargin(rect: Rect, margin: number, width: number, height: number): Rect {
  const [left, top] = [Math.max(0, rect.x - margin), Math.max(0, rect.y - margin)];
  const right = Math.min(width, rect.x + rect.width + margin);
  const bottom = Math.min(height, rect.y + rect.height + margin);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
