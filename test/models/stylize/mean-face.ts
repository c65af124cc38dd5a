/** The mean face, for what needs a face of real proportions and no picture. */
import { eyeLineAngle, type Face, interocularDistance } from '../../../models/face/index.ts';
import meanFace from '../../../models/weights/mean-face.json' with { type: 'json' };

/** @param middle px of the middle between eyes and mouth @param interocular px */
export function meanFaceAt(middle: readonly [number, number], interocular: number): Face {
  const offset = [...middle, 0];
  const landmarks = Float32Array.from(meanFace, (value, i) => offset[i % 3] + value * interocular);
  const [xs, ys] = [0, 1].map((c) => landmarks.filter((_, i) => i % 3 === c));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return {
    box: { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y },
    score: 1,
    landmarks,
    angle: eyeLineAngle(landmarks),
    interocular: interocularDistance(landmarks),
  };
}

/** Landmarks turned about a point, clockwise on screen. */
export function turnedAbout(
  landmarks: Float32Array,
  [cx, cy]: readonly [number, number],
  angle: number,
): Float32Array {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const out = landmarks.slice();
  for (let i = 0; i < out.length; i += 3) {
    const [x, y] = [landmarks[i] - cx, landmarks[i + 1] - cy];
    out.set([cx + cos * x - sin * y, cy + sin * x + cos * y], i);
  }
  return out;
}
