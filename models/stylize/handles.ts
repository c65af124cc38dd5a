/** Points of a style's face that a person can move to where they belong: names and data alone, for files and forms. */
import {
  CHIN,
  LEFT_EYE_INNER,
  LEFT_EYE_OUTER,
  MOUTH_LEFT,
  MOUTH_RIGHT,
  RIGHT_EYE_INNER,
  RIGHT_EYE_OUTER,
} from '../face/topology.ts';

interface HandlePlace {
  readonly landmark: number;
  /** How far around it the mesh moves along: the sigma of a normal distribution, eye distances. */
  readonly reach: number;
  /** The same on the other side of the face. */
  readonly mirror: string;
}

/**
 * Reaches, chosen so that a lid moved by a twentieth takes the lid's other points along and leaves the brow, a quarter
 * above it; and that the whole cheek follows the jaw.
 */
const [EYE, MOUTH, JAW] = [0.1, 0.2, 0.4];

/** Left and right are the picture's. */
export const HANDLES = {
  leftEyeOuter: { landmark: LEFT_EYE_OUTER, reach: EYE, mirror: 'rightEyeOuter' },
  leftEyeUpperLid: { landmark: 159, reach: EYE, mirror: 'rightEyeUpperLid' },
  leftEyeInner: { landmark: LEFT_EYE_INNER, reach: EYE, mirror: 'rightEyeInner' },
  leftEyeLowerLid: { landmark: 145, reach: EYE, mirror: 'rightEyeLowerLid' },
  rightEyeInner: { landmark: RIGHT_EYE_INNER, reach: EYE, mirror: 'leftEyeInner' },
  rightEyeUpperLid: { landmark: 386, reach: EYE, mirror: 'leftEyeUpperLid' },
  rightEyeOuter: { landmark: RIGHT_EYE_OUTER, reach: EYE, mirror: 'leftEyeOuter' },
  rightEyeLowerLid: { landmark: 374, reach: EYE, mirror: 'leftEyeLowerLid' },
  mouthLeft: { landmark: MOUTH_LEFT, reach: MOUTH, mirror: 'mouthRight' },
  mouthRight: { landmark: MOUTH_RIGHT, reach: MOUTH, mirror: 'mouthLeft' },
  jawLeft: { landmark: 172, reach: JAW, mirror: 'jawRight' },
  chin: { landmark: CHIN, reach: JAW, mirror: 'chin' },
  jawRight: { landmark: 397, reach: JAW, mirror: 'jawLeft' },
} as const satisfies Readonly<Record<string, HandlePlace>>;

/** One of `HANDLES`. */
export type Handle = keyof typeof HANDLES;
/** Along x and y of the upright picture, in distances between the outer corners of the eyes as the mesh has them. */
export type Step = readonly [number, number];
/** How far handles are from where the mesh has their points; none is where it is right. */
export type Corrections = Readonly<Partial<Record<Handle, Step>>>;

export const HANDLE_NAMES = Object.keys(HANDLES) as [Handle, ...Handle[]];
/** A handle is moved no further along x or y (eye distances). */
export const FURTHEST_STEP = 1;

/** A step within the limits, to a thousandth of the eye distance, as it is kept. */
export const roundedStep = ([x, y]: Step): Step => {
  const rounded = (value: number) =>
    Math.round(1000 * Math.min(FURTHEST_STEP, Math.max(-FURTHEST_STEP, value))) / 1000;
  return [rounded(x), rounded(y)];
};

/** Whether any handle is moved. */
export const isCorrected = (corrections: Corrections): boolean =>
  HANDLE_NAMES.some((name) => corrections[name]?.some((value) => value !== 0));

/** What corrects the same picture in a mirror. */
export function mirroredCorrections(corrections: Corrections): Corrections {
  const mirrored: Partial<Record<Handle, Step>> = {};
  for (const name of HANDLE_NAMES) {
    const step = corrections[name];
    if (step) mirrored[HANDLES[name].mirror] = [-step[0], step[1]];
  }
  return mirrored;
}
