/** What depends on the portrait alone, found once and reused for every style and setting. */
import { LimnerError } from '../errors.ts';
import { type Face, type FaceNetworks, findUpright, type Parsing, placeParsing } from '../face/index.ts';
import { facePartsOf } from '../face/parts.ts';
import type { Picture, Plane, Rect } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { matteWithin } from './matte-within.ts';

/** A frame of a portrait may be so narrow (share of the picture); a strip of it would be painted as clothes. */
const NARROWEST_FRAME = 0.01;

/** A face and which materials surround it. */
export interface ParsedFace extends Face {
  readonly parsing: Parsing;
}

export interface PortraitAnalysis {
  /** Turned so that its people are upright; all else is given in its pixels. */
  readonly portrait: Picture;
  /** Quarters clockwise by which it was turned, 0..3. */
  readonly quarters: number;
  /** All faces of the portrait, largest first. */
  readonly found: readonly Face[];
  /** Those of them that are to be restyled. */
  readonly faces: readonly ParsedFace[];
  /** The union of the mattes around `faces`, 0..1, at the portrait's size. */
  readonly matte: Plane;
}

/** @throws NO_FACE when the portrait shows none */
export async function analyzePortrait(
  portrait: Picture,
  networks: FaceNetworks,
  which: 'all' | 'largest' = 'all',
): Promise<PortraitAnalysis> {
  const { picture, faces: all, quarters } = await findUpright(portrait, networks);
  if (all.length === 0) throw new LimnerError('NO_FACE', 'No face was found in the portrait.');
  const faces: ParsedFace[] = [];
  for (const face of which === 'largest' ? all.slice(0, 1) : all)
    faces.push({ ...face, parsing: await networks.parse(picture, face) });
  const found = [...faces, ...all.slice(faces.length)];
  const matte = await matteOf(picture, found, faces.length, networks);
  return { portrait: picture, quarters, found, faces, matte };
}

/** The union of the mattes around the first `count` faces, 0..1, at the portrait's size. */
async function matteOf(
  portrait: Picture,
  found: readonly Face[],
  count: number,
  networks: FaceNetworks,
): Promise<Plane> {
  const parts = facePartsOf(portrait, found, NARROWEST_FRAME);
  const matte = await matteWithin(portrait, found[0], parts[0], networks);
  for (let k = 1; k < count; k++) {
    const other = await matteWithin(portrait, found[k], parts[k], networks);
    for (let i = 0; i < matte.data.length; i++) matte.data[i] = Math.max(matte.data[i], other.data[i]);
  }
  return matte;
}

/** The same of the portrait `factor` times as large. */
export function scaleAnalysis(analysis: PortraitAnalysis, factor: number): PortraitAnalysis {
  if (factor === 1) return analysis;
  const { portrait, quarters, found, faces } = analysis;
  const [width, height] = [portrait.width, portrait.height].map((edge) =>
    Math.max(1, Math.round(edge * factor)),
  );
  const scaled = new Map<Face, ParsedFace>(faces.map((face) => [face, scaleParsedFace(face, factor)]));
  const matte = resizePlane(analysis.matte, width, height);
  for (let i = 0; i < matte.data.length; i++) matte.data[i] = Math.min(1, Math.max(0, matte.data[i]));
  return {
    portrait: resizePicture(portrait, width, height),
    quarters,
    found: found.map((face) => scaled.get(face) ?? scaleFace(face, factor)),
    faces: [...scaled.values()],
    matte,
  };
}

const scaleParsedFace = (face: ParsedFace, factor: number): ParsedFace => ({
  ...scaleFace(face, factor),
  parsing: placeParsing(face.parsing, { x: 0, y: 0 }, factor),
});

function scaleFace(face: Face, factor: number): Face {
  const { x, y, width, height } = face.box;
  const box: Rect = { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
  const landmarks = face.landmarks.map((value) => value * factor);
  return { ...face, box, landmarks, interocular: face.interocular * factor };
}
