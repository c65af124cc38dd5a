/** Masks (1 inside, 0 outside) of polygons and lines. */
export type Point = readonly [x: number, y: number];

/** A closed polygon; crossing edges make holes (even-odd). */
export function polygonMask(points: readonly Point[], width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const crossings = crossingsAt(points, y + 0.5);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = clamp(Math.round(crossings[k]), width);
      mask.fill(1, y * width + from, y * width + Math.max(from, clamp(Math.round(crossings[k + 1]), width)));
    }
  }
  return mask;
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));

function crossingsAt(points: readonly Point[], y: number): number[] {
  return points
    .flatMap(([ax, ay], i) => {
      const [bx, by] = points[(i + 1) % points.length];
      return ay <= y !== by <= y ? [ax + ((y - ay) / (by - ay)) * (bx - ax)] : [];
    })
    .sort((a, b) => a - b);
}

/** A line with round ends, `thickness` px thick. */
export function lineMask(
  points: readonly Point[],
  thickness: number,
  width: number,
  height: number,
): Uint8Array {
  const mask = new Uint8Array(width * height);
  const reach = thickness / 2;
  for (let k = 0; k + 1 < points.length; k++) {
    const [[ax, ay], [bx, by]] = [points[k], points[k + 1]];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const [left, right] = [Math.min(ax, bx) - reach, Math.max(ax, bx) + reach];
    const [top, bottom] = [Math.min(ay, by) - reach, Math.max(ay, by) + reach];
    for (let y = clamp(Math.floor(top), height); y < clamp(Math.ceil(bottom) + 1, height); y++) {
      for (let x = clamp(Math.floor(left), width); x < clamp(Math.ceil(right) + 1, width); x++) {
        const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
        const t = length > 0 ? clamp((px * (bx - ax) + py * (by - ay)) / length, 1) : 0;
        if (Math.hypot(px - t * (bx - ax), py - t * (by - ay)) <= reach) mask[y * width + x] = 1;
      }
    }
  }
  return mask;
}

/** The same, closed, in thickness: an ellipse's outline is given by its middle and radii. */
export function ellipsePoints([cx, cy, rx, ry]: readonly [number, number, number, number]): Point[] {
  const count = 48;
  return Array.from({ length: count + 1 }, (_, k) => {
    const angle = (2 * Math.PI * k) / count;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}
