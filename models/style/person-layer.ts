/** One person repainted with the reference, at the scale at which the reference's strokes keep their size. */
import type { Segments } from '../face/segments.ts';
import { gaussianBlur } from '../image/blur.ts';
import { type LabPlanes, labPlanes } from '../image/colour.ts';
import { createPlane, type Picture, type Plane } from '../image/picture.ts';
import { maskedBlur, splitBands } from '../synthesis/bands.ts';
import { chunkField, type NearestNeighborField } from '../synthesis/chunk-field.ts';
import type { Correspondence, Guide } from '../synthesis/guides.ts';
import { createMatcher } from '../synthesis/matcher.ts';
import { movingLeastSquares, type PositionMap } from '../synthesis/moving-least-squares.ts';
import { retargetPositions } from '../synthesis/retarget.ts';
import { settleSeams } from '../synthesis/seams.ts';
import { vote } from '../synthesis/vote.ts';
import { featurePlane, ownColourPlane, partsPlane } from './features.ts';
import { type Material, personMaterials } from './materials.ts';
import { appearanceSigma, COARSE_SIGMA, FINE_SIGMA, type ReferenceView } from './reference.ts';
import type { Method, Stage } from './settings.ts';
import { keepOwnColours, keepSkinHue, keptSkinTone, meanColour } from './skin-colour.ts';
import { matchLightness, measureTones } from './tone.ts';

/** A portrait, or the part of it around one person, at the reference view's scale. */
export interface Canvas {
  readonly picture: Picture;
  /** 0..1: how much of each pixel is person. */
  readonly matte: Plane;
  /** 468 · 3 coordinates in pixels of this canvas. */
  readonly landmarks: Float32Array;
  /** px of this canvas. */
  readonly interocular: number;
  /** The materials of the picture; found when first asked for. */
  segments(): Segments;
}

/** The repainted person; colours are defined wherever the matte is above MATTE_FLOOR. */
export interface PersonLayer {
  readonly lab: LabPlanes;
  /** The canvas's own lightness, to tell what a larger portrait shows beyond it. */
  readonly lightness: Plane;
  /** 0..1: how much of that further detail belongs into an enlarged result. */
  readonly detailGain: Plane;
  /** 0..1 */
  readonly skin: Plane;
}

/** Matte below which a pixel is background. */
export const MATTE_FLOOR = 0.02;
/** A chunk ends where the matching error reaches this; all weights are relative to it. */
const THRESHOLD = 1;
/** Over this distance (eye distances) the colours of two chunks melt into each other. */
const SEAM_SIGMA = 0.04;
/** Every fourth point of the mesh is enough for a smooth warp, and four times as fast. */
const LANDMARK_STRIDE = 4;

/** For each pixel of a canvas the place in the view that the landmarks of both give it. */
export function guidePositions({ matte, landmarks }: Canvas, view: ReferenceView): PositionMap {
  return movingLeastSquares(matte.width, matte.height, {
    from: sparseLandmarks(landmarks),
    to: sparseLandmarks(view.landmarks),
  });
}

/**
 * Repaints the person of a canvas: guides, chunk field, vote, and the portrait's own light given back.
 * @param guided of `guidePositions`
 * @param begin called as each stage begins; what it throws ends the work
 */
export function personLayer(
  canvas: Canvas,
  view: ReferenceView,
  guided: PositionMap,
  method: Method,
  begin: (stage: Stage) => void,
): PersonLayer {
  begin('guides');
  const { matte, landmarks, interocular } = canvas;
  const { width, height } = matte;
  const lab = labPlanes(canvas.picture);
  const segments = canvas.segments();
  const features = featurePlane(width, height, landmarks, interocular);
  const tones = measureTones(lab.l, segments, landmarks);
  const skinTone = keptSkinTone(method.tone, view.skinColour);
  const kept = { skinTone, ownTone: method.ownTone };
  const { matched, wanted } = matchLightness(lab.l, segments, tones, view.tones, kept);
  const correspondence = correspond(canvas, view, guided, segments, matched, features, method);

  begin('field');
  const options = {
    levels: method.chunks.map((size) => Math.max(2, Math.round(size * interocular))),
    threshold: THRESHOLD,
    searchRadius: method.searchRadius * interocular,
    tries: method.tries,
    region: above(matte, MATTE_FLOOR),
  };
  const matcher = createMatcher(correspondence, options);
  const field = chunkField(correspondence, options, matcher);
  settleSeams(field, matcher, [view.lab.l, view.lab.a, view.lab.b], method.seamPasses);

  begin('vote');
  const painted = paint(field, view, wanted, matte, features, interocular, method);
  const colours = { portrait: meanColour(lab, segments.skin), reference: view.skinColour };
  keepOwnColours(painted, lab, ownColourPlane(width, height, landmarks, interocular), colours);
  keepSkinHue(painted, segments.skin, colours, skinTone ** 2);
  const detailGain = mixPlane(features, method.skinDetail, method.featureDetail);
  return { lab: painted, lightness: lab.l, detailGain, skin: segments.skin };
}

