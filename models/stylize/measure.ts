/**
 * How good a restyled portrait is, in numbers. None of them knows what looks right: a contact sheet is looked at, too.
 */
import {
  cosineSimilarity,
  type Face,
  type FaceNetworks,
  faceMask,
  type Iris,
  quartersToUpright,
  turnFace,
} from '../face/index.ts';
import { labPlanes } from '../image/colour.ts';
import { meanNearestDistance, type PatchCloud } from '../image/patch-similarity.ts';
import type { Picture, Plane } from '../image/picture.ts';
import {
  colourProfile,
  type PatchProfile,
  patchProfile,
  profileDistance,
} from '../image/sliced-wasserstein.ts';
import { turnPicture } from '../image/turn.ts';
import { personPatches } from './person-patches.ts';
import { type FineDetail, fineDetail, photographicResidue } from './photographic-residue.ts';

/** What is told of every result. */
export interface ResultMetrics {
  /** Cosine of the embeddings of portrait and result, -1..1; null when no face was found again. */
  readonly identity: number | null;
  /** Mean distance of the 468 points over the portrait's inter-ocular distance; null when no face was found again. */
  readonly landmarkError: number | null;
  /** Sliced Wasserstein distance of the colours of result and reference; see image/sliced-wasserstein.ts. */
  readonly styleDistance: number;
}

/** What a method is judged by: takes four times as long. */
export interface Metrics extends ResultMetrics {
  /** Mean distance of the irises over the width of their eyes; null when no face was found again. */
  readonly gazeError: number | null;
  /** Sliced Wasserstein distance of texture alone, inside the faces. */
  readonly textureDistance: number;
  /**
   * Mean squared distance (Lab²) from patches of the reference's person to the nearest of the result's: what of the
   * medium is missing. Lower is better; see image/patch-similarity.ts.
   */
  readonly completeness: number;
  /** The same from the result to the reference: what of the result is not made of the reference. Lower is better. */
  readonly coherence: number;
  /** Share (0..1) of the result's fine detail that is the portrait's; see photographic-residue.ts. Lower is better. */
  readonly photographicResidue: number;
  /** Mean L* (0..100) inside the portrait's face, in the portrait and in the result. */
  readonly faceLightness: { readonly portrait: number; readonly result: number };
  /** Whether a face was found in the result. */
  readonly found: boolean;
}

/** A result beside the photograph and the style that it was made of. */
export interface Comparison {
  readonly portrait: Picture;
  /** The face that was restyled; its person is taken for the result's. */
  readonly portraitFace: Face;
  /** A picture of the portrait's size and framing. */
  readonly result: Picture;
  readonly reference: Picture;
  readonly referenceFace: Face;
}

export async function measure(comparison: Comparison, networks: FaceNetworks): Promise<Metrics> {
  const upright = turnUpright(comparison);
  const { portrait, portraitFace, result, reference, referenceFace } = upright;
  const { face, ...metrics } = await measureUpright(upright, networks);
  const untouched = portrait === result;
  const inside = untouched ? faceProfile(portrait, portraitFace) : textureProfile(result, portraitFace);
  const matte = await matteOf(portrait, portraitFace, networks);
  const referenceMatte = await matteOf(reference, referenceFace, networks);
  const scale = Math.min(portraitFace.interocular, referenceFace.interocular);
  const made = patchesOf(result, portraitFace, matte, scale);
  const model = patchesOf(reference, referenceFace, referenceMatte, scale);
  const detail = details(portrait, () => fineDetail(portrait, portraitFace, matte));
  return {
    ...metrics,
    gazeError: face && (await gazeError(portrait, portraitFace, result, networks)),
    textureDistance: profileDistance(inside, faceProfile(reference, referenceFace)),
    completeness: meanNearestDistance(model, made),
    coherence: meanNearestDistance(made, model),
    photographicResidue: photographicResidue(result, portraitFace, detail),
    faceLightness: {
      portrait: lightnesses(portrait, () => faceLightness(portrait, portraitFace)),
      result: faceLightness(result, portraitFace),
    },
    found: face !== null,
  };
}

export async function measureResult(comparison: Comparison, networks: FaceNetworks): Promise<ResultMetrics> {
  const { face: _, ...metrics } = await measureUpright(turnUpright(comparison), networks);
  return metrics;
}

/** The same as it is seen with the portrait's head up. */
function turnUpright(comparison: Comparison): Comparison {
  const { portrait, portraitFace, result } = comparison;
  const quarters = quartersToUpright(portraitFace);
  if (quarters === 0) return comparison;
  const upright = turnedCopies(portrait, () => turnPicture(portrait, quarters));
  return {
    ...comparison,
    portrait: upright,
    portraitFace: turnFace(portraitFace, quarters, portrait),
    result: portrait === result ? upright : turnPicture(result, quarters),
  };
}

