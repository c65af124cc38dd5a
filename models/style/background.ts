import { faceFrame } from '../face/face-frame.ts';
import { gaussianBlur } from '../image/blur.ts';
import { type LabPlanes, labPlanes } from '../image/colour.ts';
import { cropPlane } from '../image/crop.ts';
import type { Plane } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { fillBehind, readBehind } from './fill.ts';
import type { PreparedStyle } from './reference.ts';
import type { Study } from './study.ts';

/**
 * The reference's background for a canvas: at the scale of the person if it covers the canvas so, else just large
 * enough to cover it, and moved so that the faces coincide as nearly as that allows.
 *
 * @param landmarks of the portrait's main face, in pixels of the canvas
 * @param scale at which the person is painted: 1 is the reference's own size
 */
export function backgroundLayer(
  style: PreparedStyle,
  scale: number,
  width: number,
  height: number,
  landmarks: Float32Array,
): LabPlanes {
  const { reference } = style;
  const plate = style.plate(Math.max(scale, width / reference.width, height / reference.height));
  const size = plate.l.width / reference.width;
  const from = faceFrame(style.face.landmarks).centre;
  const to = faceFrame(landmarks).centre;
  const left = placeAlong(to[0] - from[0] * size, plate.l.width, width);
  const top = placeAlong(to[1] - from[1] * size, plate.l.height, height);
  const place = (plane: Plane) => cropPlane(plane, { x: -left, y: -top, width, height });
  return { l: place(plate.l), a: place(plate.a), b: place(plate.b) };
}

/** Where a plate of `size` px begins on a canvas of at most that size: near `wanted`, without a gap. */
function placeAlong(wanted: number, size: number, canvas: number): number {
  return Math.min(0, Math.max(canvas - size, Math.round(wanted)));
}

/** What stands behind people, and where (0..1) it replaces what a portrait shows; planes that are to be enlarged. */
export interface Backdrop {
  readonly lab: LabPlanes;
  /** Null: everywhere. */
  readonly cover: Plane | null;
}

/** Longest side (px) at which a portrait's own background is read where it was hidden. */
const SCENE_SIZE = 1024;
/** Sigma (eye distances) by which the place of a person grows, so that no fringe of hair stays. */
const FRINGE = 0.1;

/** A portrait's own background where its people stood. */
export function clearedScene({ portrait, matte, faces }: Study): Backdrop {
  const scale = Math.min(1, SCENE_SIZE / Math.max(portrait.width, portrait.height));
  const [width, height] = [Math.round(portrait.width * scale), Math.round(portrait.height * scale)];
  const small = resizePicture(portrait, width, height);
  const interocular = faces[0].interocular * scale;
  const person = resizePlane(matte, width, height);
  const cover = gaussianBlur(person, FRINGE * interocular);
  for (let i = 0; i < cover.data.length; i++)
    cover.data[i] = Math.min(1, Math.max(0, 4 * cover.data[i] - 0.1));
  return { lab: readBehind(labPlanes(small), fillBehind(small, person, interocular)), cover };
}
