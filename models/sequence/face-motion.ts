/** The motion that the landmarks of faces tell: what a small head in a hurry does is too much for optical flow alone. */
import { createPlane } from '../image/picture.ts';
import type { TrackedFace } from '../track/index.ts';
import type { Flow } from './optical-flow.ts';
import { type Similarity, similarityBetween } from './similarity.ts';

/** Of a face what its motion is told by. */
export type FacePlace = Pick<TrackedFace, 'identity' | 'landmarks' | 'interocular'>;

/** Eye distances around the middle of a face in which the rest of the person moves with it: head, neck and shoulders. */
const REACH = 3;

interface MovingFace {
  readonly x: number;
  readonly y: number;
  readonly reach: number;
  readonly motion: Similarity;
}

/**
 * How the faces that are in both pictures have moved, around them; NaN elsewhere. A pixel goes with the nearest face.
 * @param from and @param to of the two pictures
 * @param scale px of the flow a px of the pictures
 * @returns null where no face is in both
 */
export function faceMotion(
  from: readonly FacePlace[],
  to: readonly FacePlace[],
  size: { readonly width: number; readonly height: number },
  scale: number,
): Flow | null {
  const moving = movingFaces(from, to, scale);
  if (moving.length === 0) return null;
  const { width, height } = size;
  const [u, v] = [createPlane(width, height, Number.NaN), createPlane(width, height, Number.NaN)];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const face = nearest(moving, x, y);
      if (!face) continue;
      const { a, b, x: left, y: top } = face.motion;
      u.data[i] = a * x - b * y + left * scale - x;
      v.data[i] = b * x + a * y + top * scale - y;
    }
  }
  return { u, v };
}

function movingFaces(from: readonly FacePlace[], to: readonly FacePlace[], scale: number): MovingFace[] {
  return from.flatMap(({ identity, landmarks, interocular }) => {
    const now = to.find((face) => face.identity === identity);
    if (!now) return [];
    const mean = (axis: number) => {
      let sum = 0;
      for (let i = axis; i < landmarks.length; i += 3) sum += landmarks[i];
      return (scale * 3 * sum) / landmarks.length;
    };
    const motion = similarityBetween(landmarks, now.landmarks);
    return [{ x: mean(0), y: mean(1), reach: REACH * interocular * scale, motion }];
  });
}

function nearest(faces: readonly MovingFace[], x: number, y: number): MovingFace | null {
  let [best, least]: [MovingFace | null, number] = [null, 1];
  for (const face of faces) {
    const distance = Math.hypot(x - face.x, y - face.y) / face.reach;
    if (distance < least) [best, least] = [face, distance];
  }
  return best;
}
