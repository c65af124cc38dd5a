/** The segments of a reference as materials to paint with. */
import { SEGMENT_NAMES, type SegmentName, type Segments } from '../face/segments.ts';
import type { Plane } from '../image/picture.ts';
import { indexMaterial, type MaterialIndex } from '../synthesis/retarget.ts';

/** What one segment of a portrait is painted with. */
export interface Material {
  readonly index: MaterialIndex;
  /** Soft membership 0..1 of each pixel of the reference. */
  readonly membership: Plane;
}

/** A segment smaller than this share of the reference is too little to paint with. */
const SMALLEST_SHARE = 0.01;
/** Pixels surer than this are clean material, without the neighbour's colours. */
const CLEAN = 0.8;
/** What stands in for a segment that the reference lacks, in order of preference. */
const SUBSTITUTES: Readonly<Record<SegmentName, readonly SegmentName[]>> = {
  background: [],
  skin: ['hair', 'clothes'],
  hair: ['skin'],
  clothes: ['hair', 'background', 'skin'],
};

/** A pixel that is more of a feature than this (see `featurePlane`) is painted from features, and no other is. */
const FEATURE = 0.3;
/** The material of the features, after those of the segments. */
export const FEATURES = SEGMENT_NAMES.length;

/**
 * One material for each name in SEGMENT_NAMES, in that order, without the features of the face, and one for those: on a
 * cheek or a sleeve a mouth is out of place, however well it fits.
 * @param features 0..1: where eyes, brows, nose and mouth are
 */
export function createMaterials(segments: Segments, features: Plane): Material[] {
  const { width, height } = segments.skin;
  const labels = dominantSegments(segments);
  const materialOf = (segment: number, most: number): Material => {
    const membership = segments[SEGMENT_NAMES[segment]];
    const isMember = labels.map((label, i) =>
      label === segment && membership.data[i] > CLEAN && features.data[i] <= most ? 1 : 0,
    );
    return { index: indexMaterial(width, height, isMember), membership };
  };
  const own = SEGMENT_NAMES.map((_, segment) => materialOf(segment, FEATURE));
  const segmentOf = (name: SegmentName) => own[SEGMENT_NAMES.indexOf(name)];
  const isEnough = (name: SegmentName) =>
    segmentOf(name).index.members.length > SMALLEST_SHARE * width * height;
  const found = SEGMENT_NAMES.map((name) => segmentOf([name, ...SUBSTITUTES[name]].find(isEnough) ?? name));
  const isFaceShown = found[SKIN].membership === segments.skin;
  return [...found, isFaceShown ? materialOf(SKIN, 1) : found[SKIN]];
}

const SKIN = SEGMENT_NAMES.indexOf('skin');

/** The numbers of the materials that a person is painted with: skin that is a feature is its own. */
export function personMaterials(segments: Segments, features: Plane): Uint8Array {
  const labels = dominantPersonSegments(segments);
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === SKIN && features.data[i] > FEATURE) labels[i] = FEATURES;
  }
  return labels;
}

/** For each pixel the number (in SEGMENT_NAMES) of the segment it mostly belongs to. */
export function dominantSegments({ background, skin, hair, clothes }: Segments): Uint8Array {
  const labels = new Uint8Array(skin.data.length);
  for (let i = 0; i < labels.length; i++) {
    const person = dominantPersonSegment(skin.data[i], hair.data[i], clothes.data[i]);
    labels[i] = background.data[i] > 0.5 ? 0 : person;
  }
  return labels;
}

/** The same without the background: what the person in a pixel, however faint, is made of. */
export function dominantPersonSegments({ skin, hair, clothes }: Segments): Uint8Array {
  const labels = new Uint8Array(skin.data.length);
  for (let i = 0; i < labels.length; i++) {
    labels[i] = dominantPersonSegment(skin.data[i], hair.data[i], clothes.data[i]);
  }
  return labels;
}

const dominantPersonSegment = (skin: number, hair: number, clothes: number) =>
  skin >= hair && skin >= clothes ? 1 : hair >= clothes ? 2 : 3;
