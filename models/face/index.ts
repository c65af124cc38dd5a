/**
 * Faces: where they are, how they are shaped, whose they are, and what belongs to the person. Nothing here changes
 * a picture.
 */
import type { Rect } from '../image/picture.ts';
import { lazy } from '../lazy.ts';
import type { Device } from '../runtime/index.ts';
import { Detector } from './detector.ts';
import { FaceEmbedder } from './embedding.ts';
import type { Face, FaceNetworks } from './face.ts';
import { IrisFinder } from './iris.ts';
import { LipsFinder } from './lips.ts';
import { PersonMatte } from './matte.ts';
import { eyeLineAngle, FaceMesh, faceSquare, interocularDistance, type MeshResult } from './mesh.ts';
import { FaceParser } from './parsing.ts';
import { withLips } from './refine-lips.ts';
import { Sampler } from './sampler.ts';
import { searchFaces } from './search.ts';

export { cosineSimilarity } from './embedding.ts';
export type { Face, FaceNetworks } from './face.ts';
export type { Iris } from './iris.ts';
export { contourMask, faceMask } from './mask.ts';
export { eyeLineAngle, faceSquare, interocularDistance } from './mesh.ts';
export { PARSING_CLASSES, PARSING_SIDE, type ParsingClass } from './parsing-classes.ts';
export { followFace } from './parsing-input.ts';
export {
  type ParsedSquare,
  type Parsing,
  type Placement,
  placeParsing,
  readParsing,
  SAME_PLACE,
} from './read-parsing.ts';
export { Sampler } from './sampler.ts';
export type { Square } from './square.ts';
export * from './topology.ts';
export { findUpright, quartersToUpright, turnFace, type UprightPicture } from './upright.ts';

/**
 * The networks for embeddings and irises, which only measure, are loaded when they are first asked.
 * @param options `threads` of one run on a processor, 1 by default: the networks are too small to gain from more
 * @throws DEVICE_UNAVAILABLE when a device is named that is not there
 */
export async function loadFaceNetworks({
  device = 'auto',
  threads = 1,
}: {
  device?: Device;
  threads?: number;
} = {}): Promise<FaceNetworks> {
  const options = { device, threads };
  const [detector, mesh, lips, matte] = await Promise.all([
    Detector.load(options),
    FaceMesh.load(options),
    LipsFinder.load(options),
    PersonMatte.load(options),
  ]);
  const parser = await FaceParser.load(options, matte);
  const embedder = lazy(() => FaceEmbedder.load(options));
  const irisFinder = lazy(() => IrisFinder.load(options));
  const toFace = async (sampler: Sampler, { landmarks, presence }: MeshResult) =>
    faceOf(withLips(landmarks, await lips.locate(sampler, landmarks)), presence);
  return {
    device: detector.device,
    async findFaces(picture) {
      const sampler = new Sampler(picture);
      const found = await searchFaces(sampler, detector, mesh);
      const faces = await Promise.all(found.map((result) => toFace(sampler, result)));
      return faces.sort((a, b) => area(b.box) - area(a.box));
    },
    async locate(picture, landmarks) {
      const sampler = new Sampler(picture);
      return toFace(sampler, await mesh.locate(sampler, faceSquare(landmarks)));
    },
    async embed(picture, face) {
      return (await embedder()).embed(new Sampler(picture), face.landmarks);
    },
    async irises(picture, face) {
      return (await irisFinder()).locate(new Sampler(picture), face.landmarks);
    },
    parse: (picture, face) => parser.parse(picture, face.landmarks),
    async matte(picture, face) {
      const person = face && {
        landmarks: face.landmarks,
        parsing: await parser.parse(picture, face.landmarks),
      };
      return matte.matte(picture, new Sampler(picture), person);
    },
    async release() {
      const asked = await Promise.all([embedder.made, irisFinder.made]);
      await Promise.all([detector, mesh, lips, matte, parser, ...asked].map((network) => network?.release()));
    },
  };
}

/**
 * A face with these landmarks.
 * @param landmarks 468 · 3 numbers in pixels
 * @param score 0..1
 */
export const faceOf = (landmarks: Float32Array, score: number): Face => ({
  box: boundingBox(landmarks),
  score,
  landmarks,
  angle: eyeLineAngle(landmarks),
  interocular: interocularDistance(landmarks),
});

const area = ({ width, height }: Rect): number => width * height;

function boundingBox(landmarks: Float32Array): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < landmarks.length; i += 3) {
    left = Math.min(left, landmarks[i]);
    right = Math.max(right, landmarks[i]);
    top = Math.min(top, landmarks[i + 1]);
    bottom = Math.max(bottom, landmarks[i + 1]);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
