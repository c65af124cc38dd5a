/** What the canvas of a person shows of the next picture, held steady. */
import { type Placement, placeParsing } from '../face/index.ts';
import { type LabPlanes, labPlanes } from '../image/colour.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { type Segments, segmentPortrait } from '../segment/segments.ts';
import type { Canvas } from '../stylize/canvas.ts';
import type { ParsedFace } from '../stylize/portrait-analysis.ts';
import { regionsOf } from '../stylize/regions.ts';
import { mapPoint, type NodeMap, similarityOf } from './node-map.ts';
import { follow, followPlane, type Pace } from './temporal-filter.ts';
import { canvasLandmarks, warpIn, warpPlane } from './warp.ts';

/** How the canvas's own picture (L*a*b*), its masks (0..1) and its landmarks (eye distances) follow the portrait. */
const PACE: Readonly<Record<'colour' | 'mask' | 'landmark', Pace>> = {
  colour: { share: 0.6, still: 2, change: 7 },
  mask: { share: 0.35, still: 0.15, change: 0.6 },
  landmark: { share: 0.5, still: 0.006, change: 0.02 },
};

/** A picture of the sequence, and where the canvas is in it. */
export interface View {
  readonly portrait: Picture;
  readonly face: ParsedFace;
  /** Of the person, at the portrait's size. */
  readonly matte: Plane;
  /** Of the canvas into the portrait, and back. */
  readonly map: NodeMap;
  readonly inverse: NodeMap;
}

/** @param looksAgain whether materials are looked at again in any case; else they move along while they fit the matte */
export function followView(
  before: Canvas,
  { portrait, face, matte, map, inverse }: View,
  looksAgain: boolean,
): Canvas {
  const { scale, interocular } = before;
  const picture = warpIn(portrait, map, scale);
  const lab = followLab(before.lab, labPlanes(picture));
  const own = followPlane(before.matte, warpPlane(matte, map), PACE.mask);
  const landmarks = canvasLandmarks(face.landmarks, inverse, scale);
  for (let i = 0; i < landmarks.length; i++)
    landmarks[i] =
      interocular * follow(before.landmarks[i] / interocular, landmarks[i] / interocular, PACE.landmark);
  const shape = { landmarks, interocular };
  const segments =
    looksAgain || differs(before.segments, own)
      ? followSegments(before.segments, segmentsOf(picture, face, own, map))
      : before.segments;
  const regions = regionsOf(segments, shape, before.regions.covered);
  return { ...before, lab, matte: own, landmarks, segments, regions };
}

/** Materials are where the picture shows them: a collar does not move along with the face above it. */
function segmentsOf(picture: Picture, { parsing }: ParsedFace, matte: Plane, map: NodeMap): Segments {
  const { a, b } = similarityOf(map);
  const scale = 1 / Math.hypot(a, b);
  const at: Placement = (x, y) => {
    const [u, v] = mapPoint(map, x - 0.5, y - 0.5);
    return [scale * (u + 0.5), scale * (v + 0.5)];
  };
  return segmentPortrait(picture, placeParsing(parsing, { x: 0, y: 0 }, scale), matte, at);
}

/** Share of the person of which materials and matte may tell differently before materials are looked at again. */
const DIFFERENT = 0.01;

/** Whether a head shows, or hides, what it did not when its materials were told: hair would be painted as ground. */
function differs({ background }: Segments, matte: Plane): boolean {
  let [different, person] = [0, 0];
  for (let i = 0; i < matte.data.length; i++) {
    different += Math.abs(1 - background.data[i] - matte.data[i]);
    person += matte.data[i];
  }
  return different > DIFFERENT * person;
}

const followSegments = (before: Segments, now: Segments): Segments => ({
  background: followPlane(before.background, now.background, PACE.mask),
  skin: followPlane(before.skin, now.skin, PACE.mask),
  hair: followPlane(before.hair, now.hair, PACE.mask),
  clothes: followPlane(before.clothes, now.clothes, PACE.mask),
  facialHair: followPlane(before.facialHair, now.facialHair, PACE.mask),
});

/** A channel changes where the lightness does. */
function followLab(before: LabPlanes, now: LabPlanes): LabPlanes {
  const { still, change, share } = PACE.colour;
  const out: LabPlanes = { l: { ...now.l }, a: { ...now.a }, b: { ...now.b } };
  for (let i = 0; i < now.l.data.length; i++) {
    const [dl, da, db] = [
      now.l.data[i] - before.l.data[i],
      now.a.data[i] - before.a.data[i],
      now.b.data[i] - before.b.data[i],
    ];
    const size = Math.sqrt(dl * dl + da * da + db * db);
    const t = Math.min(1, Math.max(0, (size - still) / (change - still)));
    const rest = 1 - (share + t * (1 - share));
    out.l.data[i] -= rest * dl;
    out.a.data[i] -= rest * da;
    out.b.data[i] -= rest * db;
  }
  return out;
}
