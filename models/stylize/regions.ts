/** Which part of a face or person a pixel is; made alike for the portrait and the reference. */
import { contourMask, faceMask, LIPS_OUTER, NOSE_TIP } from '../face/index.ts';
import type { Segments } from '../face/segments.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { featurePlane, partsPlane } from '../style/features.ts';

/** Planes of one size, 0..1. */
export interface Regions extends Segments {
  /** Beard and moustache: the hair of the lower face. */
  readonly facialHair: Plane;
  /** Eyes, brows, nose and mouth, and what lies up to a fifth of an eye distance around; not where hair hides them. */
  readonly features: Plane;
  /** Eyes 1, lips -1. */
  readonly parts: Plane;
  /** Inside the mesh's oval. */
  readonly face: Plane;
}

export interface FaceShape {
  /** 468 · 3 coordinates in pixels */
  readonly landmarks: Float32Array;
  readonly interocular: number;
}

/** Facial hair begins so far (eye distances) below the tip of the nose and ends so far below the chin. */
export function regionsOf(segments: Segments, { landmarks, interocular }: FaceShape): Regions {
  const { width, height } = segments.skin;
  const features = featurePlane(width, height, landmarks, interocular);
  const parts = partsPlane(width, height, landmarks);
  const face = faceMask(landmarks, width, height, 0);
  const lips = contourMask(landmarks, LIPS_OUTER, width, height, 0.01 * interocular);
  const facialHair = createPlane(width, height);
  const [nx, ny] = [landmarks[NOSE_TIP * 3], landmarks[NOSE_TIP * 3 + 1]];
  const [dx, dy] = [landmarks[152 * 3] - nx, landmarks[152 * 3 + 1] - ny];
  const length = Math.hypot(dx, dy);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const down = ((x - nx) * dx + (y - ny) * dy) / (length * length);
      const across = Math.abs((x - nx) * dy - (y - ny) * dx) / (length * interocular);
      if (down < 0.08 || down > 1.25 || across > 0.75) continue;
      facialHair.data[i] = segments.hair.data[i] * (1 - lips.data[i]);
      features.data[i] *= 1 - facialHair.data[i];
    }
  }
  return { ...segments, facialHair, features, parts, face };
}
