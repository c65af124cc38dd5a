/** What depends on the style reference alone, computed once and reused for every portrait. */
import { LimnerError } from '../errors.ts';
import type { Face, FaceNetworks } from '../face/index.ts';
import { SEGMENT_NAMES, type Segments, segmentPortrait } from '../face/segments.ts';
import { gaussianBlur } from '../image/blur.ts';
import { type LabPlanes, labPlanes } from '../image/colour.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { indexMaterial, type MaterialIndex } from '../synthesis/retarget.ts';
import { type LightnessHistogram, lightnessHistogram } from '../synthesis/tone-curve.ts';

export interface PreparedStyle {
  readonly reference: Picture;
  readonly face: Face;
  /** The reference at the scale of the list that is nearest to `scale` (1 = its own size). Kept once made. */
  atScale(scale: number): ReferenceLevel;
}

/** The reference at one scale. All planes have one size. */
export interface ReferenceLevel {
  readonly scale: number;
  readonly lab: LabPlanes;
  readonly landmarks: Float32Array;
  readonly interocular: number;
  readonly segments: Segments;
  /** The lightness that guides are compared by. */
  readonly appearance: Plane;
  readonly materials: readonly MaterialIndex[];
  readonly tones: readonly LightnessHistogram[];
}

/** Scales are powers of this, so that a face and its reference differ by at most 9 % in size. */
const SCALE_STEP = 2 ** 0.25;
/** A reference smaller than its portrait may be enlarged this much; more would be blur. */
const LARGEST_SCALE = 1;
/** Levels kept; one takes about 40 bytes a pixel. */
const KEPT_LEVELS = 4;

/** @throws NO_FACE_IN_STYLE when no face is found in the reference */
export async function prepareStyle(reference: Picture, networks: FaceNetworks): Promise<PreparedStyle> {
  const [face] = await networks.findFaces(reference);
  if (!face) throw new LimnerError('NO_FACE_IN_STYLE', 'No face was found in the style reference.');
  const matte = await networks.matte(reference, face);
  const levels = new Map<number, ReferenceLevel>();
  return {
    reference,
    face,
    atScale(wanted) {
      const scale =
        SCALE_STEP ** Math.round(Math.log(Math.min(LARGEST_SCALE, wanted)) / Math.log(SCALE_STEP));
      const level = levels.get(scale) ?? createLevel(reference, face, matte, scale);
      levels.delete(scale);
      levels.set(scale, level);
      if (levels.size > KEPT_LEVELS) levels.delete(levels.keys().next().value as number);
      return level;
    },
  };
}

function createLevel(reference: Picture, face: Face, fullMatte: Plane, scale: number): ReferenceLevel {
  const width = Math.max(1, Math.round(reference.width * scale));
  const height = Math.max(1, Math.round(reference.height * scale));
  const lab = labPlanes(resizePicture(reference, width, height));
  const matte = resizePlane(fullMatte, width, height);
  const landmarks = face.landmarks.map((value) => value * scale);
  const interocular = face.interocular * scale;
  const segments = segmentPortrait(lab, landmarks, matte);
  return {
    scale,
    lab,
    landmarks,
    interocular,
    segments,
    appearance: gaussianBlur(lab.l, appearanceSigma(interocular)),
    materials: indexMaterials(segments),
    tones: SEGMENT_NAMES.map((name) => lightnessHistogram(lab.l, segments[name])),
  };
}

/** Blur (px) of the lightness that guides compare: about the width of a brush stroke in a face of that size. */
export function appearanceSigma(interocular: number): number {
  return interocular * 0.03;
}

function indexMaterials(segments: Segments): MaterialIndex[] {
  const { width, height } = segments.skin;
  const labels = dominantSegments(segments);
  return SEGMENT_NAMES.map((_, segment) =>
    indexMaterial(
      width,
      height,
      labels.map((label) => (label === segment ? 1 : 0)),
    ),
  );
}

/** For each pixel the number (in SEGMENT_NAMES) of the segment it mostly belongs to. */
export function dominantSegments(segments: Segments): Uint8Array {
  const planes = SEGMENT_NAMES.map((name) => segments[name].data);
  return Uint8Array.from(planes[0], (_, i) => {
    let best = 0;
    for (let k = 1; k < planes.length; k++) if (planes[k][i] > planes[best][i]) best = k;
    return best;
  });
}
