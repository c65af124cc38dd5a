import { createPlane, type Plane } from '../image/picture.ts';
import { sampleCubic } from './sample.ts';

/**
 * A plane turned by `angle` radians (clockwise on screen) about `centre`, in a frame of the same size. Catmull-Rom
 * interpolation; where the source does not reach, `outside` or the source mirrored at its border.
 */
export function rotatePlane(
  plane: Plane,
  angle: number,
  centre: readonly [number, number],
  outside: number | 'mirrored',
): Plane {
  const { width, height, data } = plane;
  const out = createPlane(width, height, outside === 'mirrored' ? 0 : outside);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const dx = x - centre[0];
      const dy = y - centre[1];
      const u = centre[0] + cos * dx + sin * dy;
      const v = centre[1] - sin * dx + cos * dy;
      const isInside = u >= 1 && v >= 1 && u < width - 2 && v < height - 2;
      if (isInside) out.data[i] = sampleCubic(data, width, u, v);
      else if (outside === 'mirrored') {
        out.data[i] = data[Math.round(mirrorInto(v, height)) * width + Math.round(mirrorInto(u, width))];
      }
    }
  }
  return out;
}

/** Points (`stride` numbers each, x and y first) turned like `rotatePlane` turns pixels. */
export function rotatePoints(
  points: Float32Array,
  stride: number,
  angle: number,
  centre: readonly [number, number],
): Float32Array {
  const out = points.slice();
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let i = 0; i < points.length; i += stride) {
    const dx = points[i] - centre[0];
    const dy = points[i + 1] - centre[1];
    out[i] = centre[0] + cos * dx - sin * dy;
    out[i + 1] = centre[1] + sin * dx + cos * dy;
  }
  return out;
}

/** A position mirrored at both ends of 0..length - 1. */
function mirrorInto(value: number, length: number): number {
  const last = length - 1;
  if (value >= 0 && value <= last) return value;
  if (last === 0) return 0;
  const folded = ((value % (2 * last)) + 2 * last) % (2 * last);
  return folded <= last ? folded : 2 * last - folded;
}
