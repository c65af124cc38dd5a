/** A person of a picture with other proportions: the picture deformed around the face. */
import { type Face, faceOf } from '../face/index.ts';
import { gaussianBlur } from '../image/blur.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { smoothstep } from '../image/smoothstep.ts';
import type { Changes } from './changes.ts';
import {
  irisPoints,
  keepRigid,
  type MovedPoints,
  moveLandmarks,
  pinnedPoints,
  reachOf,
} from './control-points.ts';
import { atNodes, type Deformation, deform, NODES, smallestJacobian, weighted } from './deformation.ts';
import { frontalMesh } from './frontal-mesh.ts';
import { wearsGlasses } from './glasses.ts';
import { visibleIrises } from './irises.ts';
import { RATIOS, type Ratio } from './ratios.ts';
import { reshape } from './reshape.ts';
import { warpPicture, warpPlane } from './warp.ts';

export interface People {
  readonly picture: Picture;
  /** Of all its people, 0..1, at its size. */
  readonly matte: Plane;
}

export interface ChangeResult extends People {
  readonly face: Face;
  /** 0..1: how much of the change was made; less than all where it would have come near a fold. */
  readonly share: number;
  /** See `smallestJacobian`. */
  readonly jacobian: number;
}

/**
 * How much more a picture must change than the mesh network is to say: the mesh takes faces for more usual than they are, a
 * reference's no less than a portrait's. Over the slopes of what it read on deformed portraits (`limner evaluate
 * proportions`), at most 3; it does not see foreheads.
 */
const READING: Readonly<Record<Ratio, number>> = {
  head: 1.9,
  jaw: 1.7,
  chin: 1.6,
  forehead: 1.5,
  eyeWidth: 2.7,
  eyeHeight: 2.5,
  eyeSpacing: 2.8,
  brow: 2.4,
  noseLength: 3,
  noseWidth: 3,
  mouth: 1,
  lips: 1,
};

/** Smaller Jacobians are not allowed. */
export const LEAST_JACOBIAN = 0.2;
/** Shares of a change that are tried, until one does not come near a fold. */
const SHARES = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05];

/** @param others faces that stay where they are */
export function changeProportions(
  people: People,
  face: Face,
  changes: Changes,
  others: readonly Face[] = [],
): ChangeResult {
  const { picture, matte } = people;
  const isRigid = wearsGlasses(picture, face);
  const steps = reshape(frontalMesh(face.landmarks).points, drivenChanges(changes, isRigid));
  const free = moveLandmarks(face, steps);
  const moved = isRigid ? keepRigid(free, face) : free;
  const rect = reachOf(face, picture);
  const pins = [...pinnedPoints(face, rect), ...others.flatMap(outline)];
  const irises = visibleIrises(picture, face);
  for (const share of SHARES) {
    const landmarks = partly(moved, share);
    const inner = irisPoints(landmarks, irises);
    const from = [...landmarks.from, ...inner.from, ...pins];
    const to = [...landmarks.to, ...inner.to, ...pins];
    const whole = deform(rect, face.interocular, { from, to });
    const deformation = weighted(whole, fadingAround(matte, whole));
    const jacobian = smallestJacobian(deformation);
    if (!(jacobian > LEAST_JACOBIAN)) continue;
    return {
      picture: warpPicture(picture, deformation),
      matte: warpPlane(matte, deformation),
      face: movedFace(face, landmarks.to),
      share,
      jacobian,
    };
  }
  return { ...people, face, share: 0, jacobian: 1 };
}

/** A log ratio is driven no further: eyes no more than four times as open. */
const FURTHEST = 1.4;

/** Under glasses, eyes and all grow alike. */
function drivenChanges(changes: Changes, isRigid: boolean): Changes {
  const driven = changes.map((change, r) =>
    change === null ? null : Math.min(FURTHEST, Math.max(-FURTHEST, change * READING[RATIOS[r]])),
  );
  if (!isRigid) return driven;
  const at = (ratio: Ratio) => driven[RATIOS.indexOf(ratio)] ?? 0;
  const alike = (at('eyeWidth') + at('eyeSpacing')) / 2;
  return driven.map((change, r) => {
    if (RATIOS[r] === 'brow') return null;
    return ['eyeWidth', 'eyeHeight', 'eyeSpacing'].includes(RATIOS[r]) ? alike : change;
  });
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
