import type { Rect, Transform } from '@figma/plugin-typings/plugin-api-standalone.d.ts';

export const IDENTITY: Transform = [
  [1, 0, 0],
  [0, 1, 0],
];

/** First `inner`, then `outer`. */
export function multiply(outer: Transform, inner: Transform): Transform {
  const row = ([a, b, t]: Transform[number]): Transform[number] => [
    a * inner[0][0] + b * inner[1][0],
    a * inner[0][1] + b * inner[1][1],
    a * inner[0][2] + b * inner[1][2] + t,
  ];
  return [row(outer[0]), row(outer[1])];
}

/** Bounds of the rectangle from the origin to (width, height) after a transform. */
export function boundsOf([[a, b, tx], [c, d, ty]]: Transform, width: number, height: number): Rect {
  const xs = [0, a * width, b * height, a * width + b * height];
  const ys = [0, c * width, d * height, c * width + d * height];
  return rectOf(Math.min(...xs) + tx, Math.min(...ys) + ty, Math.max(...xs) + tx, Math.max(...ys) + ty);
}

export function union(rects: readonly Rect[]): Rect {
  return rectOf(
    Math.min(...rects.map(({ x }) => x)),
    Math.min(...rects.map(({ y }) => y)),
    Math.max(...rects.map(({ x, width }) => x + width)),
    Math.max(...rects.map(({ y, height }) => y + height)),
  );
}

function rectOf(left: number, top: number, right: number, bottom: number): Rect {
  return { x: left, y: top, width: right - left, height: bottom - top };
}
