/** The deformation of a picture that changes a person's proportions: geometry alone, no pixel is moved. */
import { type Face, faceOf } from '../face/index.ts';
import { gaussianBlur } from '../image/blur.ts';
import type { Picture, Plane, Rect } from '../image/picture.ts';
import { smoothstep } from '../image/smoothstep.ts';
import type { Changes } from './changes.ts';
import { irisPoints, type MovedPoints, moveLandmarks, pinnedPoints, reachOf } from './control-points.ts';
import { atNodes, type Deformation, deform, NODES, smallestJacobian, weighted } from './deformation.ts';
import { frontalMesh } from './frontal-mesh.ts';
import { wearsGlasses } from './glasses.ts';
import { type VisibleIris, visibleIrises } from './irises.ts';
import { reshape } from './reshape.ts';
import { frameOf, holdFrame, keepFrame } from './under-glasses.ts';

/** What of a picture any change of a face depends on; studied once, it serves all changes. */
export interface Subject {
  readonly face: Face;
  /** Of all people, 0..1, at the picture's size. */
  readonly matte: Plane;
  /** The part of the picture that changes, px. */
  readonly rect: Rect;
  /** Points that stay: pairs x, y in px. */
  readonly pins: readonly number[];
  readonly irises: readonly VisibleIris[];
  /** Whether glasses are worn, which must not be bent. */
  readonly isRigid: boolean;
}

export interface FoundDeformation {
  /** null where nothing of the change can be made. */
  readonly deformation: Deformation | null;
  /** The face after it. */
  readonly face: Face;
  /** 0..1: how much of the change is made; less than all where it would come near a fold. */
  readonly share: number;
  /** See `smallestJacobian`. */
  readonly jacobian: number;
}

/** Smaller Jacobians are not allowed. */
export const LEAST_JACOBIAN = 0.2;
/** Shares of a change that are tried, until one does not come near a fold. */
const SHARES = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05];

/**
 * @param others faces that stay where they are
 * @param isRigid whether glasses are worn, where that is known
 */
export function studySubject(
  { picture, matte }: { readonly picture: Picture; readonly matte: Plane },
  face: Face,
  others: readonly Face[] = [],
  isRigid = wearsGlasses(picture, face),
): Subject {
  const rect = reachOf(face, picture);
  const pins = [...pinnedPoints(face, rect), ...others.flatMap(outline)];
  return { face, matte, rect, pins, irises: visibleIrises(picture, face), isRigid };
}

/**
 * @param driven by how much the log ratios change; see `drivenChanges`
 * @param most 0..1: the largest share of it that is tried
 */
export function findDeformation(subject: Subject, driven: Changes, most = 1): FoundDeformation {
  const { face, matte, rect, pins, irises, isRigid } = subject;
  const steps = reshape(frontalMesh(face.landmarks).points, driven);
  const free = moveLandmarks(face, steps);
  const frame = isRigid ? frameOf(free, face) : null;
  const moved = frame ? keepFrame(free, frame) : free;
  for (const share of SHARES) {
    if (share > most) continue;
    const landmarks = partly(moved, share);
    const inner = irisPoints(landmarks, irises);
    const from = [...landmarks.from, ...inner.from, ...pins];
    const to = [...landmarks.to, ...inner.to, ...pins];
    const near = deform(rect, face.interocular, { from, to });
    const whole = frame ? holdFrame(near, frame, share) : near;
    const deformation = weighted(whole, fadingAround(matte, whole));
    const jacobian = smallestJacobian(deformation);
    if (jacobian > LEAST_JACOBIAN)
      return { deformation, face: movedFace(face, landmarks.to), share, jacobian };
  }
  return { deformation: null, face, share: 0, jacobian: 1 };
}

const partly = ({ from, to }: MovedPoints, share: number): MovedPoints => ({
  from,
  to: to.map((value, i) => from[i] + share * (value - from[i])),
});

const movedFace = (face: Face, to: readonly number[]): Face =>
  faceOf(
    face.landmarks.map((value, i) => (i % 3 === 2 ? value : to[2 * Math.floor(i / 3) + (i % 3)])),
    face.score,
  );

/** Every so many landmarks hold another's face. */
const STRIDE = 8;

const outline = ({ landmarks }: Face): number[] =>
  Array.from({ length: Math.floor(landmarks.length / 3 / STRIDE) }, (_, k) => 3 * STRIDE * k).flatMap((i) => [
    landmarks[i],
    landmarks[i + 1],
  ]);

/** Sigma (eye distances) over which the ground beside a person gives way, so that no gap opens; beyond, it stays. */
const GIVES_WAY = 0.22;
/** A blurred person of this much is its outline. */
const OUTLINE = 0.4;

/** At the nodes, 1 on the person, before and after, falling to 0 beside it. */
function fadingAround(matte: Plane, deformation: Deformation): Plane {
  const person = atNodes(deformation, matte);
  const { columns, rows, spacing, rect, steps } = deformation;
  for (let i = 0; i < columns * rows; i++) {
    const x = rect.x + (i % columns) * spacing + steps[2 * i];
    const y = rect.y + Math.floor(i / columns) * spacing + steps[2 * i + 1];
    person.data[i] = Math.max(person.data[i], valueAt(matte, x, y));
  }
  const soft = gaussianBlur(person, GIVES_WAY * NODES);
  for (let i = 0; i < soft.data.length; i++) {
    soft.data[i] = Math.max(person.data[i], smoothstep(soft.data[i] / OUTLINE));
  }
  return soft;
}

function valueAt({ width, height, data }: Plane, x: number, y: number): number {
  const inside = (value: number, size: number) => Math.min(size - 1, Math.max(0, Math.round(value)));
  return data[inside(y, height) * width + inside(x, width)];
}
