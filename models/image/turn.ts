/** Quarter turns: nothing is interpolated, so that turning back gives the same again. */
import { createPicture, createPlane, type Picture, type Plane, type Rect } from './picture.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Of any whole number of quarters clockwise, the one of 0..3 that comes to the same. */
export const wholeTurns = (quarters: number): 0 | 1 | 2 | 3 => (((quarters % 4) + 4) % 4) as 0 | 1 | 2 | 3;

/** A picture turned clockwise by so many quarters; any whole number. */
export function turnPicture(picture: Picture, quarters: number): Picture {
  if (wholeTurns(quarters) === 0) return picture;
  const { width, height } = turnedSize(picture, quarters);
  const out = createPicture(width, height);
  // A pixel is moved as one number, for which it must lie on a multiple of four bytes.
  const bytes = picture.data.byteOffset % 4 === 0 ? picture.data : picture.data.slice();
  move(new Uint32Array(bytes.buffer, bytes.byteOffset, width * height), picture, quarters, pixelsOf(out));
  return out;
}

/** A plane turned clockwise by so many quarters; any whole number. */
export function turnPlane(plane: Plane, quarters: number): Plane {
  if (wholeTurns(quarters) === 0) return plane;
  const { width, height } = turnedSize(plane, quarters);
  const out = createPlane(width, height);
  move(plane.data, plane, quarters, out.data);
  return out;
}

/** The size of a picture once turned. */
export const turnedSize = ({ width, height }: Size, quarters: number): Size =>
  wholeTurns(quarters) % 2 === 0 ? { width, height } : { width: height, height: width };

/** Where a point of a picture of `size` lies in the picture turned clockwise by so many quarters. */
export function turnPoint(x: number, y: number, quarters: number, { width, height }: Size): [number, number] {
  switch (wholeTurns(quarters)) {
    case 0:
      return [x, y];
    case 1:
      return [height - y, x];
    case 2:
      return [width - x, height - y];
    case 3:
      return [y, width - x];
  }
}

/** The same of a rectangle. */
export function turnRect(rect: Rect, quarters: number, size: Size): Rect {
  const [ax, ay] = turnPoint(rect.x, rect.y, quarters, size);
  const [bx, by] = turnPoint(rect.x + rect.width, rect.y + rect.height, quarters, size);
  return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(bx - ax), height: Math.abs(by - ay) };
}

const pixelsOf = ({ data }: Picture) => new Uint32Array(data.buffer, data.byteOffset, data.length / 4);

function move<T extends Uint32Array | Float32Array>(
  from: T,
  { width, height }: Size,
  quarters: number,
  to: T,
): void {
  const turns = wholeTurns(quarters);
  // Where the first pixel goes, and how far the next one to the right and the next one below lie from it.
  const start = [0, height - 1, width * height - 1, (width - 1) * height][turns];
  const right = [1, height, -1, -height][turns];
  const down = [width, -1, -width, 1][turns];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, k = start + y * down; x < width; x++, i++, k += right) to[k] = from[i];
  }
}
