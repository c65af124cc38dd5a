/** Beards and moustaches, of people and of paintings: what is darker or rougher in the lower face than the cheeks above. */
import { type FacePositions, faceFrame, facePositions } from '../face/face-frame.ts';
import { contourMask, LIPS_OUTER } from '../face/index.ts';
import { gaussianBlur } from '../image/blur.ts';
import type { LabPlanes } from '../image/colour.ts';
import { maskedBlur } from '../image/masked-blur.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { smoothstep } from '../image/smoothstep.ts';
import { weightedMean } from '../image/weighted-mean.ts';

export interface FaceShape {
  /** 468 · 3 coordinates in pixels */
  readonly landmarks: Float32Array;
  readonly interocular: number;
}

/** Where it may grow: below the base of the nose (a point of the mesh; face heights), and radii of the mesh's outline. */
const ZONE = { base: 2, above: 0.01, fade: 0.02, radius: 0.98, darkRadius: 0.86, edge: 0.1 } as const;
/** Cheeks and nose above it tell what skin looks like. */
const CHEEKS = { top: -0.2, bottom: 0.12, radius: 0.85 } as const;
/** Skin in the shadow of a nose or chin is darker (L* at a cheek of L* 65) than the cheek by less than this; hair by more. */
const DARKER = { shade: 16, hair: 30, cheek: 65 } as const;
/** Reach (eye distances) over which the cheek's lightness is told to the zone, so that the shaded side stays skin. */
const CHEEK_REACH = 0.3;
/** Texture (mean absolute deviation of L*) finer than `sigma` (eye distances): so many times the cheek's is hair's. */
const ROUGH = { sigma: 0.016, average: 0.05, least: 1.35, hair: 2, line: 4 } as const;
/** Hair covers: what is thinner than about this (eye distances) is a fold, a lip or a shadow. */
const SPREAD = { sigma: 0.08, least: 0.3, most: 0.5 } as const;
/** On the other side of the face there must be some, averaged over so much (eye distances). */
const SYMMETRY = { sigma: 0.15, least: 0.12 } as const;
/** In a smaller face (px of eye distance) folds and shadows look like hair, and hair like a shadow: none is found there. */
const SMALLEST = 40;
/** Lips are left out with so much (eye distances) around them. */
const LIP_MARGIN = 0.02;

/**
 * 0..1
 * @param skin share of each pixel
 * @param features 0..1: eyes, brows, nose and mouth
 */
export function facialHairPlane(lab: LabPlanes, skin: Plane, features: Plane, face: FaceShape): Plane {
  const { width, height } = skin;
  const { landmarks, interocular } = face;
  const out = createPlane(width, height);
  if (interocular < SMALLEST) return out;
  const places = facePositions(landmarks, width, height);
  const cheeks = cheekMask(skin, features, places);
  if (cheeks.data.reduce((sum, value) => sum + value, 0) < 30) return out;
  const cheek = maskedBlur(cheeks, CHEEK_REACH * interocular)(lab.l);
  const soft = gaussianBlur(lab.l, Math.max(0.5, 0.02 * interocular));
  const lips = contourMask(landmarks, LIPS_OUTER, width, height, LIP_MARGIN * interocular);
  const rough = roughness(lab.l, cheeks, lips, interocular);
  const top = heightOf(landmarks, ZONE.base) - ZONE.above;
  for (let i = 0; i < out.data.length; i++) {
    if (places.radius.data[i] > ZONE.radius || skin.data[i] < 0.05) continue;
    const below = smoothstep((places.y.data[i] - top) / ZONE.fade);
    const zone = below * Math.max(0, 1 - 2 * lips.data[i]);
    if (zone <= 0) continue;
    const unit = Math.max(0.4, cheek.data[i] / DARKER.cheek);
    const darker = (cheek.data[i] - soft.data[i]) / unit;
    const dark = smoothstep((darker - DARKER.shade) / (DARKER.hair - DARKER.shade));
    const inner = smoothstep((ZONE.darkRadius + ZONE.edge - places.radius.data[i]) / ZONE.edge);
    out.data[i] = zone * skin.data[i] * Math.max(inner * dark, rough.data[i]);
  }
  return onBothSides(spreadOnly(fullGrown(out, landmarks, interocular), interocular), face);
}

