/** Faces made of numbers, for what needs no picture. */
import { CHIN, type Face, FOREHEAD_TOP, LANDMARK_COUNT } from '../../../models/face/index.ts';

/** All landmarks in one point except forehead, chin and the two sides, which span an upright face of `height` px. */
export function faceAt(x: number, y: number, height = 60): Face {
  const landmarks = new Float32Array(LANDMARK_COUNT * 3);
  for (let i = 0; i < landmarks.length; i += 3) landmarks.set([x, y, 0], i);
  const halfWidth = height * 0.4;
  landmarks.set([x, y - height / 2, 0], FOREHEAD_TOP * 3);
  landmarks.set([x, y + height / 2, 0], CHIN * 3);
  landmarks.set([x - halfWidth, y, 0], 234 * 3);
  landmarks.set([x + halfWidth, y, 0], 454 * 3);
  return {
    box: { x: x - halfWidth, y: y - height / 2, width: 2 * halfWidth, height },
    score: 1,
    landmarks,
    angle: 0,
    interocular: height / 2,
  };
}
