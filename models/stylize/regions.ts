/** Which part of a face or person a pixel is; made alike for the portrait and the reference. */
import { faceMask } from '../face/index.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import type { Segments } from '../segment/segments.ts';
import { type Covered, NOTHING_COVERED } from './covered.ts';
import { type FaceShape, facialHairOn } from './facial-hair.ts';
import { featurePlane, partsPlane } from './features.ts';

/** Planes of one size, 0..1. Beards and moustaches are hair, not skin. */
export interface Regions extends Segments {
  /** Eyes, brows, nose and mouth, and what lies up to a fifth of an eye distance around; not where hair hides them. */
  readonly features: Plane;
  /** Eyes 1, lips -1. */
  readonly parts: Plane;
  /** Inside the mesh's oval. */
  readonly face: Plane;
  /** Masks and dark lenses; they are clothes, without features. */
  readonly covered: Covered;
}

/** @param covered what of the face is; nothing of a reference, whose lines may be anything */
export function regionsOf(segments: Segments, shape: FaceShape, covered = NOTHING_COVERED): Regions {
  const { width, height } = segments.skin;
  const { landmarks, interocular } = shape;
  const features = featurePlane(width, height, landmarks, interocular);
  const facialHair = facialHairOn(segments.facialHair, shape);
  const [skin, hair] = [createPlane(width, height), createPlane(width, height)];
  for (let i = 0; i < skin.data.length; i++) {
    const share = Math.min(1, facialHair.data[i]);
    skin.data[i] = segments.skin.data[i] * (1 - share);
    hair.data[i] = segments.hair.data[i] + segments.skin.data[i] * share;
    features.data[i] *= 1 - share;
  }
  const regions = {
    ...segments,
    ...{ skin, hair, facialHair, features, covered },
    parts: partsPlane(width, height, landmarks),
    face: faceMask(landmarks, width, height, 0),
  };
  return covered.plane ? withCover(regions, covered.plane) : regions;
}

/** What covers a face is cloth, and shows none of its features. */
function withCover(regions: Regions, cover: Plane): Regions {
  const keep = (plane: Plane): Plane => ({
    ...plane,
    data: plane.data.map((value, i) => value * (1 - cover.data[i])),
  });
  const { background, clothes } = regions;
  return {
    ...regions,
    skin: keep(regions.skin),
    hair: keep(regions.hair),
    clothes: {
      ...clothes,
      data: clothes.data.map((value, i) => value + cover.data[i] * (1 - background.data[i] - value)),
    },
    facialHair: keep(regions.facialHair),
    features: keep(regions.features),
    parts: keep(regions.parts),
  };
}

/** Of a reference that is taken for its texture: no face, and all of it skin. */
export function textureRegions(segments: Segments): Regions {
  const { width, height } = segments.skin;
  const [none, all] = [createPlane(width, height), createPlane(width, height, 1)];
  return { ...segments, facialHair: none, features: none, parts: none, face: all, covered: NOTHING_COVERED };
}
