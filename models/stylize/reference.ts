/** What depends on the style reference alone, computed once and reused for every portrait. */
import { LRUCache } from 'lru-cache';
import { LimnerError } from '../errors.ts';
import { type Face, type FaceNetworks, findUpright, type UprightPicture } from '../face/index.ts';
import { type LabPlanes, labPlanes } from '../image/colour.ts';
import { flipPicture, flipPlane } from '../image/flip.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { resizePlane } from '../image/resize.ts';
import { fillBehind, readBehind } from '../inpaint/clean-plate.ts';
import { type FillMap, flipFillMap } from '../inpaint/fill-map.ts';
import { lazy } from '../lazy.ts';
import { withDrawnLids } from '../proportions/drawn-lids.ts';
import { segmentPortrait } from '../segment/segments.ts';
import type { Kernels } from '../synthesis/kernels/kernels.ts';
import { loadKernels } from '../synthesis/kernels/wasm.ts';
import { withCorrections } from './corrections.ts';
import { type Corrections, isCorrected, mirroredCorrections } from './handles.ts';
import { yawOf } from './pose.ts';
import { mapSegments, type ReferenceView, turnView, uprightView } from './reference-view.ts';
import { type Sitter, textureOnly } from './texture-only.ts';
import {
  type KnownFace,
  LARGEST,
  numberIn,
  type ReferencePart,
  referenceMatte,
  type UsedReference,
  usedPart,
} from './used-reference.ts';

/** A reference studied once, from which any number of portraits are painted. */
export interface PreparedStyle {
  /** What of the given picture is used; null where that is its texture alone. */
  readonly used: UsedReference | null;
  /**
   * The same reference with another of its faces, kept once prepared.
   * @param number from the left, from 1; 0 is the largest
   * @throws NO_SUCH_FACE
   */
  ofFace(number: number): Promise<PreparedStyle>;
  /** The used part, turned so that its person is upright. */
  readonly reference: Picture;
  /** The face of the reference, or a stand-in of score 0 where only its texture is used. */
  readonly face: Face;
  readonly kernels: Kernels;
  /** Non-fatal facts about the reference that a user should know. */
  readonly warnings: readonly string[];
  /**
   * The reference as close as the list of steps has it to `scale` (1 = its own size, at most `detail`), its face turned
   * clockwise by about `angle` radians. Kept once made.
   */
  view(scale: number, angle: number): ReferenceView;
  /** The same of the reference in a mirror, for heads turned to its other side; null where that would change little. */
  readonly mirrored: (() => PreparedStyle) | null;
  /** The reference without its person, at `scale` or slightly more. Kept once made. */
  cleanPlate(scale: number): LabPlanes;
  /** The largest scale of a view: 1, or how many times larger the pixels are that it takes patches from. */
  readonly detail: number;
  /** The same style, whose patches and background are taken from a larger picture of `reference`. */
  enlarged(pixels: Picture): PreparedStyle;
}

/** Scales are powers of this, so that a face and its reference differ by at most 9 % in size. */
const SCALE_STEP = 2 ** 0.25;
/** Scales of the background are powers of this. */
const PLATE_STEP = 2 ** 0.125;
/** Patches are taken upright; a larger difference in tilt than half of this turns the reference. */
const ANGLE_STEP = Math.PI / 12;
/** Views kept; one takes about 120 bytes a pixel. */
const KEPT_VIEWS = 6;

export interface PrepareOptions {
  /** Takes a reference without a face for its texture alone, with a warning, instead of refusing it. */
  readonly texture?: boolean;
  /** Of one face, made by a person. Where there are any, Limner corrects nothing of it by itself. */
  readonly corrections?: Corrections;
  /** Which face that is, counted from the left. Default 0: the largest. */
  readonly correctedFace?: number;
  /** The face that the style was made by. */
  readonly knownFace?: KnownFace;
  /** Warnings of whoever has looked at it before. */
  readonly notes?: readonly string[];
}

/** @throws NO_FACE_IN_STYLE when no face is found in the reference, unless its texture is enough; NO_SUCH_FACE for corrections */
export async function prepareStyle(
  given: Picture,
  networks: FaceNetworks,
  options: PrepareOptions = {},
): Promise<PreparedStyle> {
  const upright = await findUpright(given, networks);
  const kernels = await loadKernels();
  if (upright.faces.length > 0) return prepareFaces(upright, networks, kernels, options);
  if (!options.texture)
    throw new LimnerError('NO_FACE_IN_STYLE', 'No face was found in the style reference.');
  const sitter = textureOnly(given);
  const { notes = [] } = options;
  const study = { reference: given, sitter, fill: fillSitter(given, sitter), mirrored: null, kernels, notes };
  const style: PreparedStyle = buildStyle(study, { used: null, ofFace: async () => style });
  return style;
}

/** Faces of one reference that are kept prepared. */
const KEPT_FACES = 3;

function prepareFaces(
  upright: UprightPicture,
  networks: FaceNetworks,
  kernels: Kernels,
  { corrections = {}, correctedFace = LARGEST, knownFace, notes = [] }: PrepareOptions,
): Promise<PreparedStyle> {
  const correctedNumber = isCorrected(corrections) ? numberIn(upright, correctedFace, knownFace) : null;
  const prepared = kept(KEPT_FACES, async (number: number): Promise<PreparedStyle> => {
    const part = usedPart(upright, number);
    const { picture: reference, used } = part;
    const byHand = number === correctedNumber ? corrections : {};
    const sitter = await studyFace(part, networks, byHand);
    const mirrored = await findMirrored(reference, part.face, networks, byHand);
    const fill = fillSitter(reference, sitter);
    const own = used.note === null ? [] : [used.note];
    const study = { reference, sitter, fill, mirrored, kernels, notes: [...notes, ...own] };
    return buildStyle(study, { used, ofFace });
  });
  // The largest is known by two numbers but prepared once.
  const ofFace = async (number: number) => prepared(numberIn(upright, number, knownFace));
  return ofFace(LARGEST);
}

