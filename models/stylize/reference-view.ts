/** The reference at one scale and angle: what its pixels show there, and the pyramid that patches are taken from. */
import { type LabPlanes, labPlanes } from '../image/colour.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { resamplePicture, resamplePlane } from '../image/resize.ts';
import type { Segments } from '../segment/segments.ts';
import type { Kernels } from '../synthesis/kernels/kernels.ts';
import { type SourceLevel, sourcePyramid } from '../synthesis/pyramid.ts';
import { rotatePlane, rotatePoints } from '../synthesis/rotate.ts';
import { cleanSkin } from './clean-skin.ts';
import { type ColourStatistics, colourStatistics, isGrey } from './colour-transport.ts';
import { abstractLightness, guidePlanes, MATERIALS } from './guides.ts';
import { PARAMETERS } from './parameters.ts';
import { type Regions, regionsOf, textureRegions } from './regions.ts';
import type { Sitter } from './texture-only.ts';
import { measureTones } from './tone.ts';
import { type LightnessHistogram, lightnessHistogram } from './tone-curve.ts';

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

/** Sizes of views and canvases are multiples of this: they are halved for every level but the finest. */
export const GRID = 2 ** (PARAMETERS.iterations.length - 1);

/** No patch is taken from around a pixel of which so much is left out. */
const UNUSED = 0.05;

/**
 * The reference resampled to about `scale` of its size.
 * @param pixels where its colours are taken from: itself, or the same picture enlarged
 */
export function uprightView(
  reference: Picture,
  { face, segments: full, leftOut }: Omit<Sitter, 'matte'>,
  scale: number,
  kernels: Kernels,
  pixels = reference,
): ReferenceView {
  const [width, height] = [reference.width, reference.height].map((edge) =>
    Math.max(4 * GRID, Math.round((edge * scale) / GRID) * GRID),
  );
  const whole = { x: 0, y: 0, width: reference.width, height: reference.height };
  const all = { x: 0, y: 0, width: pixels.width, height: pixels.height };
  const lab = labPlanes(resamplePicture(pixels, all, width, height));
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
export function turnView(view: ReferenceView, angle: number, kernels: Kernels): ReferenceView {
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
  const regions = isTexture ? textureRegions(segments) : regionsOf(segments, { landmarks, interocular });
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
  { background, skin, hair, clothes, facialHair }: Segments,
  map: (plane: Plane) => Plane,
): Segments => ({
  background: map(background),
  skin: map(skin),
  hair: map(hair),
  clothes: map(clothes),
  facialHair: map(facialHair),
});

export function clamped(plane: Plane): Plane {
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = Math.min(1, Math.max(0, plane.data[i]));
  return plane;
}