async function measureUpright(comparison: Comparison, networks: FaceNetworks) {
  const { portrait, portraitFace, result, reference } = comparison;
  const untouched = portrait === result;
  const face = untouched ? portraitFace : nearestFace(await networks.findFaces(result), portraitFace);
  const colours = untouched ? coloursOf(portrait) : colourProfile(result);
  return {
    face,
    identity: face && (await identity(portrait, portraitFace, result, face, networks)),
    landmarkError: face && landmarkError(portraitFace, face),
    styleDistance: profileDistance(colours, coloursOf(reference)),
  };
}

/** Mean 2-D distance of the 468 points of two faces, over the inter-ocular distance of the first. */
export function landmarkError(expected: Face, actual: Face): number {
  const count = expected.landmarks.length / 3;
  let sum = 0;
  for (let i = 0; i < expected.landmarks.length; i += 3) {
    sum += Math.hypot(
      expected.landmarks[i] - actual.landmarks[i],
      expected.landmarks[i + 1] - actual.landmarks[i + 1],
    );
  }
  return sum / count / expected.interocular;
}

/** The face whose centre lies within the wanted face's box, nearest to its middle; null when there is none. */
function nearestFace(faces: readonly Face[], wanted: Face): Face | null {
  const { box } = wanted;
  const distance = (face: Face) => {
    const dx = (face.box.x + face.box.width / 2 - box.x - box.width / 2) / (box.width / 2);
    const dy = (face.box.y + face.box.height / 2 - box.y - box.height / 2) / (box.height / 2);
    return Math.max(Math.abs(dx), Math.abs(dy));
  };
  const near = faces.filter((face) => distance(face) < 1).sort((a, b) => distance(a) - distance(b));
  return near[0] ?? null;
}

async function identity(portrait: Picture, from: Face, result: Picture, to: Face, networks: FaceNetworks) {
  const own = await embeddings(portrait, () => networks.embed(portrait, from));
  return cosineSimilarity(own, portrait === result ? own : await networks.embed(result, to));
}

/** Both pictures are looked at through the portrait's eyes. */
async function gazeError(portrait: Picture, face: Face, result: Picture, networks: FaceNetworks) {
  const own = await gazes(portrait, () => networks.irises(portrait, face));
  const seen = portrait === result ? own : await networks.irises(result, face);
  const errors = own.map(({ x, y, eyeWidth }, i) => Math.hypot(seen[i].x - x, seen[i].y - y) / eyeWidth);
  return (errors[0] + errors[1]) / 2;
}

function textureProfile(picture: Picture, face: Face): PatchProfile {
  const mask = faceMask(face.landmarks, picture.width, picture.height, 0);
  return patchProfile(picture, { mask, removeMean: true });
}

function faceLightness(picture: Picture, face: Face): number {
  const mask = faceMask(face.landmarks, picture.width, picture.height, 0).data;
  const { data } = labPlanes(picture).l;
  let [sum, weight] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    sum += mask[i] * data[i];
    weight += mask[i];
  }
  return sum / Math.max(1, weight);
}

/** What depends on one picture only is kept as long as that picture is. */
function remember<T>(): (picture: Picture, make: () => T) => T {
  const kept = new WeakMap<Picture, T>();
  return (picture, make) => {
    const value = kept.get(picture) ?? make();
    kept.set(picture, value);
    return value;
  };
}

const turnedCopies = remember<Picture>();
const lightnesses = remember<number>();
const embeddings = remember<Promise<Float32Array>>();
const gazes = remember<Promise<readonly [Iris, Iris]>>();
const colourProfiles = remember<PatchProfile>();
const faceProfiles = remember<PatchProfile>();
const mattes = remember<Promise<Plane>>();
const details = remember<FineDetail>();
const clouds = new WeakMap<Picture, { readonly scale: number; readonly cloud: PatchCloud }>();

const coloursOf = (picture: Picture) => colourProfiles(picture, () => colourProfile(picture));
const faceProfile = (picture: Picture, face: Face) =>
  faceProfiles(picture, () => textureProfile(picture, face));
const matteOf = (picture: Picture, face: Face, networks: FaceNetworks) =>
  mattes(picture, () => networks.matte(picture, face));

/** Kept at the last scale only: a small portrait asks for one of its own. */
function patchesOf(picture: Picture, face: Face, matte: Plane, scale: number): PatchCloud {
  const kept = clouds.get(picture);
  if (kept?.scale === scale) return kept.cloud;
  const cloud = personPatches(picture, face, matte, scale);
  clouds.set(picture, { scale, cloud });
  return cloud;
}