/** Points of the mesh where a moustache and a beard grow at the least: over the upper lip, and on the chin. */
const GROWN = {
  moustache: [164, 165, 391],
  beard: [200, 201, 421],
  corners: [61, 291],
  reach: 0.06,
} as const;

/** Moustache and beard where the middle of either is hairy; the folds of a smile are not. */
function fullGrown(hair: Plane, landmarks: Float32Array, interocular: number): Plane {
  const { width, height } = hair;
  const around = gaussianBlur(hair, GROWN.reach * interocular);
  const at = (point: number) => {
    const [x, y] = [0, 1].map((c) => Math.round(landmarks[3 * point + c]));
    return around.data[clampTo(y, height) * width + clampTo(x, width)];
  };
  const [moustache, beard] = [GROWN.moustache, GROWN.beard].map((points) =>
    smoothstep((Math.min(...points.map(at)) - 0.25) / 0.25),
  );
  const { y } = facePositions(landmarks, width, height);
  const mouth = (heightOf(landmarks, GROWN.corners[0]) + heightOf(landmarks, GROWN.corners[1])) / 2;
  const data = hair.data.map((value, i) => value * (y.data[i] < mouth ? Math.max(moustache, beard) : beard));
  return { ...hair, data };
}

/** Hair grows on both sides of a face; shadows do not. */
function onBothSides(hair: Plane, { landmarks, interocular }: FaceShape): Plane {
  const { width, height } = hair;
  const around = gaussianBlur(hair, SYMMETRY.sigma * interocular);
  const { centre, down } = faceFrame(landmarks);
  const out = createPlane(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (hair.data[i] < 0.01) continue;
      const across = (x - centre[0]) * down[1] - (y - centre[1]) * down[0];
      const u = clampTo(Math.round(x - 2 * across * down[1]), width);
      const v = clampTo(Math.round(y + 2 * across * down[0]), height);
      const other = around.data[v * width + u];
      out.data[i] = hair.data[i] * smoothstep((other - SYMMETRY.least) / SYMMETRY.least);
    }
  }
  return out;
}

const clampTo = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));

function spreadOnly(hair: Plane, interocular: number): Plane {
  const around = gaussianBlur(hair, SPREAD.sigma * interocular);
  for (let i = 0; i < hair.data.length; i++) {
    hair.data[i] *= smoothstep((around.data[i] - SPREAD.least) / (SPREAD.most - SPREAD.least));
  }
  return gaussianBlur(hair, Math.max(0.5, 0.02 * interocular));
}

/** Of a point of the mesh, in face heights from the middle of the face. */
function heightOf(landmarks: Float32Array, point: number): number {
  const { centre, down, height } = faceFrame(landmarks);
  return (
    ((landmarks[3 * point] - centre[0]) * down[0] + (landmarks[3 * point + 1] - centre[1]) * down[1]) / height
  );
}

function cheekMask(skin: Plane, features: Plane, { y, radius }: FacePositions): Plane {
  const mask = createPlane(skin.width, skin.height);
  for (let i = 0; i < mask.data.length; i++) {
    const isCheek = y.data[i] > CHEEKS.top && y.data[i] < CHEEKS.bottom && radius.data[i] < CHEEKS.radius;
    mask.data[i] = isCheek && skin.data[i] > 0.8 && features.data[i] < 0.3 ? 1 : 0;
  }
  return mask;
}

/** 0..1: how much rougher than cheeks. */
function roughness(l: Plane, cheeks: Plane, lips: Plane, interocular: number): Plane {
  const smooth = gaussianBlur(l, Math.max(0.8, ROUGH.sigma * interocular));
  const deviation = { ...l, data: l.data.map((value, i) => Math.abs(value - smooth.data[i])) };
  const line = ROUGH.line * Math.max(0.75, weightedMean(deviation, cheeks));
  for (let i = 0; i < l.data.length; i++) deviation.data[i] = Math.min(line, deviation.data[i]);
  const outside = { ...lips, data: lips.data.map((value) => (value > 0.2 ? 0 : 1)) };
  const mean = maskedBlur(outside, ROUGH.average * interocular)(deviation);
  const usual = Math.max(0.8, weightedMean(mean, cheeks));
  const data = mean.data.map((value) =>
    smoothstep((value / usual - ROUGH.least) / (ROUGH.hair - ROUGH.least)),
  );
  return { ...l, data };
}
