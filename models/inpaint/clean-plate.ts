/** The background of a picture where its people stand. */
import { gaussianBlur } from '../image/blur.ts';
import { type LabPlanes, labPlanes } from '../image/colour.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { type FillMap, readFilled } from './fill-map.ts';
import { inpaint } from './inpaint.ts';

/** Longest side (px) at which it is made up. */
const FILL_SIZE = 192;
/** Share of the longest side over which a picture without background is blurred. */
const BLUR = 0.1;

/** How to paint the background where the person stands; null when there is hardly any background. */
export function fillBehind(picture: Picture, matte: Plane, interocular: number): FillMap | null {
  const scale = Math.min(1, FILL_SIZE / Math.max(picture.width, picture.height));
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  const { l, a, b } = labPlanes(resizePicture(picture, width, height));
  const margin = Math.max(1.5, interocular * scale * 0.08);
  const hole = gaussianBlur(resizePlane(matte, width, height), margin);
  return inpaint([l, a, b], hole);
}

/** The background alone; a picture without any is blurred to make one. */
export function readBehind({ l, a, b }: LabPlanes, fill: FillMap | null): LabPlanes {
  const blur = Math.max(l.width, l.height) * BLUR;
  const planes = [l, a, b];
  const [pl, pa, pb] = fill ? readFilled(planes, fill) : planes.map((plane) => gaussianBlur(plane, blur));
  return { l: pl, a: pa, b: pb };
}