/** Reads the reference through the field, band by band, and gives the portrait's own bands back by their gains. */
function paint(
  field: NearestNeighborField,
  view: ReferenceView,
  wanted: Plane,
  matte: Plane,
  features: Plane,
  interocular: number,
  method: Method,
): LabPlanes {
  const [coarse, middle, l, a, b, aSmooth, bSmooth] = vote(field, view.paint);
  const blur = (sigma: number) => maskedBlur(matte, sigma * interocular);
  const own = splitBands(wanted, blur(COARSE_SIGMA)(wanted), blur(FINE_SIGMA)(wanted));
  const melt = blur(SEAM_SIGMA);
  const shade = melt(coarse);
  for (let i = 0; i < l.data.length; i++) {
    const f = features.data[i];
    const gain = method.skinGain + f * (method.featureGain - method.skinGain);
    const detail = method.skinDetail + f * (method.featureDetail - method.skinDetail);
    l.data[i] +=
      shade.data[i] +
      method.coarseGain * (own.coarse.data[i] - shade.data[i]) +
      middle.data[i] +
      gain * (own.middle.data[i] - middle.data[i]) +
      detail * (own.fine.data[i] - l.data[i]);
  }
  meltSeams(a, aSmooth, melt);
  meltSeams(b, bSmooth, melt);
  return { l, a, b };
}

/** Where chunks of different colour meet, lets the colour change gradually while the texture stays. */
function meltSeams(painted: Plane, smooth: Plane, melt: (plane: Plane) => Plane): void {
  const melted = melt(smooth);
  for (let i = 0; i < painted.data.length; i++) painted.data[i] += melted.data[i] - smooth.data[i];
}

/** Where on the reference each pixel of the canvas belongs, and why. */
function correspond(
  { matte, landmarks, interocular }: Canvas,
  view: ReferenceView,
  guided: PositionMap,
  segments: Segments,
  matched: Plane,
  features: Plane,
  method: Method,
): Correspondence {
  const { width, height } = matte;
  const labels = personMaterials(segments, features);
  const indices = view.materials.map((material) => material.index);
  const position = retargetPositions(guided, labels, indices);
  const appearance = gaussianBlur(matched, appearanceSigma(interocular));
  const guides: Guide[] = [
    { source: view.appearance, target: appearance, weight: method.appearanceTolerance ** -2 },
    { source: view.parts, target: partsPlane(width, height, landmarks), weight: method.materialWeight },
    ...materialGuides(labels, view.materials, width, height, method.materialWeight),
  ];
  return {
    position,
    positionWeight: positionWeight(position.moved, features, interocular, method),
    guides,
    materials: { target: labels, members: indices.map((index) => index.members) },
  };
}

/** 1 where a plane is above `floor`, else 0. */
function above(plane: Plane, floor: number): Uint8Array {
  const out = new Uint8Array(plane.data.length);
  for (let i = 0; i < out.length; i++) out[i] = plane.data[i] > floor ? 1 : 0;
  return out;
}

/** One guide for each material that a person is painted with: two segments may share one. */
function materialGuides(
  labels: Uint8Array,
  materials: readonly Material[],
  width: number,
  height: number,
  weight: number,
): Guide[] {
  const memberships = new Set(materials.slice(1).map(({ membership }) => membership));
  return [...memberships].map((source) => {
    const target = createPlane(width, height);
    for (let i = 0; i < labels.length; i++) {
      target.data[i] = materials[labels[i]].membership === source ? 1 : 0;
    }
    return { source, target, weight };
  });
}

/** The further a position had to be moved to its material, the less it means; on features it means the most. */
function positionWeight(moved: Plane, features: Plane, interocular: number, method: Method): Plane {
  const out = createPlane(moved.width, moved.height);
  const tolerance = interocular * method.positionTolerance;
  for (let i = 0; i < out.data.length; i++) {
    const t = tolerance * (1 - method.featureTightness * features.data[i]) + moved.data[i];
    out.data[i] = 1 / (t * t);
  }
  return out;
}

function mixPlane(share: Plane, at0: number, at1: number): Plane {
  const out = createPlane(share.width, share.height);
  for (let i = 0; i < out.data.length; i++) out.data[i] = at0 + share.data[i] * (at1 - at0);
  return out;
}

/** x, y pairs of every LANDMARK_STRIDE-th landmark. */
function sparseLandmarks(landmarks: Float32Array): Float32Array {
  const out = new Float32Array(Math.ceil(landmarks.length / 3 / LANDMARK_STRIDE) * 2);
  for (let k = 0, i = 0; k < landmarks.length; k += 3 * LANDMARK_STRIDE, i += 2) {
    out[i] = landmarks[k];
    out[i + 1] = landmarks[k + 1];
  }
  return out;
}
