import {
  LEFT_BROW,
  LEFT_EYE,
  LIPS_INNER,
  LIPS_OUTER,
  NOSE_TIP,
  RIGHT_BROW,
  RIGHT_EYE,
} from '../face/index.ts';
import { createPlane, type Plane } from '../image/picture.ts';

/** Nose ridge, wings and base in the mesh. */
const NOSE = [6, 197, 195, 5, 4, NOSE_TIP, 2, 98, 327, 64, 294, 48, 278, 129, 358];
const FEATURES = [
  ...LEFT_EYE,
  ...RIGHT_EYE,
  ...LEFT_BROW,
  ...RIGHT_BROW,
  ...LIPS_OUTER,
  ...LIPS_INNER,
  ...NOSE,
];

/**
 * Where a face is recognised: 1 on eyes, brows, nose and mouth, falling to 0 a fifth of the eye distance away.
 * @param landmarks 468 · 3 coordinates in pixels
 */
export function featurePlane(
  width: number,
  height: number,
  landmarks: Float32Array,
  interocular: number,
): Plane {
  const plane = createPlane(width, height);
  const radius = interocular * 0.2;
  const core = interocular * 0.06;
  for (const k of FEATURES) {
    const cx = landmarks[k * 3];
    const cy = landmarks[k * 3 + 1];
    const top = Math.max(0, Math.ceil(cy - radius));
    const bottom = Math.min(height - 1, Math.floor(cy + radius));
    const left = Math.max(0, Math.ceil(cx - radius));
    const right = Math.min(width - 1, Math.floor(cx + radius));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const t = Math.min(1, Math.max(0, (radius - Math.hypot(x - cx, y - cy)) / (radius - core)));
        const value = t * t * (3 - 2 * t);
        const i = y * width + x;
        if (value > plane.data[i]) plane.data[i] = value;
      }
    }
  }
  return plane;
}
