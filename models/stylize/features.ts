/** Planes that say which part of a face a pixel is; made alike for the portrait and the reference. */
import {
  contourMask,
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
        const squared = (x - cx) * (x - cx) + (y - cy) * (y - cy);
        const t = Math.min(1, Math.max(0, (radius - Math.sqrt(squared)) / (radius - core)));
        const i = y * width + x;
        if (t > plane.data[i]) plane.data[i] = t;
      }
    }
  }
  return plane;
}

/** Eyes 1, lips -1, all else 0: a guide that keeps irises in eyes and red on lips. */
export function partsPlane(width: number, height: number, landmarks: Float32Array): Plane {
  const parts = createPlane(width, height);
  for (const eye of [LEFT_EYE, RIGHT_EYE]) addMask(parts, contourMask(landmarks, eye, width, height, 0), 1);
  addMask(parts, contourMask(landmarks, LIPS_OUTER, width, height, 0), -1);
  return parts;
}

/** Soft mask of what has a colour of its own in every face: the eyeballs and what an open mouth shows. */
export function ownColourPlane(
  width: number,
  height: number,
  landmarks: Float32Array,
  interocular: number,
): Plane {
  const mask = createPlane(width, height);
  for (const opening of [LEFT_EYE, RIGHT_EYE, LIPS_INNER]) {
    addMask(mask, contourMask(landmarks, opening, width, height, interocular * 0.02), 1);
  }
  return mask;
}

function addMask(sum: Plane, mask: Plane, gain: number): void {
  for (let i = 0; i < sum.data.length; i++) sum.data[i] += gain * mask.data[i];
}
