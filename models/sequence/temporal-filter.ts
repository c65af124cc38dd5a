import type { Plane } from '../image/picture.ts';

/** How fast a filtered value follows: by a share of changes up to `still`, wholly from `change` on. */
export interface Pace {
  readonly share: number;
  readonly still: number;
  readonly change: number;
}

/** A recursive filter along the motion: small changes are noise, large ones are taken as they are. */
export function followPlane(before: Plane, now: Plane, pace: Pace): Plane {
  const data = new Float32Array(now.data.length);
  for (let i = 0; i < data.length; i++) data[i] = follow(before.data[i], now.data[i], pace);
  return { ...now, data };
}

export function follow(before: number, now: number, { share, still, change }: Pace): number {
  const difference = now - before;
  const size = Math.abs(difference);
  if (size >= change) return now;
  const t = Math.max(0, (size - still) / (change - still));
  return before + (share + t * (1 - share)) * difference;
}
