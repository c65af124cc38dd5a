import { gaussianBlur } from '../../../models/image/blur.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import type { Point } from './stroke.ts';

/** Unit vectors without a sign: the way a stroke would run. */
export interface Field {
  readonly x: Plane;
  readonly y: Plane;
}

/** Central differences of a plane, per px, borders repeated. */
export function gradient({ width, height, data }: Plane): Field {
  const [x, y] = [createPlane(width, height), createPlane(width, height)];
  for (let row = 0; row < height; row++) {
    const [up, down] = [Math.max(0, row - 1) * width, Math.min(height - 1, row + 1) * width];
    for (let col = 0; col < width; col++) {
      const i = row * width + col;
      x.data[i] =
        (data[row * width + Math.min(width - 1, col + 1)] - data[row * width + Math.max(0, col - 1)]) / 2;
      y.data[i] = (data[down + col] - data[up + col]) / 2;
    }
  }
  return { x, y };
}

/**
 * Along the edges of planes: the minor eigenvector of their structure tensors (Kang 2007; Kyprianidis 2008), each smoothed at its scale.
 * Where a fine plane has no edge, coarser ones lead on.
 */
export function edgeTangents(sources: readonly { plane: Plane; sigma: number; weight: number }[]): Field {
  const { width, height } = sources[0].plane;
  const sums = [0, 1, 2].map(() => createPlane(width, height));
  for (const { plane, sigma, weight } of sources) {
    const g = gradient(plane);
    const tensor = [
      g.x.data.map((v) => v * v),
      g.x.data.map((v, i) => v * g.y.data[i]),
      g.y.data.map((v) => v * v),
    ].map((data) => gaussianBlur({ width, height, data }, sigma).data);
    sums.forEach((sum, k) => {
      for (let i = 0; i < sum.data.length; i++) sum.data[i] += weight * tensor[k][i];
    });
  }
  return minorEigenvectors(sums);
}

function minorEigenvectors([xx, xy, yy]: readonly Plane[]): Field {
  const [x, y] = [createPlane(xx.width, xx.height), createPlane(xx.width, xx.height)];
  for (let i = 0; i < x.data.length; i++) {
    const angle = 0.5 * Math.atan2(2 * xy.data[i], xx.data[i] - yy.data[i]) + Math.PI / 2;
    x.data[i] = Math.cos(angle);
    y.data[i] = Math.sin(angle);
  }
  return { x, y };
}

/** Turned by an angle (radians, clockwise on screen). */
export function turnField({ x, y }: Field, angle: number): Field {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return {
    x: { ...x, data: x.data.map((v, i) => c * v - s * y.data[i]) },
    y: { ...y, data: y.data.map((v, i) => s * x.data[i] + c * v) },
  };
}

/** Between two fields, whatever their signs. @param share of the second at pixel i, 0..1 */
export function mixFields(one: Field, other: Field, share: (i: number) => number): Field {
  const [x, y] = [createPlane(one.x.width, one.x.height), createPlane(one.x.width, one.x.height)];
  for (let i = 0; i < x.data.length; i++) {
    const t = share(i);
    const [ax, ay, bx, by] = [one.x.data[i], one.y.data[i], other.x.data[i], other.y.data[i]];
    // Doubled angles have no sign to disagree about.
    const c = (1 - t) * (ax * ax - ay * ay) + t * (bx * bx - by * by);
    const s = (1 - t) * 2 * ax * ay + t * 2 * bx * by;
    const angle = Math.atan2(s, c) / 2;
    x.data[i] = Math.cos(angle);
    y.data[i] = Math.sin(angle);
  }
  return { x, y };
}

export function constantField(width: number, height: number, angle: number): Field {
  return { x: createPlane(width, height, Math.cos(angle)), y: createPlane(width, height, Math.sin(angle)) };
}

/**
 * A path along the field, both ways from a point (Hertzmann 1998).
 * @param step px between its points
 * @param goesOn whether the path may go on to pixel i
 */
export function tracePath(
  field: Field,
  [x, y]: Point,
  length: number,
  step: number,
  goesOn: (i: number) => boolean = () => true,
): Point[] {
  const half = (sign: number) => walk(field, [x, y], sign, length / 2, step, goesOn);
  return [...half(-1).reverse(), [x, y], ...half(1)];
}

function walk(
  { x: fx, y: fy }: Field,
  start: Point,
  sign: number,
  length: number,
  step: number,
  goesOn: (i: number) => boolean,
): Point[] {
  const { width, height } = fx;
  const points: Point[] = [];
  let [x, y] = start;
  let [dx, dy] = [0, 0];
  for (let done = 0; done < length; done += step) {
    const i = Math.floor(y) * width + Math.floor(x);
    let [vx, vy] = [fx.data[i], fy.data[i]];
    const turn = dx === 0 && dy === 0 ? sign : Math.sign(vx * dx + vy * dy) || 1;
    [vx, vy] = [vx * turn, vy * turn];
    [dx, dy] = [vx, vy];
    x += vx * step;
    y += vy * step;
    if (x < 0 || y < 0 || x >= width || y >= height) break;
    if (!goesOn(Math.floor(y) * width + Math.floor(x))) break;
    points.push([x, y]);
  }
  return points;
}
