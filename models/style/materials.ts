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

/** A pixel that is more of a feature than this (see `featurePlane`) is painted with on features alone. */
const FEATURE = 0.3;

/**
 * One material for each name in SEGMENT_NAMES, in that order.
 * @param features 0..1: where eyes, brows, nose and mouth are
 */
export function createMaterials(segments: Segments, features: Plane): Material[] {
  const { width, height } = segments.skin;
  const labels = dominantSegments(segments);
  const own = SEGMENT_NAMES.map((name, segment): Material => {
    const membership = segments[name];
    const isMember = labels.map((label, i) => (label === segment && membership.data[i] > CLEAN ? 1 : 0));
    return { index: indexMaterial(width, height, isMember), membership };
  });
  // On a cheek or a sleeve a mouth is none of the material, however well it fits.
  const plain = own.map(({ index, membership }): Material => {
    const isMember = index.isMember.map((value, i) => (features.data[i] > FEATURE ? 0 : value));
    return { index: indexMaterial(width, height, isMember), membership };
  });
  const isEnough = (name: SegmentName) =>
    materialOf(name).index.members.length > SMALLEST_SHARE * width * height;
  const materialOf = (name: SegmentName) => own[SEGMENT_NAMES.indexOf(name)];
  return SEGMENT_NAMES.map((name): Material => {
    const found = [name, ...SUBSTITUTES[name]].find(isEnough) ?? name;
    const clean = plain[SEGMENT_NAMES.indexOf(found)];
    if (found !== name) return clean;
    const { index, membership } = materialOf(name);
    return { index: { ...index, members: clean.index.members }, membership };
  });
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
