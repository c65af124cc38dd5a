/**
 * Splits a portrait into the materials that a painter treats differently. No network: the person matte says where the
 * person is, the mesh where the face is, and colour models fitted to this one picture tell skin, hair and clothes
 * apart. The planes are soft, sum to 1 and have the size of the picture.
 */

import { gaussianBlur } from '../image/blur.ts';
import { type LabPlanes, labPlanes } from '../image/colour.ts';
import { enlargeRows } from '../image/enlarge.ts';
import { createPlane, type Picture, type Plane } from '../image/picture.ts';
import { shrinkPicture } from '../image/shrink.ts';
import { type ColourModel, colourDistance, fitColour } from './colour-model.ts';
import { type FaceFrame, faceFrame, toFaceFrame } from './face-frame.ts';

export const SEGMENT_NAMES = ['background', 'skin', 'hair', 'clothes'] as const;
export type SegmentName = (typeof SEGMENT_NAMES)[number];
export type Segments = Readonly<Record<SegmentName, Plane>>;

/** Longest side (px) of the copy that is analysed; materials are large, so this loses nothing but time. */
const WORK_SIZE = 256;
/** Blur of the decision (px at that size), so that no stray pixel changes its material. */
const SMOOTHNESS = 2;
/** Squared Mahalanobis distance beyond which a colour is not skin. */
const NOT_SKIN = 9;
/** Share of the head above the face that must differ from skin for the person to have hair. */
const LEAST_HAIR = 0.3;
/** What a pixel that no colour model explains is charged at most (squared Mahalanobis distance). */
const OUTLIER = 18;

/**
 * @param picture the portrait
 * @param landmarks 468 · 3 coordinates of its main face in pixels
 * @param matte probability 0..1 that a pixel belongs to the person
 */
export function segmentPortrait(picture: Picture, landmarks: Float32Array, matte: Plane): Segments {
  const { width, height } = matte;
  const scale = Math.min(1, WORK_SIZE / Math.max(width, height));
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const small = labPlanes(shrinkPicture(picture, w, h));
  const person = enlargeRows(matte, w, h, 0, h);
  const frame = faceFrame(
    landmarks.map((value, i) =>
      i % 3 === 0 ? (value * w) / width : i % 3 === 1 ? (value * h) / height : value,
    ),
  );
  const shares = classify(small, person, frame);
  const [skin, hair, clothes] = shares.map((share) =>
    enlargeRows(gaussianBlur(share, SMOOTHNESS), width, height, 0, height),
  );
  return splitPerson(matte, skin, hair, clothes);
}

/** Makes the three shares sum to the matte and the background to the rest. */
function splitPerson(matte: Plane, skin: Plane, hair: Plane, clothes: Plane): Segments {
  const { width, height } = matte;
  const background = createPlane(width, height);
  for (let i = 0; i < matte.data.length; i++) {
    const person = matte.data[i];
    const s = Math.max(0, skin.data[i]);
    const h = Math.max(0, hair.data[i]);
    const c = Math.max(0, clothes.data[i]);
    const gain = person / Math.max(1e-6, s + h + c);
    background.data[i] = 1 - person;
    skin.data[i] = s * gain;
    hair.data[i] = h * gain;
    clothes.data[i] = c * gain;
  }
  return { background, skin, hair, clothes };
}

/** Shares of skin, hair and clothes for every pixel, whether person or not. */
function classify(lab: LabPlanes, person: Plane, frame: FaceFrame): [Plane, Plane, Plane] {
  const { width, height } = person;
  const coordinates = toFaceFrame(frame, width, height);
  const models = fitModels(lab, person, coordinates);
  const shares: [Plane, Plane, Plane] = [
    createPlane(width, height),
    createPlane(width, height),
    createPlane(width, height),
  ];
  for (let i = 0; i < person.data.length; i++) {
    const x = Math.abs(coordinates.x.data[i]);
    const y = coordinates.y.data[i];
    const inside = coordinates.oval.data[i];
    const skin = likelihood(models.skin, lab, i) * skinPrior(x, y, inside);
    const hair = likelihood(models.hair, lab, i) * hairPrior(x, y, inside);
    const clothes = likelihood(models.clothes, lab, i) * clothesPrior(x, y);
    const sum = skin + hair + clothes;
    shares[0].data[i] = skin / sum;
    shares[1].data[i] = hair / sum;
    shares[2].data[i] = clothes / sum;
  }
  return shares;
}

function fitModels(
  lab: LabPlanes,
  person: Plane,
  { y, oval }: ReturnType<typeof toFaceFrame>,
): Record<'skin' | 'hair' | 'clothes', ColourModel | null> {
  const isPerson = (i: number) => person.data[i] > 0.8;
  const skin = fitColour(lab, (i) => oval.data[i] < 0.75 && y.data[i] > -0.3 && y.data[i] < 0.25);
  const isOther = (i: number) => isPerson(i) && (!skin || colourDistance(skin, lab, i) > NOT_SKIN);
  const isAround = (i: number) => oval.data[i] > 1.05 && oval.data[i] < 1.5 && y.data[i] < -0.1;
  const isInner = (i: number) => person.data[i] > 0.97 && isAround(i);
  const hair =
    share(isInner, isOther, person.data.length) > LEAST_HAIR
      ? fitColour(lab, (i) => isAround(i) && isOther(i))
      : null;
  const clothes = fitColour(lab, (i) => y.data[i] > 0.75 && isOther(i));
  return { skin, hair, clothes };
}

/** Of the indices below `length` that belong to `whole`, the share that also belongs to `part`. */
function share(whole: (i: number) => boolean, part: (i: number) => boolean, length: number): number {
  let [inWhole, inPart] = [0, 0];
  for (let i = 0; i < length; i++) {
    if (!whole(i)) continue;
    inWhole++;
    if (part(i)) inPart++;
  }
  return inWhole > 0 ? inPart / inWhole : 0;
}

/** Of the colour at index i; a segment without a model takes what the others cannot explain. */
function likelihood(model: ColourModel | null, lab: LabPlanes, i: number): number {
  const distance = model ? Math.min(OUTLIER, colourDistance(model, lab, i)) : OUTLIER * 0.7;
  return Math.exp(-0.5 * distance);
}

// Priors by place, in the face frame: x to the side, y downwards, in face heights from the middle of the face;
// `oval` is 1 on the outline of the face. The chin is at y = 0.5.

function skinPrior(x: number, y: number, oval: number): number {
  if (oval < 0.9) return 20;
  if (oval < 1.1) return 3;
  const isNeck = y > 0.3 && y < 1 && x < 0.45;
  const isEar = y > -0.25 && y < 0.25 && x < 0.6;
  return isNeck || isEar ? 1 : 0.15;
}

function hairPrior(x: number, y: number, oval: number): number {
  if (oval < 0.8) return 0.01;
  if (y < 0.3) return oval < 1 ? 0.3 : 2;
  const below = Math.exp(-(y - 0.3) * 3);
  return (x < 0.2 ? 0.2 : 1) * below;
}

function clothesPrior(x: number, y: number): number {
  if (y < 0.45) return x < 0.7 ? 0.005 : 0.05;
  return Math.min(2, 0.1 + (y - 0.45) * 4);
}
