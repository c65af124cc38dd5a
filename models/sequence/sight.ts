/** How well one picture shows a face, for choosing among several. */
import type { Face } from '../face/index.ts';
import type { Plane } from '../image/picture.ts';
import { frontalMesh } from '../proportions/frontal-mesh.ts';
import { PLACES } from '../proportions/ratios.ts';

/** Angles in degrees, openings in distances between the outer corners of the eyes. */
export interface Sight {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly eyes: number;
  readonly mouth: number;
  /** Mean difference (grey levels) of neighbouring pixels in the face. */
  readonly sharpness: number;
  /** 0..1: how sure the mesh is that there is a face. */
  readonly presence: number;
  /** px */
  readonly interocular: number;
}

/** @param grey the picture that shows the face, 0..255 */
export function sightOf(grey: Plane, { landmarks, box, angle, score, interocular }: Face): Sight {
  const { yaw, pitch } = frontalMesh(landmarks);
  const { upperLids, lowerLids, openingTop, openingBottom } = PLACES;
  const apart = (a: number, b: number) =>
    Math.hypot(landmarks[3 * a] - landmarks[3 * b], landmarks[3 * a + 1] - landmarks[3 * b + 1]) /
    interocular;
  const lids = upperLids.map((upper, i) => apart(upper, lowerLids[i]));
  return {
    ...{ yaw, pitch, roll: (angle * 180) / Math.PI },
    eyes: lids.reduce((sum, value) => sum + value, 0) / lids.length,
    mouth: apart(openingTop, openingBottom),
    sharpness: sharpnessOf(grey, box),
    presence: score,
    interocular,
  };
}

function sharpnessOf({ width, height, data }: Plane, box: Face['box']): number {
  const [left, top] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))];
  const right = Math.min(width - 1, box.x + box.width);
  const bottom = Math.min(height - 1, box.y + box.height);
  let [sum, count] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left, i = y * width + left; x < right; x++, i++, count += 2)
      sum += Math.abs(data[i + 1] - data[i]) + Math.abs(data[i + width] - data[i]);
  }
  return sum / Math.max(1, count);
}

/** Degrees by which a head may be turned or nod and still be seen from the front: all such pictures are equally good. */
const FRONTAL = 10;
/**
 * What a fault counts in degrees of turning, so that on FaceBlit's and VToonify's clips and on `david` a blink, a wide open mouth and
 * a picture half as sharp as the others count as a head turned by 15 to 20 more: an eye distance of opening of the eyes and of the
 * mouth, all of the sharpness, and all of the presence.
 */
const COUNTS = { eyes: 300, mouth: 50, sharpness: 20, presence: 60 } as const;
/** What a degree between a picture and the others counts: half, so that one from the front is better than many turned ones. */
const FAR = 0.5;

/**
 * What is wrong with each of the pictures that show a face, in degrees: that the head is turned, that eyes are closed, the mouth is
 * open or the picture blurred, and how far it is from the others on the average, since what is painted from it has to reach them.
 */
export function faultsOf(sights: readonly Sight[]): number[] {
  const widest = Math.max(...sights.map(({ eyes }) => eyes));
  const sharpest = Math.max(...sights.map(({ sharpness }) => sharpness));
  return sights.map((sight) => {
    const turned = Math.max(0, Math.hypot(sight.yaw, sight.pitch) - FRONTAL);
    const closed = COUNTS.eyes * (widest - sight.eyes);
    const open = COUNTS.mouth * sight.mouth;
    const blurred = sharpest > 0 ? COUNTS.sharpness * (1 - sight.sharpness / sharpest) : 0;
    const unsure = COUNTS.presence * (1 - sight.presence);
    const far = (FAR * sights.reduce((sum, other) => sum + between(sight, other), 0)) / sights.length;
    return turned + closed + open + blurred + unsure + far;
  });
}

const between = (a: Sight, b: Sight): number =>
  Math.hypot(
    ...[a.yaw - b.yaw, a.pitch - b.pitch, a.roll - b.roll],
    ...[COUNTS.eyes * (a.eyes - b.eyes), COUNTS.mouth * (a.mouth - b.mouth)],
  );
