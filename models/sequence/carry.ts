/** The motion of a canvas with its person: by optical flow from picture to picture, held to the face by the landmarks. */
import { gaussianBlur } from '../image/blur.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { movingLeastSquares } from '../synthesis/moving-least-squares.ts';
import { NODE, type NodeMap, readLinear, similarityOf } from './node-map.ts';
import type { Flow } from './optical-flow.ts';

/** Motion between two pictures, told at another size than theirs. */
export interface ScaledFlow {
  readonly flow: Flow;
  /** Of each pixel of the flow how far what it leads to differs, in grey levels. */
  readonly misfit: Plane;
  /** Size of the pictures. */
  readonly width: number;
  readonly height: number;
}

/** Sigmas, in eye distances: motion finer than the first is noise; what has none of its own goes with what is that far. */
const [FINE, FAR] = [0.02, 0.6];
/** Weight of the far motion against that of a pixel. */
const FAR_WEIGHT = 0.02;
/** Grey levels at which a motion counts half. */
const MISFIT = 8;

/**
 * A canvas's map into the last picture moved on into the next.
 * @param matte 0..1, at the canvas's nodes: what of the canvas is the person, who moves apart from the ground
 * @param interocular px of the canvas
 */
export function moveMap(map: NodeMap, scaled: ScaledFlow, matte: Plane, interocular: number): NodeMap {
  const { x, y, rect } = map;
  const [columns, rows] = [x.width, x.height];
  const [weight, dx, dy] = [0, 1, 2].map(() => createPlane(columns, rows));
  const { flow, misfit, width, height } = scaled;
  const [sx, sy] = [flow.u.width / width, flow.u.height / height];
  for (let i = 0; i < weight.data.length; i++) {
    const [px, py] = [x.data[i], y.data[i]];
    if (px < 0 || py < 0 || px > width - 1 || py > height - 1) continue;
    const [u, v] = [(px + 0.5) * sx - 0.5, (py + 0.5) * sy - 0.5];
    const fit = 1 / (1 + (readLinear(misfit, u, v) / MISFIT) ** 2);
    const w = fit * matte.data[i] ** 2;
    weight.data[i] = w;
    dx.data[i] = (w * readLinear(flow.u, u, v)) / sx;
    dy.data[i] = (w * readLinear(flow.v, u, v)) / sy;
  }
  const smooth = spreadMotion(weight, interocular / NODE);
  const moved = { rect, x: added(x, smooth(dx)), y: added(y, smooth(dy)) };
  return straightened(moved, (BENT * interocular) / NODE);
}

/** Fine bends, which errors of the flow would leave for good, wear off. @param sigma nodes */
function straightened(map: NodeMap, sigma: number): NodeMap {
  const { a, b } = similarityOf(map);
  const straighten = (plane: Plane, alongX: number, alongY: number): Plane => {
    const rest = createPlane(plane.width, plane.height);
    for (let j = 0, i = 0; j < plane.height; j++) {
      for (let k = 0; k < plane.width; k++, i++)
        rest.data[i] = plane.data[i] - NODE * (alongX * k + alongY * j);
    }
    const smooth = gaussianBlur(rest, sigma);
    const data = plane.data.map((value, i) => value - STRAIGHTEN * (rest.data[i] - smooth.data[i]));
    return { ...plane, data };
  };
  return { rect: map.rect, x: straighten(map.x, a, -b), y: straighten(map.y, b, a) };
}

/** Smooths weighted motions; where there is no weight, that of the surroundings holds. */
function spreadMotion(weight: Plane, interocular: number): (weighted: Plane) => Plane {
  const near = gaussianBlur(weight, Math.max(0.6, FINE * interocular));
  const far = gaussianBlur(weight, FAR * interocular);
  const total = weight.data.reduce((sum, value) => sum + value, 0);
  return (weighted) => {
    const [nearSum, farSum] = [
      gaussianBlur(weighted, Math.max(0.6, FINE * interocular)),
      gaussianBlur(weighted, FAR * interocular),
    ];
    const all = total > 0 ? weighted.data.reduce((sum, value) => sum + value, 0) / total : 0;
    for (let i = 0; i < nearSum.data.length; i++) {
      const farMean = (farSum.data[i] + 1e-3 * all) / (Math.max(0, far.data[i]) + 1e-3);
      nearSum.data[i] = (nearSum.data[i] + FAR_WEIGHT * farMean) / (Math.max(0, near.data[i]) + FAR_WEIGHT);
    }
    return nearSum;
  };
}

/** Share by which the face is drawn towards its landmarks in each picture: flow tells motion, landmarks the place. */
const PULL = 0.05;
/** Eye distances off its landmarks at which a face is drawn by half of that; what is less is the landmarks' own jitter. */
const JITTER = 0.015;
/** Share by which what is bent within less than BENT (sigma, eye distances) is straightened in each picture. */
const STRAIGHTEN = 0.04;
const BENT = 0.15;
/** Sigma (eye distances) of what is corrected: an expression is painted, not bent. */
const STIFF = 0.3;
/** Every fourth point of the mesh is enough. */
const STRIDE = 4;

/**
 * A canvas's map drawn towards where the landmarks say that the face is.
 * @param face 0..1, at the canvas's nodes
 * @param from landmarks on the canvas, and @param to in the picture; 468 · 3 coordinates, pixel centres at whole numbers
 */
export function holdToFace(
  map: NodeMap,
  face: Plane,
  from: Float32Array,
  to: Float32Array,
  interocular: number,
): NodeMap {
  const { x, y, rect } = map;
  const wanted = movingLeastSquares(rect.width, rect.height, { from: pairs(from), to: pairs(to) });
  const near = gaussianBlur(face, (STIFF * interocular) / NODE);
  const errorOf = (plane: Plane, target: Plane): Plane => {
    const error = createPlane(plane.width, plane.height);
    for (let j = 0, i = 0; j < plane.height; j++) {
      const row = Math.min(rect.height - 1, j * NODE) * rect.width;
      for (let k = 0; k < plane.width; k++, i++)
        error.data[i] =
          face.data[i] * (target.data[row + Math.min(rect.width - 1, k * NODE)] - plane.data[i]);
    }
    const smooth = gaussianBlur(error, (STIFF * interocular) / NODE);
    for (let i = 0; i < near.data.length; i++) smooth.data[i] /= Math.max(0.25, near.data[i]);
    return smooth;
  };
  const [dx, dy] = [errorOf(x, wanted.x), errorOf(y, wanted.y)];
  const { a, b } = similarityOf(map);
  const jitter = (JITTER * interocular) ** 2 * (a * a + b * b);
  for (let i = 0; i < dx.data.length; i++) {
    const squared = dx.data[i] ** 2 + dy.data[i] ** 2;
    const share = (PULL * squared) / (squared + jitter);
    dx.data[i] *= share;
    dy.data[i] *= share;
  }
  return { rect, x: added(x, dx), y: added(y, dy) };
}

const added = (plane: Plane, by: Plane): Plane => ({
  ...plane,
  data: plane.data.map((value, i) => value + by.data[i]),
});

function pairs(landmarks: Float32Array): Float32Array {
  const count = Math.ceil(landmarks.length / 3 / STRIDE);
  return Float32Array.from({ length: 2 * count }, (_, i) => landmarks[(i >> 1) * STRIDE * 3 + (i & 1)]);
}
