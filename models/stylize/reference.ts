/** What depends on the style reference alone, computed once and reused for every portrait. */
import { LimnerError } from '../errors.ts';
import { type Face, type FaceNetworks, findUpright, type UprightPicture } from '../face/index.ts';
import { type LabPlanes, labPlanes } from '../image/colour.ts';
import { flipPicture, flipPlane } from '../image/flip.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { resamplePicture, resamplePlane, resizePlane } from '../image/resize.ts';
import { fillBehind, readBehind } from '../inpaint/clean-plate.ts';
import { type Segments, segmentPortrait } from '../segment/segments.ts';
import type { Kernels } from '../synthesis/kernels/kernels.ts';
import { loadKernels } from '../synthesis/kernels/wasm.ts';
import { type SourceLevel, sourcePyramid } from '../synthesis/pyramid.ts';
import { rotatePlane, rotatePoints } from '../synthesis/rotate.ts';
import { cleanSkin } from './clean-skin.ts';
import { type ColourStatistics, colourStatistics, isGrey } from './colour-transport.ts';
import { abstractLightness, guidePlanes, MATERIALS } from './guides.ts';
import { PARAMETERS } from './parameters.ts';
import { yawOf } from './pose.ts';
import { type Regions, regionsOf, textureRegions } from './regions.ts';
import { type Sitter, textureOnly } from './texture-only.ts';
import { measureTones } from './tone.ts';
import { type LightnessHistogram, lightnessHistogram } from './tone-curve.ts';
import {
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
   * The reference as close as the list of steps has it to `scale` (1 = its own size), its face turned clockwise by
   * about `angle` radians. Kept once made.
   */
  view(scale: number, angle: number): ReferenceView;
  /** The same of the reference in a mirror, for heads turned to its other side; null where that would change little. */
  readonly mirrored: (() => PreparedStyle) | null;
  /** The reference without its person, at `scale` or slightly more. Kept once made. */
  cleanPlate(scale: number): LabPlanes;
}

/** The reference at one scale and angle. All planes have one size, a multiple of 8 px. */
export interface ReferenceView {
  readonly lab: LabPlanes;
  readonly segments: Segments;
  readonly regions: Regions;
  readonly landmarks: Float32Array;
  /** px */
  readonly interocular: number;
  /** In the order of SEGMENT_NAMES. */
  readonly tones: readonly LightnessHistogram[];
  /** In the order of MATERIALS. */
  readonly colours: readonly ColourStatistics[];
  readonly hasFacialHair: boolean;
  /** Whether it shows no face and all of it may paint anything. */
  readonly isTexture: boolean;
  /** Which of MATERIALS stands for each, itself where the reference shows enough of it. */
  readonly substitutes: readonly number[];
  /** Of `guidePlanes`. */
  readonly guides: readonly Plane[];
  /** The pyramid to paint from. */
  readonly source: readonly SourceLevel[];
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
}

/** @throws NO_FACE_IN_STYLE when no face is found in the reference, unless its texture is enough */
export async function prepareStyle(
  given: Picture,
  networks: FaceNetworks,
  { texture = false }: PrepareOptions = {},
): Promise<PreparedStyle> {
  const upright = await findUpright(given, networks);
  const kernels = await loadKernels();
  if (upright.faces.length > 0) return prepareFaces(upright, networks, kernels);
  if (!texture) throw new LimnerError('NO_FACE_IN_STYLE', 'No face was found in the style reference.');
  const built = buildStyle(given, textureOnly(given), kernels);
  const style: PreparedStyle = { ...built, used: null, mirrored: null, ofFace: async () => style };
  return style;
}

/** Faces of one reference that are kept prepared. */
const KEPT_FACES = 3;

function prepareFaces(
  upright: UprightPicture,
  networks: FaceNetworks,
  kernels: Kernels,
): Promise<PreparedStyle> {
  const prepared = memoize(KEPT_FACES, async (number: number): Promise<PreparedStyle> => {
    const part = usedPart(upright, number);
    const { picture, used, warnings } = part;
    const sitter = await studyFace(part, networks);
    const mirrored = await findMirrored(picture, sitter.face, networks);
    const facts = { used, ofFace };
    const style = { ...buildStyle(picture, sitter, kernels, warnings), ...facts };
    if (!mirrored) return { ...style, mirrored: null };
    const build = memoize(1, (_: 'mirrored') => {
      const flipped = buildStyle(flipPicture(picture), flipSitter(mirrored, sitter), kernels, warnings);
      return { ...flipped, ...facts, mirrored: null };
    });
    return { ...style, mirrored: () => build('mirrored') };
  });
  // The largest is known by two numbers but prepared once.
  const ofFace = async (number: number) => prepared(numberIn(upright, number));
  return ofFace(LARGEST);
}

