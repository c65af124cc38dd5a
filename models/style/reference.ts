/** What depends on the style reference alone, computed once and reused for every portrait. */
import { LimnerError } from '../errors.ts';
import type { Face, FaceNetworks } from '../face/index.ts';
import { type Segments, segmentPortrait } from '../face/segments.ts';
import { gaussianBlur } from '../image/blur.ts';
import { type LabPlanes, labPlanes } from '../image/colour.ts';
import { enlargeRows } from '../image/enlarge.ts';
import { flipPicture, flipPlane } from '../image/flip.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { shrinkPicture } from '../image/shrink.ts';
import { blurApart, splitBands } from '../synthesis/bands.ts';
import { type PackedPlanes, packPlanes } from '../synthesis/packed-planes.ts';
import { rotatePlane, rotatePoints } from '../synthesis/rotate.ts';
import type { LightnessHistogram } from '../synthesis/tone-curve.ts';
import { cleanSkin } from './clean-skin.ts';
import { featurePlane, growEyes, partsPlane } from './features.ts';
import { fillBehind, readBehind } from './fill.ts';
import { createMaterials, type Material } from './materials.ts';
import { measurePalette, type Palette } from './palette.ts';
import { yawOf } from './pose.ts';
import { isColoured, type MeanColour, meanColour, meanOf } from './skin-colour.ts';
import { type Sitter, textureOnly } from './texture-only.ts';
import { measureTones } from './tone.ts';

export interface PreparedStyle {
  readonly reference: Picture;
  /** The face of the reference, or a stand-in of score 0 where only its texture is used. */
  readonly face: Face;
  readonly palette: Palette;
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
  plate(scale: number): LabPlanes;
}

/** The reference at one scale and angle. All planes have one size. */
export interface ReferenceView {
  readonly lab: LabPlanes;
  /** All 0 where a turned view shows nothing of the reference. */
  readonly segments: Segments;
  readonly landmarks: Float32Array;
  /** px */
  readonly interocular: number;
  /** Blurred lightness, for the appearance guide. */
  readonly appearance: Plane;
  /**
   * What is painted with, in channels: the coarse, middle and fine bands of lightness, a, b,
   * and a and b blurred like the coarse band. Person and background do not mix in the blurs.
   */
  readonly paint: PackedPlanes;
  /** Eyes and lips, for the parts guide. */
  readonly parts: Plane;
  /** Of `createMaterials`. */
  readonly materials: readonly Material[];
  /** In the order of SEGMENT_NAMES. */
  readonly tones: readonly LightnessHistogram[];
  readonly skinColour: MeanColour;
}

/** Borders of the bands of lightness, in eye distances. */
export const COARSE_SIGMA = 0.07;
export const FINE_SIGMA = 0.02;
/** Scales are powers of this, so that a face and its reference differ by at most 9 % in size. */
const SCALE_STEP = 2 ** 0.25;
/** Scales of the background are powers of this. */
const PLATE_STEP = 2 ** 0.125;
/** Chunks are copied upright; a larger difference in tilt than half of this turns the reference. */
const ANGLE_STEP = Math.PI / 12;
/** Views kept; one takes about 120 bytes a pixel. */
const KEPT_VIEWS = 6;
/** Size (px) at which the mean colours are measured. */
const PALETTE_SIZE = 256;

export interface PrepareOptions {
  /** Takes a reference without a face for its texture alone, with a warning, instead of refusing it. */
  readonly texture?: boolean;
}

/** @throws NO_FACE_IN_STYLE when no face is found in the reference, unless its texture is enough */
export async function prepareStyle(
  reference: Picture,
  networks: FaceNetworks,
  { texture = false }: PrepareOptions = {},
): Promise<PreparedStyle> {
  const [found] = await networks.findFaces(reference);
  if (!found && !texture)
    throw new LimnerError('NO_FACE_IN_STYLE', 'No face was found in the style reference.');
  const { face, matte, segments } = found
    ? await studyFace(reference, found, networks)
    : textureOnly(reference);
  const mirrored = found ? await findMirrored(reference, found, networks) : null;
  const style = buildStyle(reference, { face, matte, segments }, !found);
  if (!mirrored) return style;
  const build = memoize(1, (_: 'mirrored') =>
    buildStyle(flipPicture(reference), flipSitter(mirrored, matte, segments), false),
  );
  return { ...style, mirrored: () => build('mirrored') };
}

/** A reference that is turned further to one side (degrees) than this fits heads that are turned to the other, mirrored. */
const TURNED = 8;

/** The face of the reference in a mirror; null where that would change little. */
async function findMirrored(reference: Picture, face: Face, networks: FaceNetworks): Promise<Face | null> {
  if (Math.abs(yawOf(face.landmarks)) < TURNED) return null;
  const [mirrored] = await networks.findFaces(flipPicture(reference));
  return mirrored ?? null;
}

const flipSitter = (face: Face, matte: Plane, segments: Segments): Sitter => ({
  face,
  matte: flipPlane(matte),
  segments: mapSegments(segments, flipPlane),
});

