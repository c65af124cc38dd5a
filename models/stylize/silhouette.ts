/**
 * The reference's hair and costume asked for by guides: where they are wanted, a pixel's guides are the reference's own
 * at the place that the landmarks give it, so the painter finds them there, as FaceBlit (Texler et al. 2021) copies them.
 */
import { facePositions } from '../face/face-frame.ts';
import { contourMask, FOREHEAD, faceMask } from '../face/index.ts';
import { gaussianBlur } from '../image/blur.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { smoothstep } from '../image/smoothstep.ts';
import type { PositionMap } from '../synthesis/moving-least-squares.ts';
import { sampleLinear } from '../synthesis/sample.ts';
import type { Canvas } from './canvas.ts';
import type { ReferenceView } from './reference-view.ts';

export interface Silhouette {
  /** 0..1: where hair and costume are the reference's. */
  readonly worn: Plane;
  /** 0..1: the person with them. */
  readonly matte: Plane;
  /** A plane of the view, bent so that its face lies under the canvas's. */
  warp(plane: Plane): Plane;
}

/** The shapes at which the costume and then the hair begin to be put on, and how long that takes: two of either are a ghost. */
const [CLOTHES, HAIR, CHANGE] = [0.2, 0.7, 0.1];
/** Softness (eye distances) of the edge of the face that stays the person's, and how far that lies outside of the mesh. */
const EDGE = 0.05;
const GROWTH = 5;
/** From the first height on that is 0 to the second that is 1 a person is dressed; face heights below the middle. */
const CHIN = { begins: 0.4, complete: 0.6 } as const;

/** @param shape 0..1: the costume is put on around a quarter, the hair around three quarters */
export function wearReference(
  canvas: Canvas,
  view: ReferenceView,
  positions: PositionMap,
  shape: number,
): Silhouette {
  const { width, height } = canvas;
  const warp = (plane: Plane) => warpPlane(plane, positions);
  const person = warp(invert(view.regions.background));
  const hair = warp(view.regions.hair);
  const reach = reachOf(view, positions);
  const face = ownFace(canvas, hair);
  const { y } = facePositions(canvas.landmarks, width, height);
  const [costume, hairdo] = [CLOTHES, HAIR].map((begins) => smoothstep((shape - begins) / CHANGE));
  const worn = createPlane(width, height);
  const matte = createPlane(width, height);
  for (let i = 0; i < worn.data.length; i++) {
    const hairy = Math.max(canvas.regions.hair.data[i], reach.data[i] * hair.data[i]);
    const below = smoothstep((y.data[i] - CHIN.begins) / (CHIN.complete - CHIN.begins));
    const share = hairdo + (costume - hairdo) * below * (1 - Math.min(1, hairy));
    worn.data[i] = share * (1 - face.data[i]) * reach.data[i];
    // What was the person's own hair goes, also where the reference does not reach.
    const own = canvas.matte.data[i] * (1 - hairdo * (1 - face.data[i]) * canvas.regions.hair.data[i]);
    matte.data[i] = own + worn.data[i] * (person.data[i] - own);
  }
  return { worn, matte, warp };
}

const invert = (plane: Plane): Plane => ({ ...plane, data: plane.data.map((value) => 1 - value) });

/** A plane of a reference as the positions of another picture see it. */
export function warpPlane({ width, height, data }: Plane, { x, y }: PositionMap): Plane {
  const out = createPlane(x.width, x.height);
  for (let i = 0; i < out.data.length; i++) {
    const [u, v] = [clampTo(x.data[i], width), clampTo(y.data[i], height)];
    out.data[i] = sampleLinear(data, width, height, u, v);
  }
  return out;
}

const clampTo = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));

/** Over so much (eye distances of the view) the reference fades out at its border. */
const BORDER = 0.1;

/** 0..1: how far inside the reference a position lies. */
function reachOf({ lab, interocular }: ReferenceView, { x, y }: PositionMap): Plane {
  const { width, height } = lab.l;
  const out = createPlane(x.width, x.height);
  const fade = BORDER * interocular;
  for (let i = 0; i < out.data.length; i++) {
    const [u, v] = [x.data[i], y.data[i]];
    out.data[i] = smoothstep(Math.min(u, v, width - 1 - u, height - 1 - v) / fade);
  }
  return out;
}

/** The face without hair over it, of the reference or of the portrait. */
function ownFace({ width, height, landmarks, interocular, regions }: Canvas, worn: Plane): Plane {
  const { y, radius } = facePositions(landmarks, width, height);
  const strands = gaussianBlur(regions.hair, 0.04 * interocular);
  const forehead = contourMask(landmarks, FOREHEAD, width, height, 0.02 * interocular);
  const mask = faceMask(landmarks, width, height, EDGE * interocular);
  for (let i = 0; i < mask.data.length; i++) {
    mask.data[i] = Math.min(1, GROWTH * mask.data[i]);
    if (mask.data[i] < 1e-3) continue;
    const beside = smoothstep((radius.data[i] - 0.72) / 0.15) * smoothstep((0.3 - y.data[i]) / 0.1);
    const over =
      Math.max(forehead.data[i], beside) * Math.max(worn.data[i], Math.min(1, 3 * strands.data[i]));
    mask.data[i] *= 1 - Math.min(1, over);
  }
  return mask;
}
