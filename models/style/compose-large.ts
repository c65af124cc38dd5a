/** Composition at output size, for portraits larger than they are painted. */
import { type Face, faceMask } from '../face/index.ts';
import { labPlanes } from '../image/colour.ts';
import { createPlane, type Picture, type Plane } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { divideAmongFaces } from './cells.ts';
import { compose } from './compose.ts';
import { featurePlane } from './features.ts';
import { MATTE_FLOOR, type PersonLayer } from './person-layer.ts';
import type { PreparedStyle } from './reference.ts';
import { methodAt, type StylizeOptions } from './settings.ts';

export interface LargeComposition {
  /** The portrait at output size. */
  readonly own: Picture;
  /** The portrait as small as it was painted. */
  readonly small: Picture;
  /** The painting of `small`, enlarged ×4; also what stands behind the person unless that is transparent. */
  readonly painting: Picture;
  /** How much of each pixel is the painting's and not the portrait's, 0..1, at the portrait's size. */
  readonly matte: Plane;
  /** Whether hair and clothes are the reference's: then nothing around the face has the portrait's detail. */
  readonly isWorn: boolean;
  /** The restyled faces, in pixels of the portrait. */
  readonly faces: readonly Face[];
}

/** Softness (eye distances) of the edge of a face that alone keeps the portrait's detail. */
const FACE_EDGE = 0.05;

/** The painting at the size of `own`, with the lightness that only the portrait itself shows so finely. */
export function composeLarge(
  { own, small, painting, matte, isWorn, faces }: LargeComposition,
  style: PreparedStyle,
  { background = 'style', likeness = 0.5, strength = 1 }: StylizeOptions,
): Picture {
  const { width, height } = own;
  const isCovered = background === 'style';
  const layer: PersonLayer = {
    lab: labPlanes(painting.width > width ? resizePicture(painting, width, height) : painting),
    lightness: labPlanes(small).l,
    detailGain: detailGain(faces, small, matte, isWorn, likeness),
    skin: createPlane(1, 1),
  };
  const coverage = isCovered ? createPlane(width, height, 1) : clamped(resizePlane(matte, width, height));
  return compose(own, {
    layers: [{ layer, rect: { x: 0, y: 0, width, height }, matte: coverage }],
    background: null,
    mode: isCovered ? 'keep' : background,
    strength,
    palette: style.palette,
    paletteGain: 0,
    skinSpared: { colour: 0, lightness: 0 },
  });
}

/** The part of `matte` that belongs to `faces` among all that were found. */
export function matteOfFaces(matte: Plane, found: readonly Face[], faces: readonly Face[]): Plane {
  if (found.length === faces.length) return matte;
  const sum = createPlane(matte.width, matte.height);
  for (const { face, rect, matte: part } of divideAmongFaces(matte, found, MATTE_FLOOR)) {
    if (!faces.includes(face)) continue;
    for (let y = 0, i = 0; y < rect.height; y++) {
      const row = (rect.y + y) * sum.width + rect.x;
      for (let x = 0; x < rect.width; x++, i++) sum.data[row + x] += part.data[i];
    }
  }
  return sum;
}

/** 0..1, at the size of `small`: how much of the portrait's finest lightness the result gets. */
function detailGain(
  faces: readonly Face[],
  small: Picture,
  matte: Plane,
  isWorn: boolean,
  likeness: number,
): Plane {
  const { skinDetail, featureDetail } = methodAt({ likeness });
  const gain = createPlane(small.width, small.height, skinDetail);
  const shrink = small.width / matte.width;
  const person = isWorn
    ? createPlane(small.width, small.height)
    : clamped(resizePlane(matte, small.width, small.height));
  for (const { landmarks, interocular } of faces) {
    const points = landmarks.map((value) => value * shrink);
    if (isWorn) add(person, faceMask(points, small.width, small.height, interocular * shrink * FACE_EDGE));
    const features = featurePlane(small.width, small.height, points, interocular * shrink);
    for (let i = 0; i < gain.data.length; i++) {
      gain.data[i] = Math.max(gain.data[i], skinDetail + features.data[i] * (featureDetail - skinDetail));
    }
  }
  for (let i = 0; i < gain.data.length; i++) gain.data[i] *= person.data[i];
  return gain;
}

function add(sum: Plane, plane: Plane): void {
  for (let i = 0; i < sum.data.length; i++) sum.data[i] = Math.min(1, sum.data[i] + plane.data[i]);
}

function clamped(plane: Plane): Plane {
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = Math.min(1, Math.max(0, plane.data[i]));
  return plane;
}