/** A reference that is turned further to one side (degrees) than this fits heads that are turned to the other, mirrored. */
const TURNED = 8;

/** The face of the reference in a mirror; null where that would change little. */
async function findMirrored(reference: Picture, face: Face, networks: FaceNetworks): Promise<Face | null> {
  if (Math.abs(yawOf(face.landmarks)) < TURNED) return null;
  const found = await networks.findFaces(flipPicture(reference));
  const middle = reference.width - face.box.x - face.box.width / 2;
  const distance = ({ box }: Face) => Math.abs(box.x + box.width / 2 - middle);
  return found.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

const flipSitter = (face: Face, { matte, segments, leftOut }: Sitter): Sitter => ({
  face,
  matte: flipPlane(matte),
  segments: mapSegments(segments, flipPlane),
  leftOut: leftOut && flipPlane(leftOut),
});

function buildStyle(
  reference: Picture,
  { face, matte, segments, leftOut }: Sitter,
  kernels: Kernels,
  notes: readonly string[] = [],
): Omit<PreparedStyle, 'used' | 'ofFace' | 'mirrored'> {
  const isTexture = face.score === 0;
  const fill = fillBehind(reference, leftOut ? largerOf(matte, leftOut) : matte, face.interocular);
  const warnings = [
    ...notes,
    ...(isTexture ? ['No face was found in the reference; only its texture is used.'] : []),
    ...(fill ? [] : ['The reference shows hardly any background; a blur of it stands behind the person.']),
  ];
  const upright = memoize(KEPT_VIEWS, (step: number) =>
    uprightView(reference, { face, segments, leftOut }, SCALE_STEP ** step, kernels),
  );
  const turned = memoize(KEPT_VIEWS, (key: string) => {
    const [step, turn] = key.split(',').map(Number);
    return turnView(upright(step), turn * ANGLE_STEP, kernels);
  });
  const nativePlate = memoize(1, (_: 'native') => readBehind(labPlanes(reference), fill));
  const plate = memoize(KEPT_VIEWS, (step: number) => resizeLab(nativePlate('native'), PLATE_STEP ** step));
  return {
    reference,
    face,
    kernels,
    warnings,
    view(scale, angle) {
      const step = Math.round(Math.log(Math.min(1, scale)) / Math.log(SCALE_STEP));
      const turn = Math.round(angle / ANGLE_STEP);
      return turn === 0 ? upright(step) : turned(`${step},${turn}`);
    },
    cleanPlate: (scale) => plate(Math.ceil(Math.log(scale) / Math.log(PLATE_STEP) - 1e-6)),
  };
}

async function studyFace(part: ReferencePart, networks: FaceNetworks): Promise<Sitter> {
  const { picture, face, leftOut } = part;
  const matte = await referenceMatte(part, networks);
  const parsing = await networks.parse(picture, face);
  return { face, matte, segments: segmentPortrait(picture, parsing, matte), leftOut };
}

const largerOf = (a: Plane, b: Plane): Plane => ({
  ...a,
  data: a.data.map((value, i) => Math.max(value, b.data[i])),
});

/** Keeps the `size` results used last. */
function memoize<Key, Value>(size: number, make: (key: Key) => Value): (key: Key) => Value {
  const kept = new Map<Key, Value>();
  return (key) => {
    const value = kept.get(key) ?? make(key);
    kept.delete(key);
    kept.set(key, value);
    if (kept.size > size) kept.delete(kept.keys().next().value as Key);
    return value;
  };
}

/** Sizes of views and canvases are multiples of this: they are halved for every level but the finest. */
export const GRID = 2 ** (PARAMETERS.iterations.length - 1);

/** No patch is taken from around a pixel of which so much is left out. */
const UNUSED = 0.05;

function uprightView(
  reference: Picture,
  { face, segments: full, leftOut }: Omit<Sitter, 'matte'>,
  scale: number,
  kernels: Kernels,
): ReferenceView {
  const [width, height] = [reference.width, reference.height].map((edge) =>
    Math.max(4 * GRID, Math.round((edge * scale) / GRID) * GRID),
  );
  const whole = { x: 0, y: 0, width: reference.width, height: reference.height };
  const lab = labPlanes(resamplePicture(reference, whole, width, height));
  const segments = mapSegments(full, (plane) => clamped(resamplePlane(plane, whole, width, height)));
  const [sx, sy] = [width / reference.width, height / reference.height];
  const landmarks = face.landmarks.map((value, i) => value * (i % 3 === 0 ? sx : i % 3 === 1 ? sy : scale));
  const unused = leftOut && resamplePlane(leftOut, whole, width, height);
  const valid = new Uint8Array(width * height).fill(1);
  if (unused) for (let i = 0; i < valid.length; i++) if (unused.data[i] > UNUSED) valid[i] = 0;
  const interocular = face.interocular * scale;
  return createView({ lab, segments, landmarks, interocular, valid, isTexture: face.score === 0 }, kernels);
}

/** The view turned; nothing is taken from outside of the reference. */
function turnView(view: ReferenceView, angle: number, kernels: Kernels): ReferenceView {
  const centre = [view.landmarks[3], view.landmarks[4]] as const;
  const turn = (plane: Plane) => rotatePlane(plane, angle, centre, 'mirrored');
  const lab = { l: turn(view.lab.l), a: turn(view.lab.a), b: turn(view.lab.b) };
  const segments = mapSegments(view.segments, (plane) => rotatePlane(plane, angle, centre, 0));
  const landmarks = rotatePoints(view.landmarks, 3, angle, centre);
  const { width, height } = lab.l;
  const usable = { width, height, data: Float32Array.from(view.source[0].valid) };
  const inside = rotatePlane(usable, angle, centre, 0);
  const valid = Uint8Array.from(inside.data, (value) => (value > 0.5 ? 1 : 0));
  return createView({ ...view, lab, segments, landmarks, valid }, kernels);
}

/** A material that covers less than this (squared eye distances; a face has about 2.5) is replaced: it would have to be repeated. */
const ENOUGH = 0.4;
/** What stands in for a material that the reference lacks, in order of preference; numbers of MATERIALS. */
const SUBSTITUTES = [
  [0, 2, 3],
  [1, 2, 3],
  [2, 3, 1],
  [3, 2, 0, 1],
];
/** The same for hair where skin is grey: a bust is of one stone. */
const HAIR_OF_STONE = [2, 1, 3];

const substitutesOf = (areas: readonly number[], isStone: boolean): number[] =>
  SUBSTITUTES.map((list, own) => {
    const candidates = isStone && own === 2 ? HAIR_OF_STONE : list;
    return candidates.find((material) => areas[material] > ENOUGH) ?? own;
  });

/** A beard or moustache covers more of the face than this. */
const FACIAL_HAIR = 0.03;

/** What a view is made of. */
interface ViewParts {
  readonly lab: LabPlanes;
  readonly segments: Segments;
  readonly landmarks: Float32Array;
  readonly interocular: number;
  readonly valid: Uint8Array;
  /** Whether it shows no face and all of it may paint anything. */
  readonly isTexture: boolean;
}

function createView(parts: ViewParts, kernels: Kernels): ReferenceView {
  const { lab, segments, landmarks, interocular, valid, isTexture } = parts;
  const p = PARAMETERS;
  const regions = isTexture ? textureRegions(segments) : regionsOf(lab, segments, { landmarks, interocular });
  const abstraction = abstractLightness(kernels, lab.l, regions.features, interocular, p);
  const skin = isTexture ? regions.skin : cleanSkin(regions.skin, lab, regions.features, interocular);
  const labels = MATERIALS.map((name) => (name === 'skin' ? skin : regions[name]));
  const guides = guidePlanes(abstraction, lab, labels, regions, interocular, p);
  const colours = materialColours(lab, regions);
  const areaOf = ({ data }: Plane) => data.reduce((sum, value) => sum + value, 0) / interocular ** 2;
  return {
    ...{ lab, segments, regions, landmarks, interocular, isTexture },
    tones: isTexture
      ? MATERIALS.map(() => lightnessHistogram(lab.l, regions.face))
      : measureTones(lab.l, regions, landmarks),
    hasFacialHair: areaOf(regions.facialHair) > FACIAL_HAIR * areaOf(regions.face),
    colours,
    substitutes: substitutesOf(labels.map(areaOf), isGrey(colours[1])),
    guides,
    source: sourcePyramid(lab, guides, valid, p.iterations.length),
  };
}

/** Of skin only the face counts, as in `measureTones`. */
export function materialColours(lab: LabPlanes, regions: Regions): ColourStatistics[] {
  return MATERIALS.map((name) => {
    const weights = regions[name];
    if (name !== 'skin') return colourStatistics(lab, weights);
    const data = weights.data.map((value, i) => value * regions.face.data[i]);
    return colourStatistics(lab, { ...weights, data });
  });
}

export const mapSegments = (
  { background, skin, hair, clothes }: Segments,
  map: (plane: Plane) => Plane,
): Segments => ({
  background: map(background),
  skin: map(skin),
  hair: map(hair),
  clothes: map(clothes),
});

export function clamped(plane: Plane): Plane {
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = Math.min(1, Math.max(0, plane.data[i]));
  return plane;
}

function resizeLab({ l, a, b }: LabPlanes, scale: number): LabPlanes {
  const [width, height] = [Math.ceil(l.width * scale), Math.ceil(l.height * scale)];
  const resize = (plane: Plane) => resizePlane(plane, width, height);
  return { l: resize(l), a: resize(a), b: resize(b) };
}
