/**
 * Splits a portrait into the materials that a painter treats differently. No network: the person matte says where the
 * person is, the mesh where the face is, and colour mixtures fitted to this one picture tell skin, hair and clothes
 * apart, as GrabCut does; a random walker draws the borders along edges. The planes are soft, sum to 1 and have the
 * size of the picture.
 */

import { type FacePositions, facePositions } from '../face/face-frame.ts';
import { applyLinearModels, fitLinearModels } from '../face/guided-filter.ts';
import { type LabPlanes, labPlanes } from '../image/colour.ts';
import { createPlane, type Picture, type Plane } from '../image/picture.ts';
import { resizePlane } from '../image/resize.ts';
import { shrinkPicture } from '../image/shrink.ts';
import type { TensorData } from '../runtime/index.ts';
import { type ColourSamples, density } from './colour-mixture.ts';
import { randomWalker, stepWeights } from './random-walker.ts';
import { type Scalp, studyScalp } from './scalp.ts';
import { firstModels, headOf, refitModels, type SegmentModels } from './segment-models.ts';
import { clothesPrior, type Head, hairPrior, skinPrior } from './segment-priors.ts';

export const SEGMENT_NAMES = ['background', 'skin', 'hair', 'clothes'] as const;
export type SegmentName = (typeof SEGMENT_NAMES)[number];
export type Segments = Readonly<Record<SegmentName, Plane>>;

/** Longest side (px) of the copy that is analysed; materials are large, so this loses nothing but time. */
const WORK_SIZE = 128;
/** Weight of a pixel's own colour and place against its neighbours'. */
const TRUST = 0.015;
/** Passes of the random walker, for each round of fitting the colours to the segments found so far. */
const SWEEPS = [8, 8, 24];
/** Less of a person than this is nobody. */
const FAINTEST = 0.01;
/** Of the guided filter that brings the shares to full size: samples of the copy, and squared colour units. */
const RADIUS = 2;
const EPSILON = 1e-4;

/**
 * @param picture the portrait
 * @param landmarks 468 · 3 coordinates of its main face in pixels
 * @param matte probability 0..1 that a pixel belongs to the person
 */
export function segmentPortrait(picture: Picture, landmarks: Float32Array, matte: Plane): Segments {
  const { width, height } = matte;
  const scale = Math.min(1, WORK_SIZE / Math.max(width, height));
  const [w, h] = [width, height].map((length) => Math.max(2, Math.round(length * scale)));
  const copy = shrinkPicture(picture, w, h);
  const person = resizePlane(matte, w, h);
  const points = landmarks.map((value, i) =>
    i % 3 === 0 ? (value * w) / width : i % 3 === 1 ? (value * h) / height : value,
  );
  const guide = guideOf(copy);
  const rect = { x: 0, y: 0, width, height };
  const scalp = studyScalp(picture, landmarks, matte);
  const shares = classify(labPlanes(copy), person, facePositions(points, w, h), scalp);
  const [skin, hair, clothes] = shares.map((share) =>
    applyLinearModels(picture, rect, fitLinearModels(guide, share.data, RADIUS, EPSILON)),
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

function guideOf({ width, height, data }: Picture): TensorData {
  const size = width * height;
  const guide = new Float32Array(size * 3);
  for (let i = 0; i < size; i++) for (let c = 0; c < 3; c++) guide[c * size + i] = data[i * 4 + c] / 255;
  return { dims: [1, 3, height, width], data: guide };
}

/** Shares of skin, hair and clothes, refined wherever there may be a person. */
function classify(lab: LabPlanes, person: Plane, positions: FacePositions, scalp: Scalp | null): Plane[] {
  const colours: ColourSamples = { channels: [lab.l.data, lab.a.data, lab.b.data] };
  const region = Uint8Array.from(person.data, (value) => (value > FAINTEST ? 1 : 0));
  const steps = stepWeights(colours.channels, person.width, region);
  let models = firstModels(colours, person, positions, scalp);
  const head = headOf(models, colours, person, positions);
  let shares: Plane[] = [];
  for (const [round, sweeps] of SWEEPS.entries()) {
    if (round > 0) models = refitModels(models, shares, colours, person);
    const walk = { region, trust: TRUST, sweeps };
    shares = randomWalker(evidence(models, colours, positions, head), steps, walk);
  }
  return shares;
}

/** Probabilities of skin, hair and clothes by each pixel's own colour and place. */
function evidence(
  models: SegmentModels,
  colours: ColourSamples,
  { x, y, radius }: FacePositions,
  head: Head,
): Plane[] {
  const { width, height } = x;
  const planes = [0, 1, 2].map(() => createPlane(width, height));
  for (let i = 0; i < x.data.length; i++) {
    const hangs = x.data[i] > 0 ? head.hangsRight : head.hangsLeft;
    const [px, py, r] = [Math.abs(x.data[i]), y.data[i], radius.data[i]];
    const skin = density(models.skin, colours, i) * skinPrior(px, py, r, head);
    const hair = density(models.hair, colours, i) * hairPrior(px, py, r, head, hangs);
    const clothes = density(models.clothes, colours, i) * clothesPrior(px, py, hangs);
    const sum = skin + hair + clothes;
    planes[0].data[i] = skin / sum;
    planes[1].data[i] = hair / sum;
    planes[2].data[i] = clothes / sum;
  }
  return planes;
}
