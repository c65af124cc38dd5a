/** What a classifier is trained on, made of the pictures of one style. */
import { gaussianBlur } from '../../image/blur.ts';
import { type LabPlanes, labPlanes, pictureFromLab } from '../../image/colour.ts';
import { cropPicture } from '../../image/crop.ts';
import type { Picture, Plane } from '../../image/picture.ts';

/** Edges of the parts of a picture that stand for pictures of other framing, over its own. */
const PARTS = [1, 0.8, 0.65];

/** A picture and parts of it. @param random uniform in 0..1 */
export function framings(picture: Picture, random: () => number): Picture[] {
  return PARTS.map((part) => {
    const [width, height] = [picture.width, picture.height].map((edge) => Math.round(edge * part));
    const [x, y] = [picture.width - width, picture.height - height].map((room) =>
      Math.floor(random() * (room + 1)),
    );
    return cropPicture(picture, { x, y, width, height });
  });
}

/** The picture as other styles would have it: other colours, none, other contrast, another touch. */
export function otherStyles(picture: Picture): Picture[] {
  const { l, a, b } = labPlanes(picture);
  const map = (plane: Plane, f: (value: number, i: number) => number): Plane => ({
    ...plane,
    data: plane.data.map(f),
  });
  const variants: LabPlanes[] = [
    { l, a: b, b: map(a, (value) => -value) },
    { l, a: map(a, (value) => -value), b: map(b, (value) => -value) },
    { l: map(l, (value) => 50 + 1.5 * (value - 50)), a: map(a, () => 0), b: map(b, () => 0) },
    { l: map(l, (value) => 100 - value), a, b },
    { l: gaussianBlur(l, 2), a: gaussianBlur(a, 2), b: gaussianBlur(b, 2) },
    { l: sharpened(l), a: map(a, (value) => 1.6 * value), b: map(b, (value) => 1.6 * value) },
  ];
  return variants.map(pictureFromLab);
}

function sharpened(plane: Plane): Plane {
  const soft = gaussianBlur(plane, 1.5);
  return { ...plane, data: plane.data.map((value, i) => value + 1.5 * (value - soft.data[i])) };
}
