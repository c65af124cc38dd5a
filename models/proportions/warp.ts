/** Pictures and planes deformed. */
import { catmullRom } from '../image/catmull-rom.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { sampleLinear } from '../synthesis/sample.ts';
import { type Deformation, stepAt } from './deformation.ts';

/** A deformed copy, interpolated linearly. */
export function warpPlane(plane: Plane, deformation: Deformation): Plane {
  const { width, height, data } = plane;
  const out = { ...plane, data: data.slice() };
  eachMovedPixel(deformation, (x, y, u, v) => {
    out.data[y * width + x] = sampleLinear(data, width, height, clampTo(u, width), clampTo(v, height));
  });
  return out;
}

/** A deformed copy, interpolated by Catmull-Rom splines; what lies past the border repeats it. */
export function warpPicture(picture: Picture, deformation: Deformation): Picture {
  const { width, data } = picture;
  const out = { ...picture, data: data.slice() };
  const colour = [0, 0, 0, 0];
  eachMovedPixel(deformation, (x, y, u, v) => {
    sampleColour(picture, u, v, colour);
    out.data.set(colour, 4 * (y * width + x));
  });
  return out;
}

/** Steps (px) below this change nothing that can be seen. */
const LEAST = 0.01;

/** @param visit a pixel and the place that it is read from */
function eachMovedPixel(
  deformation: Deformation,
  visit: (x: number, y: number, u: number, v: number) => void,
): void {
  const { x, y, width, height } = deformation.rect;
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) {
      const [dx, dy] = stepAt(deformation, column, row);
      if (Math.abs(dx) + Math.abs(dy) > LEAST) visit(column, row, column + dx, row + dy);
    }
  }
}

const clampTo = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));

function sampleColour({ width, height, data }: Picture, u: number, v: number, out: number[]): void {
  const [x, y] = [Math.floor(u), Math.floor(v)];
  const [wx, wy] = [catmullRom(u - x), catmullRom(v - y)];
  out.fill(0);
  for (let r = 0; r < 4; r++) {
    const line = clampTo(y + r - 1, height) * width;
    for (let c = 0; c < 4; c++) {
      const at = 4 * (line + clampTo(x + c - 1, width));
      const weight = wy[r] * wx[c];
      for (let k = 0; k < 4; k++) out[k] += weight * data[at + k];
    }
  }
}
