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

/**
 * The picture as other styles would have it: without colour, softer, crisper. Other hues alone would not do: of a grey
 * drawing they are the same drawing.
 */
export function otherStyles(picture: Picture): Picture[] {
  const { l, a, b } = labPlanes(picture);
  const map = (plane: Plane, f: (value: number, i: number) => number): Plane => ({
    ...plane,
    data: plane.data.map(f),
  });
  const variants: LabPlanes[] = [
    { l: map(l, (value) => 50 + 1.5 * (value - 50)), a: map(a, () => 0), b: map(b, () => 0) },
    { l: gaussianBlur(l, 2), a: gaussianBlur(a, 2), b: gaussianBlur(b, 2) },
    { l: sharpened(l), a: map(a, (value) => 1.6 * value), b: map(b, (value) => 1.6 * value) },
  ];
  return variants.map(pictureFromLab);
}

/**
 * The picture as if another person in other light had sat for it: what the product paints of these is of its style, and
 * farther from the reference than what it paints of the reference itself, as renders of real portraits are.
 */
export function otherSitters(picture: Picture): Picture[] {
  const { l, a, b } = labPlanes(picture);
  const dull = (plane: Plane, share: number): Plane => ({ ...plane, data: plane.data.map((v) => share * v) });
  const lit = (gain: number, lift: number): Plane => ({ ...l, data: l.data.map((v) => lift + gain * v) });
  const [width, height] = [Math.round(0.75 * picture.width), Math.round(0.75 * picture.height)];
  const part = { x: (picture.width - width) >> 1, y: (picture.height - height) >> 2, width, height };
  const soft = (plane: Plane) => gaussianBlur(plane, 2);
  return [
    pictureFromLab({ l: soft(lit(0.6, 5)), a: dull(a, 0.5), b: dull(b, 0.5) }),
    cropPicture(pictureFromLab({ l: soft(lit(1.25, 5)), a: dull(a, 0), b: dull(b, 0) }), part),
    pictureFromLab({ l: soft(lit(0.7, 30)), a: b, b: dull(a, -1) }),
  ];
}

function sharpened(plane: Plane): Plane {
  const soft = gaussianBlur(plane, 1.5);
  return { ...plane, data: plane.data.map((value, i) => value + 1.5 * (value - soft.data[i])) };
}
