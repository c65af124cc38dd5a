/** How steady moving pictures are: what differs from picture to picture that the motion of the portrait does not explain. */
import type { Face } from '../../../models/face/index.ts';
import { gaussianBlur } from '../../../models/image/blur.ts';
import { createPicture, createPlane, type Picture, type Plane } from '../../../models/image/picture.ts';
import {
  createTap,
  type Flow,
  misfitOf,
  opticalFlow,
  placeTap,
  readTap,
  splineCoefficients,
  steadyFlow,
} from '../../../models/sequence/index.ts';

/** Sigma (px) over which motion is smoothed where the picture does not tell it. */
const STEADY = 6;
/** Sigma (px): what is finer is fine texture. */
const FINE = 1.5;

/** Luma 0..255. */
export function grey({ width, height, data }: Picture): Plane {
  const out = createPlane(width, height);
  for (let i = 0, k = 0; i < out.data.length; i++, k += 4)
    out.data[i] = 0.299 * data[k] + 0.587 * data[k + 1] + 0.114 * data[k + 2];
  return out;
}

/** 1 on the head: the person inside the face's box and what hair stands around it. */
export function headMask({ box }: Face, matte: Plane): Uint8Array {
  const { width, height, data } = matte;
  const mask = new Uint8Array(data.length);
  const [left, right] = [box.x - 0.15 * box.width, box.x + 1.15 * box.width];
  const [top, bottom] = [box.y - 0.35 * box.height, box.y + 1.05 * box.height];
  for (let y = Math.max(0, Math.ceil(top)); y < Math.min(height, bottom); y++) {
    for (let x = Math.max(0, Math.ceil(left)); x < Math.min(width, right); x++)
      if (data[y * width + x] >= 0.5) mask[y * width + x] = 1;
  }
  return mask;
}

/** Whom a portrait shows, and where (1) their head is. */
export interface Head {
  readonly face: Face;
  readonly mask: Uint8Array;
}

/** Motion between two portraits, and where (1) it leads back to where it came from: what is hidden does not. */
export interface Motion {
  readonly flow: Flow;
  readonly isSeen: Uint8Array;
}

/** @param mask of the first, @param maskTo of the second: both must show the head */
export function motionOf(from: Picture, to: Picture, mask: Uint8Array, maskTo: Uint8Array): Motion {
  const [a, b] = [grey(from), grey(to)];
  const [flow, back] = [steady(a, b, mask), steady(b, a, maskTo)];
  const { width, height } = a;
  const isSeen = new Uint8Array(mask.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (!mask[i]) continue;
      const [u, v] = [flow.u.data[i], flow.v.data[i]];
      const [tx, ty] = [Math.round(x + u), Math.round(y + v)];
      if (tx < 0 || ty < 0 || tx >= width || ty >= height) continue;
      const k = ty * width + tx;
      if (!maskTo[k]) continue;
      const [bu, bv] = [back.u.data[k], back.v.data[k]];
      // Sundaram et al. 2010, "Dense point trajectories by GPU-accelerated large displacement optical flow", equation 5.
      const limit = 0.01 * (u * u + v * v + bu * bu + bv * bv) + 0.5;
      if ((u + bu) ** 2 + (v + bv) ** 2 <= limit) isSeen[i] = 1;
    }
  }
  return { flow, isSeen };
}

function steady(from: Plane, to: Plane, mask: Uint8Array): Flow {
  const raw = opticalFlow(from, to, { spacing: 3, steps: 16 });
  const people = { width: from.width, height: from.height, data: Float32Array.from(mask) };
  return steadyFlow(raw, from, misfitOf(raw, from, to), people, STEADY);
}

/** Mean absolute difference (0..255, all channels) of the second picture, moved back, and the first. */
export function warpingError(from: Picture, to: Picture, motion: Motion): number {
  let [sum, count] = [0, 0];
  eachResidual(from, to, motion, (_, difference) => {
    sum += difference;
    count++;
  });
  return sum / Math.max(1, count);
}

/** Where the second picture, moved back, differs from the first: `gain` times the difference, on black. */
export function residualPicture(from: Picture, to: Picture, motion: Motion, gain: number): Picture {
  const out = createPicture(from.width, from.height);
  for (let k = 3; k < out.data.length; k += 4) out.data[k] = 255;
  eachResidual(from, to, motion, (i, difference) => out.data.fill(gain * difference, 4 * i, 4 * i + 3));
  return out;
}

function eachResidual(
  from: Picture,
  to: Picture,
  { flow, isSeen }: Motion,
  visit: (i: number, difference: number) => void,
): void {
  const { width, height } = from;
  const splines = [0, 1, 2].map((c) => splineCoefficients(channelOf(to, c)));
  const tap = createTap();
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (!isSeen[i]) continue;
      placeTap(tap, splines[0], x + flow.u.data[i], y + flow.v.data[i]);
      let sum = 0;
      for (let c = 0; c < 3; c++) {
        const value = Math.min(255, Math.max(0, readTap(tap, splines[c])));
        sum += Math.abs(value - from.data[4 * i + c]);
      }
      visit(i, sum / 3);
    }
  }
}

/** The same at the same place, without any motion. */
export function frameDifference(from: Picture, to: Picture, mask: Uint8Array): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    for (let c = 0; c < 3; c++) sum += Math.abs(to.data[4 * i + c] - from.data[4 * i + c]);
    count += 3;
  }
  return sum / Math.max(1, count);
}

/** Standard deviation (grey levels) of what is finer than FINE. */
export function fineTexture(picture: Picture, mask: Uint8Array): number {
  const plane = grey(picture);
  const smooth = gaussianBlur(plane, FINE);
  let [sum, count] = [0, 0];
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    sum += (plane.data[i] - smooth.data[i]) ** 2;
    count++;
  }
  return Math.sqrt(sum / Math.max(1, count));
}

function channelOf({ width, height, data }: Picture, channel: number): Plane {
  const out = createPlane(width, height);
  for (let i = 0, k = channel; i < out.data.length; i++, k += 4) out.data[i] = data[k];
  return out;
}
