/**
 * Where a worn costume ends: its hem, along the line around the chin on which going over into the person's own clothes
 * shows least. The line is found by dynamic programming in polar coordinates, as seams of panoramas and quilts are (Efros,
 * Freeman 2001).
 */
import { type FaceFrame, faceFrame } from '../face/face-frame.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { smoothstep } from '../image/smoothstep.ts';

/** What the reference has for a pixel of a canvas: something, nothing because it is cut off there, or nothing. */
export const [COSTUME, CUT, ENDED] = [0, 1, 2];

/** Rays from within the chin to all sides below it. */
const RAYS = 192;
/** The rays begin so many face heights below the middle of the face. */
const CENTRE = 0.35;
/** The hem is no nearer to there than so many eye distances. */
const NEAREST = 0.3;
/**
 * So many pixels of hem that shows wholly are worth a pixel of costume, times the eye distance (px): costumes are there to
 * be worn.
 */
const SHORT = 2.5;
/** Softness of the hem in eye distances. */
const SOFT = 0.03;

/**
 * @param landmarks 468 · 3 coordinates in pixels
 * @param extent for each pixel COSTUME, CUT or ENDED
 * @param visible how much going over from the costume into the person's own clothes would show at a pixel
 * @returns 0..1: 1 where the costume goes, or nothing; 0 where the person's own clothes go
 */
export function findHem(
  landmarks: Float32Array,
  interocular: number,
  extent: Uint8Array,
  visible: Plane,
): Plane {
  const fan = createFan(faceFrame(landmarks), visible);
  const rays = Array.from({ length: RAYS }, (_, ray) => follow(fan, ray, interocular, extent, visible));
  const hem = leastVisible(rays);
  return inside(fan, hem, SOFT * interocular);
}

/** Polar coordinates of a canvas. */
interface Fan {
  readonly width: number;
  readonly height: number;
  readonly centre: readonly [number, number];
  /** Radians of the downward ray on screen, which is in the middle of the fan. */
  readonly down: number;
  /** Pixels from the centre beyond which there is no canvas. */
  readonly reach: number;
}

function createFan({ centre, down, height: face }: FaceFrame, { width, height }: Plane): Fan {
  const at = [0, 1].map((c) => centre[c] + CENTRE * face * down[c]);
  const reach = Math.ceil(Math.hypot(Math.max(at[0], width - at[0]), Math.max(at[1], height - at[1])));
  return { width, height, centre: [at[0], at[1]], down: Math.atan2(down[1], down[0]), reach };
}

interface Ray {
  /** Of a hem that crosses the ray at each radius; infinite where there can be none. */
  readonly across: Float32Array;
  /** Of a pixel of hem that runs along the ray. */
  readonly along: Float32Array;
  /** The largest radius at which there can be a hem. */
  readonly last: number;
  /** Whether at that no clothes begin, so that it is no hem at all. */
  readonly isFree: boolean;
}

function follow(fan: Fan, ray: number, interocular: number, extent: Uint8Array, visible: Plane): Ray {
  const angle = fan.down + (ray / (RAYS - 1) - 0.5) * Math.PI;
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const first = Math.round(NEAREST * interocular);
  const across = new Float32Array(fan.reach + 1).fill(Number.POSITIVE_INFINITY);
  const along = new Float32Array(fan.reach + 1);
  let last = first;
  let end = COSTUME;
  for (let r = first; r <= fan.reach; r++) {
    const x = Math.round(fan.centre[0] + r * dx);
    const y = Math.round(fan.centre[1] + r * dy);
    if (x < 0 || y < 0 || x >= fan.width || y >= fan.height) break;
    end = extent[y * fan.width + x];
    if (end !== COSTUME) break;
    last = r;
    along[r] = visible.data[y * fan.width + x];
  }
  const isFree = end !== CUT;
  for (let r = first; r <= last; r++) {
    const arc = (r * Math.PI) / (RAYS - 1);
    const shows = isFree && r === last ? 0 : along[r];
    across[r] = arc * (shows + (SHORT * (last - r)) / interocular);
  }
  return { across, along, last, isFree };
}

/** The radius of the hem on each ray; infinite where no clothes begin. */
function leastVisible(rays: readonly Ray[]): Float32Array {
  const origins: Int32Array[] = [];
  let sums = new Float32Array(rays[0].across.length);
  for (const { across, along } of rays) {
    const { least, origin } = moveAlong(sums, along);
    sums = least.map((sum, r) => sum + across[r]);
    origins.push(origin);
  }
  const hem = new Float32Array(rays.length);
  let r = sums.indexOf(Math.min(...sums));
  for (let k = rays.length - 1; k >= 0; k--) {
    const { last, isFree } = rays[k];
    hem[k] = isFree && r === last ? Number.POSITIVE_INFINITY : r;
    r = origins[k][r];
  }
  return hem;
}

/** For each radius the least sum that leads to it, moving along the ray at a cost, and the radius where it comes from. */
function moveAlong(sums: Float32Array, along: Float32Array): { least: Float32Array; origin: Int32Array } {
  const least = sums.slice();
  const origin = Int32Array.from(sums.keys());
  const step = (r: number, from: number) => {
    if (least[from] + along[r] >= least[r]) return;
    least[r] = least[from] + along[r];
    origin[r] = origin[from];
  };
  for (let r = 1; r < least.length; r++) step(r, r - 1);
  for (let r = least.length - 2; r >= 0; r--) step(r, r + 1);
  return { least, origin };
}

function inside({ width, height, centre, down }: Fan, hem: Float32Array, softness: number): Plane {
  const out = createPlane(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [dx, dy] = [x - centre[0], y - centre[1]];
      const turn = Math.atan2(dy, dx) - down;
      const angle = Math.atan2(Math.sin(turn), Math.cos(turn));
      const ray = (angle / Math.PI + 0.5) * (RAYS - 1);
      out.data[i] = 1;
      if (ray < 0 || ray > RAYS - 1) continue;
      const k = Math.min(RAYS - 2, Math.floor(ray));
      const radius = hem[k] + (ray - k) * (hem[k + 1] - hem[k]);
      if (radius < Number.POSITIVE_INFINITY) {
        out.data[i] = smoothstep((radius - Math.hypot(dx, dy)) / softness + 0.5);
      }
    }
  }
  return out;
}
