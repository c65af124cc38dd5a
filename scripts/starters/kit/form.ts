import { gaussianBlur } from '../../../models/image/blur.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { resizePlane } from '../../../models/image/resize.ts';
import { gradient } from './field.ts';

/** Side (px) of a cell of the grid on which the form is built. */
const CELL = 8;
const SWEEPS = 400;
/** Of the mesh's depth: less than 1, because the balloon under it is round already. */
const RELIEF = 0.6;

/**
 * Height of a body above the sheet, px: the outline blown up like a balloon, and on it the relief of the face's mesh.
 * @param landmarks 468 triples, z in px towards the back
 */
export function inflate(person: Plane, landmarks: Float32Array, interocular: number): Plane {
  const [w, h] = [Math.ceil(person.width / CELL), Math.ceil(person.height / CELL)];
  const mask = resizePlane(person, w, h);
  const balloon = membrane(mask);
  const face = meshRelief(landmarks, w, h, interocular / CELL);
  const form = createPlane(w, h);
  for (let i = 0; i < form.data.length; i++) form.data[i] = CELL * balloon.data[i] + face.data[i];
  return gaussianBlur(resizePlane(form, person.width, person.height), CELL / 2);
}

/** Square root of the solution of Poisson's equation inside the mask: round at the rim. The sheet's lower edge is open. */
function membrane(mask: Plane): Plane {
  const { width, height } = mask;
  const u = createPlane(width, height);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const i = y * width + x;
        if (mask.data[i] < 0.5) continue;
        const left = x > 0 ? u.data[i - 1] : 0;
        const right = x + 1 < width ? u.data[i + 1] : 0;
        const up = y > 0 ? u.data[i - width] : 0;
        const down = y + 1 < height ? u.data[i + width] : u.data[i];
        u.data[i] = (left + right + up + down + 1) / 4;
      }
    }
  }
  return { width, height, data: u.data.map((v) => Math.sqrt(2 * v)) };
}

/**
 * Depth of the face's mesh against its rim, 0 outside: normalised Gaussians over its points, narrow ones where points are dense
 * (the features), wide ones where they are not (the forehead).
 */
function meshRelief(landmarks: Float32Array, width: number, height: number, interocular: number): Plane {
  const [sum, weight] = [createPlane(width, height), createPlane(width, height)];
  let deepest = -Infinity;
  for (let k = 2; k < landmarks.length; k += 3) deepest = Math.max(deepest, landmarks[k]);
  for (let k = 0; k < landmarks.length; k += 3) {
    const [x, y] = [Math.floor(landmarks[k] / CELL), Math.floor(landmarks[k + 1] / CELL)];
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    sum.data[y * width + x] += deepest - landmarks[k + 2];
    weight.data[y * width + x] += 1;
  }
  const relief = createPlane(width, height);
  for (const [sigma, least] of [
    [interocular / 5, 0.02],
    [interocular / 9, 0.12],
    [interocular / 16, 0.3],
  ]) {
    const [s, w] = [gaussianBlur(sum, sigma), gaussianBlur(weight, sigma)];
    for (let i = 0; i < relief.data.length; i++) {
      const trust = w.data[i] / (w.data[i] + least);
      relief.data[i] += trust * (s.data[i] / Math.max(1e-6, w.data[i]) - relief.data[i]);
    }
  }
  return { width, height, data: gaussianBlur(relief, interocular / 24).data.map((v) => RELIEF * v) };
}

/** Unit normals of a height field. */
export function normalsOf(form: Plane): { x: Plane; y: Plane; z: Plane } {
  const g = gradient(form);
  const [x, y, z] = [0, 1, 2].map(() => createPlane(form.width, form.height));
  for (let i = 0; i < form.data.length; i++) {
    const length = Math.hypot(g.x.data[i], g.y.data[i], 1);
    x.data[i] = -g.x.data[i] / length;
    y.data[i] = -g.y.data[i] / length;
    z.data[i] = 1 / length;
  }
  return { x, y, z };
}
