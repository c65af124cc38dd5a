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
import type { LabPlanes } from '../image/colour.ts';
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

/** The white of an eye has at most this share of the skin's chroma, and is at most so much darker (L) than it. */
const WHITE = { chroma: 0.45, darker: 8 } as const;
/** It reaches at most so far (eye distances) from the middle of the eye. */
const EYE_REACH = 0.28;

/**
 * Adds to a parts plane what is white and touches an eye: the mesh takes every eye for a real one, and those of cartoons
 * are larger. Otherwise skin beside the eyes would be painted with their white.
 * @param skin mean colour of the skin, which must not be grey
 */
export function growEyes(
  parts: Plane,
  { l, a, b }: LabPlanes,
  landmarks: Float32Array,
  interocular: number,
  skin: { readonly l: number; readonly a: number; readonly b: number },
): void {
  const { width, height, data } = parts;
  const palest = (WHITE.chroma * Math.hypot(skin.a, skin.b)) ** 2;
  const centres = [LEFT_EYE, RIGHT_EYE].map((eye) =>
    [0, 1].map((c) => eye.reduce((sum, k) => sum + landmarks[k * 3 + c], 0) / eye.length),
  );
  const isWhite = (i: number) =>
    a.data[i] ** 2 + b.data[i] ** 2 < palest && l.data[i] > skin.l - WHITE.darker;
  const isNear = (x: number, y: number) =>
    centres.some(([cx, cy]) => Math.hypot(x - cx, y - cy) < EYE_REACH * interocular);
  const open: number[] = [];
  for (let i = 0; i < data.length; i++) if (data[i] === 1) open.push(i);
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    const [x, y] = [i % width, (i / width) | 0];
    for (const [u, v] of [
      [x - 1, y],
      [x + 1, y],
      [x, y - 1],
      [x, y + 1],
    ]) {
      const k = v * width + u;
      if (u < 0 || u >= width || v < 0 || v >= height || data[k] !== 0) continue;
      if (!isNear(u, v) || !isWhite(k)) continue;
      data[k] = 1;
      open.push(k);
    }
  }
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
