/** What stands behind the people of a portrait: the reference's background, or the portrait's own without them. */
import type { Ground } from '../composite/compose.ts';
import { faceFrame } from '../face/face-frame.ts';
import type { Face } from '../face/index.ts';
import { gaussianBlur } from '../image/blur.ts';
import { labPlanes } from '../image/colour.ts';
import { cropPlane } from '../image/crop.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { fillBehind, readBehind } from '../inpaint/clean-plate.ts';
import type { PortraitAnalysis } from './portrait-analysis.ts';
import type { PreparedStyle } from './reference.ts';

/**
 * The reference's background for a portrait, at the scale at which a person is painted, or so much smaller that the
 * reference need not be enlarged for it; moved so that the faces coincide as nearly as that allows.
 * @param scale px of the painting a px of the portrait
 * @param reference scale of the reference in the painting: 1 is its own size
 */
export function referenceGround(
  portrait: Picture,
  face: Face,
  style: PreparedStyle,
  scale: number,
  reference: number,
): Ground {
  const fit = Math.min(
    scale,
    (style.detail * style.reference.width) / portrait.width,
    (style.detail * style.reference.height) / portrait.height,
  );
  const [width, height] = [portrait.width, portrait.height].map((edge) =>
    Math.max(1, Math.round(edge * fit)),
  );
  const plate = style.cleanPlate(
    Math.max((reference * fit) / scale, width / style.reference.width, height / style.reference.height),
  );
  const size = plate.l.width / style.reference.width;
  const from = faceFrame(style.face.landmarks).centre;
  const to = faceFrame(face.landmarks).centre;
  const left = placeAlong(to[0] * fit - from[0] * size, plate.l.width, width);
  const top = placeAlong(to[1] * fit - from[1] * size, plate.l.height, height);
  const place = (plane: Plane) => cropPlane(plane, { x: -left, y: -top, width, height });
  return { lab: { l: place(plate.l), a: place(plate.a), b: place(plate.b) }, cover: null };
}

/** Where a plate of `size` px begins on a canvas of at most that size: near `wanted`, without a gap. */
function placeAlong(wanted: number, size: number, canvas: number): number {
  return Math.min(0, Math.max(canvas - size, Math.round(wanted)));
}

/** Longest side (px) at which a portrait's own background is read where it was hidden. */
const CLEARED_SIZE = 1024;
/** Sigma (eye distances) by which the place of a person grows, so that no fringe of hair stays. */
const FRINGE = 0.1;

/** A portrait's own background where its people stood. */
export function clearedGround({ portrait, matte, faces }: PortraitAnalysis): Ground {
  const scale = Math.min(1, CLEARED_SIZE / Math.max(portrait.width, portrait.height));
  const [width, height] = [portrait.width, portrait.height].map((edge) => Math.round(edge * scale));
  const small = resizePicture(portrait, width, height);
  const interocular = faces[0].interocular * scale;
  const person = resizePlane(matte, width, height);
  const cover = gaussianBlur(person, FRINGE * interocular);
  for (let i = 0; i < cover.data.length; i++)
    cover.data[i] = Math.min(1, Math.max(0, 4 * cover.data[i] - 0.1));
  return { lab: readBehind(labPlanes(small), fillBehind(small, person, interocular)), cover };
}
