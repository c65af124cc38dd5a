/** Beards and moustaches: what the parsing network is sure of, on both sides of the face. */
import { faceFrame } from '../face/face-frame.ts';
import { gaussianBlur } from '../image/blur.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { smoothstep } from '../image/smoothstep.ts';

export interface FaceShape {
  /** 468 · 3 coordinates in pixels */
  readonly landmarks: Float32Array;
  readonly interocular: number;
}

/** The network's share that is none, and that is all hair: less lies on the chins of the clean shaven and of women. */
const SURE = { from: 0.3, to: 0.6 } as const;
/** On the other side of the face there must be some, averaged over so much (eye distances). */
const SYMMETRY = { sigma: 0.15, least: 0.12 } as const;

/**
 * 0..1. Hair grows on both sides of a face; shadows, hands and microphones do not.
 * @param share what the parsing network says
 */
export function facialHairOn(share: Plane, { landmarks, interocular }: FaceShape): Plane {
  const { width, height } = share;
  const sure = { ...share, data: share.data.map((s) => smoothstep((s - SURE.from) / (SURE.to - SURE.from))) };
  const around = gaussianBlur(sure, SYMMETRY.sigma * interocular);
  const { centre, down } = faceFrame(landmarks);
  const out = createPlane(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (sure.data[i] < 0.01) continue;
      const across = (x - centre[0]) * down[1] - (y - centre[1]) * down[0];
      const u = clampTo(Math.round(x - 2 * across * down[1]), width);
      const v = clampTo(Math.round(y + 2 * across * down[0]), height);
      const other = around.data[v * width + u];
      out.data[i] = sure.data[i] * smoothstep((other - SYMMETRY.least) / SYMMETRY.least);
    }
  }
  return out;
}

const clampTo = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));
