/** Whether somebody can be followed from picture to picture: a canvas that has lost its person falls to pieces. */
import type { Face } from '../face/index.ts';
import type { Plane } from '../image/picture.ts';
import type { ScaledFlow } from './carry.ts';
import { mapPoint, type NodeMap, readLinear } from './node-map.ts';

/** Grey levels by which a motion misses. */
const MISSED = 12;
/**
 * Share of a person who is missed, and eye distances by which the face ends up off its landmarks, from which on together they are
 * lost: a change of light, or a small picture's zoom, misses, but leads to the landmarks. Missed were at the most 0.02 in FaceBlit's
 * clip and one of it that zooms twofold, 0.42 and 0.70 where every fourth and eighth picture of `david` is shown; off were at
 * the most 0.08 in VToonify's clips and the zoom. Of every fourth and eighth picture of `david` most are 0.02 to 0.07 off by the motion
 * alone, and up to 0.11 and 0.41 where the head turns away.
 */
const LOST = { share: 0.2, astray: 0.1 };
/** Every fourth point of the mesh is enough. */
const STRIDE = 4;

/** Where somebody is: a canvas, and its map into the picture that the motion leads from. */
export interface Place {
  /** 0..1, of the person at the canvas's nodes. */
  readonly matte: Plane;
  readonly map: NodeMap;
  /** On the canvas; 468 · 3 coordinates, pixel centres at halves. */
  readonly landmarks: Float32Array;
}

/** @param face in the picture that the motion leads to */
export function isLost(motion: ScaledFlow, place: Place, face: Face): boolean {
  const { x, y } = place.map;
  const misfitAt = (i: number) => read(motion, motion.misfit, x.data[i], y.data[i]);
  return missedShare(place.matte, misfitAt) >= LOST.share && astray(motion, place, face) >= LOST.astray;
}

/** Share of what is more than half in a matte. @param misfitAt grey levels at each of its pixels */
export function missedShare({ data }: Plane, misfitAt: (i: number) => number): number {
  let [missed, all] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    if (data[i] < 0.5) continue;
    all++;
    if (misfitAt(i) > MISSED) missed++;
  }
  return missed / Math.max(1, all);
}

/** Eye distances between where the motion takes the face and where its landmarks are, on average. */
function astray(motion: ScaledFlow, { map, landmarks }: Place, face: Face): number {
  const { flow, width, height } = motion;
  const [sx, sy] = [flow.u.width / width, flow.u.height / height];
  let [sum, count] = [0, 0];
  for (let i = 0; i < landmarks.length; i += 3 * STRIDE, count++) {
    const [x, y] = mapPoint(map, landmarks[i] - 0.5, landmarks[i + 1] - 0.5);
    const u = x + read(motion, flow.u, x, y) / sx - (face.landmarks[i] - 0.5);
    const v = y + read(motion, flow.v, x, y) / sy - (face.landmarks[i + 1] - 0.5);
    sum += Math.hypot(u, v);
  }
  return sum / count / face.interocular;
}

/** A plane of the flow's size at (x, y) of the pictures. */
const read = ({ width, height }: ScaledFlow, plane: Plane, x: number, y: number): number =>
  readLinear(plane, ((x + 0.5) * plane.width) / width - 0.5, ((y + 0.5) * plane.height) / height - 0.5);
