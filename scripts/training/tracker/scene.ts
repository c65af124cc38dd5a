/** One training example: a head before a backdrop, seen twice, and what moved in between. */
import type { Motion } from '../../../models/track/motion.ts';
import { CROP_CONTEXT, CROP_SIDE } from '../../../models/track/network.ts';
import { degrade, drawDegradation } from './degrade.ts';
import { type Affine, drawLayer } from './draw-layer.ts';
import { FACE_SIDE, LAYER_SIDE, type Layer } from './layers.ts';
import { drawMotion, laplace } from './motion.ts';

export interface Sources {
  readonly heads: readonly Layer[];
  readonly backdrops: readonly Layer[];
}

export interface Scene {
  /** [6, 64, 64] in 0..1: the target's crop, the search crop. */
  readonly crops: Float32Array;
  readonly motion: Motion;
}

/** Sides of the tracked square in face squares, and how far (face squares) and turned (radians) it lies beside. */
const SQUARE_SIZES = [0.75, 1.35] as const;
const SQUARE_SHIFT = 0.1;
const SQUARE_TURN = 0.12;
/** Deviation of stretch, shear and perspective between the frames: heads also turn out of the plane. */
const DISTORTION = 0.045;
const OCCLUDED = { target: 0.08, search: 0.25 } as const;
const OUT_OF_FRAME = { target: 0.05, search: 0.15 } as const;
/** How often the backdrop is another portrait, and how often it moves, by Laplace shifts of this scale (squares). */
const CROWD = 0.25;
const CAMERA_MOVES = 0.5;
const CAMERA_SHIFT = 0.12;

type Random = () => number;
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)];
const between = (low: number, high: number, random: Random): number => low + (high - low) * random();

export function drawScene(sources: Sources, random: Random): Scene {
  const motion = drawMotion(random);
  const head = pick(sources.heads, random);
  const backdrop = pick(random() < CROWD ? sources.heads : sources.backdrops, random);
  const square = headPlacement(random);
  const behind = backdropPlacement(random);
  const camera = random() < CAMERA_MOVES ? [0, 1].map(() => laplace(random(), CAMERA_SHIFT)) : [0, 0];
  const shared = drawDegradation(random);
  const area = CROP_SIDE ** 2;
  const crops = new Float32Array(6 * area);
  const render = (crop: Float32Array, when: 'target' | 'search', place: (u: number, v: number) => Place) => {
    const moved = when === 'search' ? camera : [0, 0];
    drawLayer(
      crop,
      backdrop,
      affineOf((u, v) => behind(u - moved[0], v - moved[1])),
      false,
    );
    drawLayer(
      crop,
      head,
      affineOf((u, v) => square(...place(u, v))),
      true,
    );
    if (random() < OCCLUDED[when]) occlude(crop, sources, random);
    if (random() < OUT_OF_FRAME[when]) cutOff(crop, random);
    degrade(crop, drawDegradation(random, shared), when === 'search' ? motion : undefined, random);
  };
  render(crops.subarray(0, 3 * area), 'target', (u, v) => [u, v]);
  render(crops.subarray(3 * area), 'search', searchPlacement(motion, random));
  return { crops, motion };
}

type Place = [x: number, y: number];

/** From places in the crop, in squares from its middle, to pixels of the head's layer, perhaps mirrored. */
function headPlacement(random: Random): (u: number, v: number) => Place {
  const [low, high] = SQUARE_SIZES;
  const size = FACE_SIDE * low * (high / low) ** random();
  const shift = () => Math.max(-0.3, Math.min(0.3, laplace(random(), SQUARE_SHIFT)));
  const [x, y] = [shift() * FACE_SIDE, shift() * FACE_SIDE];
  const turn = SQUARE_TURN * normal(random);
  const mirror = random() < 0.5 ? -1 : 1;
  const [cos, sin] = [size * Math.cos(turn), size * Math.sin(turn)];
  return (u, v) => [
    LAYER_SIDE / 2 + mirror * (x + u * cos - v * sin),
    LAYER_SIDE / 2 + y + u * sin + v * cos,
  ];
}

function backdropPlacement(random: Random): (u: number, v: number) => Place {
  const size = between(25, 90, random);
  const [x, y] = [between(60, 132, random), between(60, 132, random)];
  const mirror = random() < 0.5 ? -1 : 1;
  return (u, v) => [x + mirror * size * u, y + size * v];
}

/** The inverse of motion and distortion: where what the search crop shows was in the target's. */
function searchPlacement({ x, y, logScale, roll }: Motion, random: Random): (u: number, v: number) => Place {
  const [cos, sin] = [Math.cos(-roll), Math.sin(-roll)].map((value) => value * Math.exp(-logScale));
  const [stretch, shear] = [DISTORTION * normal(random), DISTORTION * normal(random)];
  return (u, v) => {
    const [dx, dy] = [u - x, v - y];
    const [a, b] = [dx * cos - dy * sin, dx * sin + dy * cos];
    return [a * (1 + stretch) + b * shear, a * shear + b * (1 - stretch)];
  };
}

/** The affine map from crop pixels that a function of places in squares is. */
function affineOf(map: (u: number, v: number) => Place): Affine {
  const unit = CROP_CONTEXT / CROP_SIDE;
  const place = (i: number, j: number) => map((i + 0.5) * unit - 1, (j + 0.5) * unit - 1);
  const [origin, right, below] = [place(0, 0), place(1, 0), place(0, 1)];
  return {
    origin,
    across: [right[0] - origin[0], right[1] - origin[1]],
    down: [below[0] - origin[0], below[1] - origin[1]],
  };
}

/** An ellipse or a rectangle of something else. */
function occlude(crop: Float32Array, { backdrops }: Sources, random: Random): void {
  const cover = new Float32Array(crop.length);
  drawLayer(cover, pick(backdrops, random), affineOf(backdropPlacement(random)), false);
  const [cx, cy] = [between(12, 52, random), between(12, 52, random)];
  const [rx, ry] = [between(5, 16, random), between(5, 16, random)];
  const power = random() < 0.5 ? 2 : 12;
  for (let y = 0, i = 0; y < CROP_SIDE; y++) {
    for (let x = 0; x < CROP_SIDE; x++, i++) {
      if (Math.abs((x - cx) / rx) ** power + Math.abs((y - cy) / ry) ** power > 1) continue;
      for (let at = i; at < crop.length; at += CROP_SIDE ** 2) crop[at] = cover[at];
    }
  }
}

/** The picture ends here: its last row or column again and again, as crops are taken. */
function cutOff(crop: Float32Array, random: Random): void {
  const side = Math.floor(4 * random());
  const edge = Math.floor(between(6, 26, random));
  const last = CROP_SIDE - 1;
  const inside = (k: number) => (side & 1 ? Math.min(k, last - edge) : Math.max(k, edge));
  const source = crop.slice();
  for (let at = 0; at < crop.length; at++) {
    const [x, y] = [at % CROP_SIDE, Math.floor(at / CROP_SIDE) % CROP_SIDE];
    const [fromX, fromY] = side & 2 ? [x, inside(y)] : [inside(x), y];
    crop[at] = source[at + (fromY - y) * CROP_SIDE + fromX - x];
  }
}
