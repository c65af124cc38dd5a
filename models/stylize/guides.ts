/**
 * What the painter compares besides patches: lightness of the abstracted picture in two bands, its colour, materials and
 * features. Strokes are not in a guide, for the reference is abstracted as the portrait is.
 */
import { gaussianBlur } from '../image/blur.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import type { Kernels } from '../synthesis/kernels/kernels.ts';
import type { Parameters } from './parameters.ts';
import type { Regions } from './regions.ts';

/** A lightness without strokes and photographic texture, */
export interface Abstraction {
  /** and the same with the features less abstracted. */
  readonly broad: Plane;
  readonly detailed: Plane;
}

export function abstractLightness(
  kernels: Kernels,
  lightness: Plane,
  features: Plane,
  interocular: number,
  p: Parameters,
): Abstraction {
  const at = (size: number) =>
    kernels.kuwahara(lightness, Math.max(2, Math.round(size * interocular)), p.abstractionThreshold);
  const broad = at(p.abstraction);
  const fine = at(p.featureAbstraction);
  return { broad, detailed: mix(broad, fine, features) };
}

export const MATERIALS = ['background', 'skin', 'hair', 'clothes'] as const;
export const SKIN = MATERIALS.indexOf('skin');

/** @param labels one plane for each of MATERIALS: how much of the pixel is asked to be (or is) of it */
export function guidePlanes(
  { broad, detailed }: Abstraction,
  colour: { readonly a: Plane; readonly b: Plane },
  labels: readonly Plane[],
  { features, parts, facialHair }: Regions,
  interocular: number,
  p: Parameters,
): Plane[] {
  const coarse = gaussianBlur(broad, p.guideCoarse * interocular);
  const fine = gaussianBlur(detailed, Math.max(0.5, p.guideFine * interocular));
  for (let i = 0; i < fine.data.length; i++) {
    fine.data[i] = p.fineGuide * (1 + features.data[i]) * (fine.data[i] - coarse.data[i]);
  }
  const soft = (plane: Plane, gain: number) => scale(gaussianBlur(plane, 1), gain);
  const ab = (plane: Plane) => scale(gaussianBlur(plane, p.guideCoarse * interocular), p.colourGuide);
  const copy = (plane: Plane) => ({ ...plane, data: plane.data.slice() });
  return [
    scale(coarse, p.coarseGuide),
    fine,
    ab(colour.a),
    ab(colour.b),
    ...labels.map((plane) => soft(plane, p.labelGuide)),
    scale(copy(features), p.featureGuide),
    scale(copy(parts), p.partGuide),
    soft(facialHair, p.facialHairGuide),
  ];
}

/** In place. */
function scale(plane: Plane, gain: number): Plane {
  for (let i = 0; i < plane.data.length; i++) plane.data[i] *= gain;
  return plane;
}

export function mix(from: Plane, to: Plane, share: Plane): Plane {
  const out = createPlane(from.width, from.height);
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = from.data[i] + share.data[i] * (to.data[i] - from.data[i]);
  }
  return out;
}
