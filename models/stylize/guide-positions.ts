/** Which place of the reference stands where, and how much that weighs. */
import { gaussianBlur } from '../image/blur.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { movingLeastSquares, type PositionMap } from '../synthesis/moving-least-squares.ts';
import type { Canvas } from './canvas.ts';
import type { Parameters } from './parameters.ts';
import type { ReferenceView } from './reference-view.ts';
import type { Silhouette } from './silhouette.ts';

/** Every fourth point of the mesh is enough for a smooth warp, and four times as fast. */
const LANDMARK_STRIDE = 4;

/** For each pixel of a canvas the place in the view that the landmarks of both give it. */
export function guidePositions({ width, height, landmarks }: Canvas, view: ReferenceView): PositionMap {
  const points = { from: sparseLandmarks(landmarks), to: sparseLandmarks(view.landmarks) };
  return movingLeastSquares(width, height, points);
}

/** The ground is told from frame to frame. */
export function groundPositions({ x, y }: PositionMap, labels: Uint8Array, view: ReferenceView): PositionMap {
  const { width, height } = x;
  const [sx, sy] = [(view.lab.l.width - 1) / (width - 1), (view.lab.l.height - 1) / (height - 1)];
  const map = { x: { ...x, data: x.data.slice() }, y: { ...y, data: y.data.slice() } };
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      if (labels[i] !== 0) continue;
      map.x.data[i] = column * sx;
      map.y.data[i] = row * sy;
    }
  }
  return map;
}

function sparseLandmarks(landmarks: Float32Array): Float32Array {
  const count = landmarks.length / 3;
  const points = new Float32Array(Math.ceil(count / LANDMARK_STRIDE) * 2);
  for (let k = 0, i = 0; k < count; k += LANDMARK_STRIDE) {
    points[i++] = landmarks[k * 3];
    points[i++] = landmarks[k * 3 + 1];
  }
  return points;
}

/** @param fallback 0..1: how far places on the face give way to texture */
export function positionWeight(
  { width, height, regions, interocular }: Canvas,
  labels: Uint8Array,
  silhouette: Silhouette | null,
  fallback: number,
  p: Parameters,
): Plane {
  const face = gaussianBlur(regions.face, 0.1 * interocular);
  const out = createPlane(width, height);
  for (let i = 0; i < out.data.length; i++) {
    const feature = regions.features.data[i] * (1 - fallback);
    const skin = p.toleranceSkin + face.data[i] * (p.toleranceFace - p.toleranceSkin);
    const plain = [p.toleranceGround, skin, p.toleranceElse, p.toleranceElse][labels[i]] * (1 + fallback);
    const own = labels[i] === 0 ? plain : plain + feature * (p.toleranceFeature - plain);
    const worn = silhouette?.worn.data[i] ?? 0;
    const tolerance = own + worn * (p.toleranceWorn - own);
    out.data[i] = p.positionScale / (tolerance * interocular) ** 2;
  }
  return out;
}
