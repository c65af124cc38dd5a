import { gaussianBlur } from '../../../models/image/blur.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import { type Canvas, glaze } from './canvas.ts';
import { clamp, type Rgb, ramp } from './colour.ts';
import { cloud } from './noise.ts';

/** How watery colour dries (after Curtis 1997, "Computer-generated watercolor", and Bousseau 2006). */
export interface Wash {
  /** Where the paper is wet, 0..1. */
  readonly shape: Plane;
  readonly ink: (i: number) => Rgb;
  /** Amount of ink, 1: its own colour on white paper. */
  readonly density: number;
  /** How much darker the rim dries, 0..1. */
  readonly edge?: number;
  /** How much the paper's valleys gather, 0..1. */
  readonly granulation?: number;
  /** How unevenly the colour flows, 0..1, and the width (px) of its clouds. */
  readonly flow?: number;
  readonly flowSize?: number;
}

export function layWash(canvas: Canvas, tooth: Plane, wash: Wash, seed: number): void {
  const { shape, ink, density, edge = 0.5, granulation = 0.25, flow = 0.5, flowSize = 90 } = wash;
  const { width } = canvas;
  const near = gaussianBlur(shape, 2.2);
  const wide = gaussianBlur(shape, 7);
  for (let i = 0; i < shape.data.length; i++) {
    const wet = shape.data[i];
    if (wet < 0.004) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    const rim = wet * (1.4 * clamp(1 - near.data[i]) + 0.5 * clamp(1 - wide.data[i]));
    const drift = 1 + flow * 2 * (cloud(x, y, flowSize, 3, seed) - 0.5);
    const grain = 1 + granulation * 2 * (0.5 - tooth.data[i]);
    glaze(
      canvas,
      i,
      ink(i),
      wet * density * Math.max(0.05, drift) * grain * (1 + 1.6 * edge * rim - 0.2 * edge),
    );
  }
}

/**
 * A brushed shape: 1 where the plane lies below a level, with a border that wobbles as a hand does.
 * @param wobble in units of the plane
 * @param softness half the width of the border, in units of the plane; large ones look wet
 */
export function brushedShape(
  plane: Plane,
  level: number,
  {
    wobble = 0.05,
    softness = 0.01,
    size = 26,
    seed = 1,
  }: { wobble?: number; softness?: number; size?: number; seed?: number },
): Plane {
  const { width, height } = plane;
  const out = createPlane(width, height);
  for (let i = 0; i < out.data.length; i++) {
    const shift = wobble * 2 * (cloud(i % width, Math.floor(i / width), size, 2, seed) - 0.5);
    out.data[i] = 1 - ramp(plane.data[i] + shift, level - softness, level + softness);
  }
  return out;
}

export const multiply = (a: Plane, b: Plane): Plane => ({ ...a, data: a.data.map((v, i) => v * b.data[i]) });