/** A reference that is turned further to one side (degrees) than this fits heads that are turned to the other, mirrored. */
const TURNED = 8;

/** The face of the reference in a mirror; null where that would change little. */
async function findMirrored(
  reference: Picture,
  face: Face,
  networks: FaceNetworks,
  byHand: Corrections,
): Promise<Face | null> {
  if (Math.abs(yawOf(face.landmarks)) < TURNED) return null;
  const found = await networks.findFaces(flipPicture(reference));
  const middle = reference.width - face.box.x - face.box.width / 2;
  const distance = ({ box }: Face) => Math.abs(box.x + box.width / 2 - middle);
  const [nearest] = found.sort((a, b) => distance(a) - distance(b));
  return nearest ? corrected(flipPicture(reference), nearest, mirroredCorrections(byHand)) : null;
}

/** A face as a person has corrected it, else as Limner does. */
const corrected = (picture: Picture, mesh: Face, byHand: Corrections): Face =>
  isCorrected(byHand) ? withCorrections(mesh, byHand) : withDrawnLids(picture, mesh);

const mirroredStudy = (study: Study, face: Face): Study => ({
  ...study,
  reference: flipPicture(study.reference),
  sitter: flipSitter(face, study.sitter),
  fill: study.fill && flipFillMap(study.fill),
  mirrored: null,
});

const flipSitter = (face: Face, { matte, segments, leftOut }: Sitter): Sitter => ({
  face,
  matte: flipPlane(matte),
  segments: mapSegments(segments, flipPlane),
  leftOut: leftOut && flipPlane(leftOut),
});

/** How to paint the background where the sitter is, and what else is left out. */
const fillSitter = (reference: Picture, { face, matte, leftOut }: Sitter): FillMap | null =>
  fillBehind(reference, leftOut ? largerOf(matte, leftOut) : matte, face.interocular);

/** What is known of a reference. */
interface Study {
  readonly reference: Picture;
  readonly sitter: Sitter;
  readonly fill: FillMap | null;
  /** The face in a mirror; null where that would change little. */
  readonly mirrored: Face | null;
  readonly kernels: Kernels;
  readonly notes: readonly string[];
}

/** @param pixels the reference, or an enlargement of it */
function buildStyle(
  study: Study,
  facts: Pick<PreparedStyle, 'used' | 'ofFace'>,
  pixels = study.reference,
): PreparedStyle {
  const { reference, sitter, fill, mirrored, kernels, notes } = study;
  const { face } = sitter;
  const isTexture = face.score === 0;
  const detail = pixels.width / reference.width;
  const warnings = [
    ...notes,
    ...(isTexture ? ['No face was found in the reference; only its texture is used.'] : []),
    ...(fill ? [] : ['The reference shows hardly any background; a blur of it stands behind the person.']),
  ];
  const upright = kept(KEPT_VIEWS, (step: number) =>
    uprightView(reference, sitter, SCALE_STEP ** step, kernels, pixels),
  );
  const turned = kept(KEPT_VIEWS, (key: string) => {
    const [step, turn] = key.split(',').map(Number);
    return turnView(upright(step), turn * ANGLE_STEP, kernels);
  });
  const nativePlate = lazy(() => readBehind(labPlanes(pixels), fill));
  const plate = kept(KEPT_VIEWS, (step: number) => resizeLab(nativePlate(), PLATE_STEP ** step / detail));
  return {
    ...facts,
    reference,
    face,
    kernels,
    warnings,
    detail,
    enlarged: (larger) => buildStyle(study, facts, larger),
    mirrored: mirrored && lazy(() => buildStyle(mirroredStudy(study, mirrored), facts, flipPicture(pixels))),
    view(scale, angle) {
      const step = Math.round(Math.log(Math.min(detail, scale)) / Math.log(SCALE_STEP));
      const turn = Math.round(angle / ANGLE_STEP);
      return turn === 0 ? upright(step) : turned(`${step},${turn}`);
    },
    cleanPlate: (scale) => plate(Math.ceil(Math.log(scale) / Math.log(PLATE_STEP) - 1e-6)),
  };
}

async function studyFace(part: ReferencePart, networks: FaceNetworks, byHand: Corrections): Promise<Sitter> {
  const { picture, leftOut } = part;
  const face = corrected(picture, part.face, byHand);
  const matte = await referenceMatte(part, networks);
  const parsing = await networks.parse(picture, part.face);
  return { face, matte, segments: segmentPortrait(picture, parsing, matte), leftOut };
}

const largerOf = (a: Plane, b: Plane): Plane => ({
  ...a,
  data: a.data.map((value, i) => Math.max(value, b.data[i])),
});

function resizeLab({ l, a, b }: LabPlanes, scale: number): LabPlanes {
  const [width, height] = [l.width, l.height].map((edge) => Math.ceil(edge * scale - 1e-6));
  const resize = (plane: Plane) => resizePlane(plane, width, height);
  return { l: resize(l), a: resize(a), b: resize(b) };
}

/** `make`, whose `max` results used last are kept. */
function kept<Key extends string | number, Value extends object>(
  max: number,
  make: (key: Key) => Value,
): (key: Key) => Value {
  const cache = new LRUCache<Key, Value>({ max, memoMethod: make });
  return (key) => cache.memo(key);
}
