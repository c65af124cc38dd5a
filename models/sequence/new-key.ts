/**
 * When a canvas no longer fits its person, who then gets a new one: it would stretch, be enlarged too far, or end where
 * the person does not.
 */
import type { Plane } from '../image/picture.ts';
import { poseGap } from '../stylize/pose.ts';
import { eachMapped, NODE, type NodeMap, similarityOf } from './node-map.ts';

/** Degrees by which a head may turn or nod away from how its canvas shows it. */
const TURNED = 20;
/** Stretch against the whole canvas's, either way, of more than SHARE of the face, that is too much. */
const STRETCH = 1.5;
const SHARE = 0.15;
/** Eye distances over which stretch is told: what bends more finely is an expression, or noise of the flow. */
const SPAN = 0.4;
/** Factor by which a head may come closer, or go away: a view of the reference more or less is 1.19. */
const ZOOMED = 1.4;

/** Share of a person that the canvas does not hold, from which on its end is seen. */
const BEYOND = 0.01;

/**
 * Whether a head has turned away from how its canvas shows it.
 * @param key landmarks when the canvas was made, @param now landmarks
 * @param face 0..1, at the map's nodes
 * @param interocular px of the canvas
 */
export const hasTurned = (
  key: Float32Array,
  now: Float32Array,
  map: NodeMap,
  face: Plane,
  interocular: number,
): boolean => poseGap(key, now) > TURNED || stretchedShare(map, face, interocular) > SHARE;

/**
 * Whether a head is much closer, or further away, than when its canvas was made.
 * @param scale px of the canvas a px of the portrait, when it was made
 */
export function hasZoomed(map: NodeMap, scale: number): boolean {
  const { a, b } = similarityOf(map);
  const zoom = scale * Math.hypot(a, b);
  return zoom > ZOOMED || zoom < 1 / ZOOMED;
}

/**
 * Whether a picture shows more of a person than the canvas holds.
 * @param matte of the person, at the picture's size
 * @param inverse of the picture into the canvas, @param size of the canvas, px
 */
export function hasOutgrown(
  matte: Plane,
  inverse: NodeMap,
  size: { readonly width: number; readonly height: number },
): boolean {
  const { rect } = inverse;
  let [held, all] = [0, 0];
  for (const value of matte.data) if (value > 0.5) all++;
  eachMapped(inverse, (u, v, i) => {
    if (u < 0 || v < 0 || u > size.width - 1 || v > size.height - 1) return;
    const [x, y] = [rect.x + (i % rect.width), rect.y + Math.floor(i / rect.width)];
    if (matte.data[y * matte.width + x] > 0.5) held++;
  });
  return all - held > BEYOND * all;
}

/** Share of the face that is wider or narrower, in any direction, by STRETCH than the map is on the whole. */
function stretchedShare({ x, y, rect }: NodeMap, face: Plane, interocular: number): number {
  const { a, b } = similarityOf({ x, y, rect });
  const span = Math.max(1, Math.round((SPAN * interocular) / NODE));
  const usual = span * NODE * Math.hypot(a, b);
  const { width, height } = x;
  let [stretched, all] = [0, 0];
  for (let j = 0; j < height - span; j++) {
    for (let k = 0, i = j * width; k < width - span; k++, i++) {
      const [right, below] = [i + span, i + span * width];
      if (face.data[i] < 0.5 || face.data[right] < 0.5 || face.data[below] < 0.5) continue;
      all++;
      const along = (plane: Plane, to: number) => plane.data[to] - plane.data[i];
      const [most, least] = singularValues(
        along(x, right),
        along(x, below),
        along(y, right),
        along(y, below),
      );
      if (most > STRETCH * usual || least < usual / STRETCH) stretched++;
    }
  }
  return stretched / Math.max(1, all);
}

/** Of the matrix (a b; c d), largest first. */
function singularValues(a: number, b: number, c: number, d: number): [number, number] {
  const [sum, difference] = [Math.hypot(a + d, b - c), Math.hypot(a - d, b + c)];
  return [(sum + difference) / 2, Math.abs(sum - difference) / 2];
}
