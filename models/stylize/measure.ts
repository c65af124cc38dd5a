/**
 * How good a restyled portrait is, in numbers. None of them knows what looks right: a contact sheet is looked at, too.
 */
import { cosineSimilarity, type Face, type FaceNetworks, faceMask, type Iris } from '../face/index.ts';
import { labPlanes } from '../image/colour.ts';
import type { Picture } from '../image/picture.ts';
import { type PatchProfile, patchProfile, profileDistance } from '../image/sliced-wasserstein.ts';

export interface Metrics {
  /** Cosine of the embeddings of portrait and result, -1..1; null when no face was found again. */
  readonly identity: number | null;
  /** Mean distance of the 468 points over the portrait's inter-ocular distance; null when no face was found again. */
  readonly landmarkError: number | null;
  /** Mean distance of the irises over the width of their eyes; null when no face was found again. */
  readonly gazeError: number | null;
  /** Sliced Wasserstein distance of result and reference; see image/sliced-wasserstein.ts. */
  readonly styleDistance: number;
  /** The same of texture alone, inside the faces. */
  readonly textureDistance: number;
  /** Mean L* (0..100) inside the portrait's face, in the portrait and in the result. */
  readonly faceLightness: { readonly portrait: number; readonly result: number };
  /** Whether a face was found in the result. */
  readonly found: boolean;
}

/**
 * @param portrait the photograph, with the face that was restyled
 * @param result a picture of the portrait's size and framing
 * @param reference the style, with its face
 */
export async function measure(
  portrait: Picture,
  portraitFace: Face,
  result: Picture,
  reference: Picture,
  referenceFace: Face,
  networks: FaceNetworks,
): Promise<Metrics> {
  const untouched = portrait === result;
  const face = untouched ? portraitFace : nearestFace(await networks.findFaces(result), portraitFace);
  const whole = untouched ? wholeProfile(portrait) : patchProfile(result);
  const inside = untouched ? faceProfile(portrait, portraitFace) : textureProfile(result, portraitFace);
  return {
    identity: face && (await identity(portrait, portraitFace, result, face, networks)),
    landmarkError: face && landmarkError(portraitFace, face),
    gazeError: face && (await gazeError(portrait, portraitFace, result, networks)),
    styleDistance: profileDistance(whole, wholeProfile(reference)),
    textureDistance: profileDistance(inside, faceProfile(reference, referenceFace)),
    faceLightness: {
      portrait: lightnesses(portrait, () => faceLightness(portrait, portraitFace)),
      result: faceLightness(result, portraitFace),
    },
    found: face !== null,
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

const lightnesses = remember<number>();
const embeddings = remember<Promise<Float32Array>>();
const gazes = remember<Promise<readonly [Iris, Iris]>>();
const wholeProfiles = remember<PatchProfile>();
const faceProfiles = remember<PatchProfile>();

const wholeProfile = (picture: Picture) => wholeProfiles(picture, () => patchProfile(picture));
const faceProfile = (picture: Picture, face: Face) =>
  faceProfiles(picture, () => textureProfile(picture, face));