function buildStyle(
  reference: Picture,
  { face, matte, segments }: Sitter,
  isTexture: boolean,
): PreparedStyle {
  const fill = fillBehind(reference, matte, face.interocular);
  const warnings = [
    ...(isTexture ? ['No face was found in the reference; only its texture is used.'] : []),
    ...(fill ? [] : ['The reference shows hardly any background; a blur of it stands behind the person.']),
  ];
  const upright = memoize(KEPT_VIEWS, (step: number) =>
    uprightView(reference, face, segments, SCALE_STEP ** step),
  );
  const turned = memoize(KEPT_VIEWS, (key: string) => {
    const [step, turn] = key.split(',').map(Number);
    return turnView(upright(step), turn * ANGLE_STEP);
  });
  const nativePlate = memoize(1, (_: 'native') => readBehind(labPlanes(reference), fill));
  const plate = memoize(KEPT_VIEWS, (step: number) => resizeLab(nativePlate('native'), PLATE_STEP ** step));
  return {
    reference,
    face,
    palette: measurePalette([labPlanes(shrinkPicture(reference, PALETTE_SIZE, PALETTE_SIZE))]),
    warnings,
    view(scale, angle) {
      const step = Math.round(Math.log(Math.min(1, scale)) / Math.log(SCALE_STEP));
      const turn = Math.round(angle / ANGLE_STEP);
      return turn === 0 ? upright(step) : turned(`${step},${turn}`);
    },
    mirrored: null,
    plate: (scale) => plate(Math.ceil(Math.log(scale) / Math.log(PLATE_STEP) - 1e-6)),
  };
}

async function studyFace(reference: Picture, face: Face, networks: FaceNetworks): Promise<Sitter> {
  const matte = await networks.matte(reference, face);
  return { face, matte, segments: segmentPortrait(reference, face.landmarks, matte) };
}

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

function uprightView(reference: Picture, face: Face, full: Segments, scale: number): ReferenceView {
  const width = Math.max(1, Math.round(reference.width * scale));
  const height = Math.max(1, Math.round(reference.height * scale));
  const lab = labPlanes(resizePicture(reference, width, height));
  const segments = mapSegments(full, (plane) => enlargeRows(plane, width, height, 0, height));
  const landmarks = face.landmarks.map((value) => value * scale);
  const tones = measureTones(lab.l, segments, landmarks);
  return createView(lab, segments, landmarks, face.interocular * scale, tones);
}

/** The view turned; what comes from outside the reference belongs to no material. */
function turnView(view: ReferenceView, angle: number): ReferenceView {
  const centre = [view.landmarks[3], view.landmarks[4]] as const;
  const turn = (plane: Plane) => rotatePlane(plane, angle, centre, 'mirrored');
  const lab = { l: turn(view.lab.l), a: turn(view.lab.a), b: turn(view.lab.b) };
  const segments = mapSegments(view.segments, (plane) => rotatePlane(plane, angle, centre, 0));
  const landmarks = rotatePoints(view.landmarks, 3, angle, centre);
  return createView(lab, segments, landmarks, view.interocular, view.tones);
}

function createView(
  lab: LabPlanes,
  segments: Segments,
  landmarks: Float32Array,
  interocular: number,
  tones: readonly LightnessHistogram[],
): ReferenceView {
  const { width, height } = lab.l;
  const skinColour = meanColour(lab, segments.skin);
  const parts = partsPlane(width, height, landmarks);
  const features = featurePlane(width, height, landmarks, interocular);
  const skin = cleanSkin(segments.skin, skinColour, lab, features, landmarks, interocular);
  if (isColoured(skinColour))
    growEyes(parts, lab, landmarks, interocular, { ...skinColour, l: meanOf(lab.l, segments.skin) });
  const blurCoarse = blurApart(segments.background, COARSE_SIGMA * interocular);
  const blurFine = blurApart(segments.background, FINE_SIGMA * interocular);
  const bands = splitBands(lab.l, blurCoarse(lab.l), blurFine(lab.l));
  return {
    lab,
    segments,
    landmarks,
    interocular,
    tones,
    appearance: gaussianBlur(lab.l, appearanceSigma(interocular)),
    paint: packPlanes([
      bands.coarse,
      bands.middle,
      bands.fine,
      lab.a,
      lab.b,
      blurCoarse(lab.a),
      blurCoarse(lab.b),
    ]),
    parts,
    materials: createMaterials({ ...segments, skin }, features),
    skinColour,
  };
}

/** Blur (px) of the lightness that guides compare: about the width of a brush stroke in a face of that size. */
export function appearanceSigma(interocular: number): number {
  return interocular * 0.03;
}

const mapSegments = (
  { background, skin, hair, clothes }: Segments,
  map: (plane: Plane) => Plane,
): Segments => ({
  background: map(background),
  skin: map(skin),
  hair: map(hair),
  clothes: map(clothes),
});

function resizeLab({ l, a, b }: LabPlanes, scale: number): LabPlanes {
  const [width, height] = [Math.ceil(l.width * scale), Math.ceil(l.height * scale)];
  const resize = (plane: Plane) => resizePlane(plane, width, height);
  return { l: resize(l), a: resize(a), b: resize(b) };
}
