import { gaussianBlur } from '../../../models/image/blur.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { clamp } from './colour.ts';
import type { Sitter } from './sitter.ts';

export type Direction = readonly [x: number, y: number, z: number];
/** From the upper left, towards the viewer. */
const STUDIO: Direction = [-0.62, -0.42, 0.66];

/**
 * The tone under a stronger light from one side: official portraits are lit from the front, painters like a form that turns.
 * @param strength 0: the photograph's own light
 * @returns 0..1
 */
export function litTone({ tone, normals, segments }: Sitter, strength: number, light = STUDIO): Plane {
  const out = createPlane(tone.width, tone.height);
  for (let i = 0; i < out.data.length; i++) {
    const facing = light[0] * normals.x.data[i] + light[1] * normals.y.data[i] + light[2] * normals.z.data[i];
    const body = segments.skin.data[i] + 0.4 * segments.hair.data[i] + 0.3 * segments.clothes.data[i];
    out.data[i] = clamp(tone.data[i] + strength * Math.max(-0.8, facing - 0.64) * body);
  }
  return out;
}

/** 1 on the sitter's outline, 0 away from it. */
export function outline({ person }: Sitter): Plane {
  const soft = gaussianBlur(person, 2.5);
  return { ...soft, data: soft.data.map((p) => Math.max(0, 1 - 2.6 * Math.abs(p - 0.5))) };
}
