/** The start of a label map, before a person corrects it: the product's own segments and the mesh of the face. */
import { facePositions } from '../../models/face/face-frame.ts';
import {
  contourMask,
  type Face,
  type FaceNetworks,
  LEFT_BROW,
  LEFT_EYE,
  LIPS_INNER,
  LIPS_OUTER,
  RIGHT_BROW,
  RIGHT_EYE,
} from '../../models/face/index.ts';
import { labPlanes } from '../../models/image/colour.ts';
import type { Picture, Plane } from '../../models/image/picture.ts';
import { SEGMENT_NAMES, segmentPortrait } from '../../models/segment/segments.ts';
import { analyzePortrait } from '../../models/stylize/portrait-analysis.ts';
import { regionsOf } from '../../models/stylize/regions.ts';
import { type ClassName, classNumber } from './classes.ts';
import type { LabelMap } from './label-map.ts';

/** Skin is the face's inside the mesh's outline (in its radii), and beside it down to here (face heights): ears. */
const FACE = { radius: 1.01, earLobe: 0.2, side: 0.62 } as const;
/** Less of an open mouth (px between the lips) shows nothing. */
const OPEN_MOUTH = 2;
/** Hair within so many radii of the outline, below the nose, is a beard's. */
const BEARD = { top: 0.12, radius: 1.02 } as const;

/** @throws NO_FACE */
export async function automaticLabels(picture: Picture, networks: FaceNetworks): Promise<LabelMap> {
  const { width, height } = picture;
  const { faces, matte } = await analyzePortrait(picture, networks, 'largest');
  const face = faces[0];
  const segments = segmentPortrait(picture, face.landmarks, matte);
  const { facialHair } = regionsOf(labPlanes(picture), segments, face);
  const planes = SEGMENT_NAMES.map((name) => segments[name].data);
  const { x, y, radius } = facePositions(face.landmarks, width, height);
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) {
    const shares = planes.map((plane) => plane[i]);
    const segment = SEGMENT_NAMES[shares.indexOf(Math.max(...shares))];
    const isBeard = y.data[i] > BEARD.top && radius.data[i] < BEARD.radius;
    const isFace =
      radius.data[i] < FACE.radius || (y.data[i] < FACE.earLobe && Math.abs(x.data[i]) < FACE.side);
    let name: ClassName = segment === 'skin' ? (isFace ? 'faceSkin' : 'bodySkin') : segment;
    if (segment === 'skin' && facialHair.data[i] > 0.5) name = 'facialHair';
    if (segment === 'hair' && isBeard) name = 'facialHair';
    data[i] = classNumber(name);
  }
  drawFeatures(data, face, matte);
  return { width, height, data };
}

function drawFeatures(data: Uint8Array, { landmarks }: Face, { width, height }: Plane): void {
  const draw = (contour: readonly number[], name: ClassName) => {
    const mask = contourMask(landmarks, contour, width, height, 0);
    for (let i = 0; i < data.length; i++) if (mask.data[i] > 0.5) data[i] = classNumber(name);
  };
  for (const brow of [LEFT_BROW, RIGHT_BROW]) draw(brow, 'brows');
  for (const eye of [LEFT_EYE, RIGHT_EYE]) draw(eye, 'eyes');
  draw(LIPS_OUTER, 'lips');
  const [upper, lower] = [13, 14].map((point) => landmarks[3 * point + 1]);
  if (lower - upper > OPEN_MOUTH) draw(LIPS_INNER, 'mouthInterior');
}
