/** Faults as a careless change of the product could make them, done to the finished picture. */
import { gaussianBlur } from '../../models/image/blur.ts';
import { type LabPlanes, labPlanes, pictureFromLab } from '../../models/image/colour.ts';
import { flipPicture } from '../../models/image/flip.ts';
import { createPlane, type Picture, type Plane } from '../../models/image/picture.ts';
import type { Region } from './regions.ts';

export interface Fault {
  readonly name: string;
  /** @param portrait of the result's size */
  readonly damage: (result: Picture, portrait: Picture, regions: Readonly<Record<Region, Plane>>) => Picture;
}

export const FAULTS: readonly Fault[] = [
  { name: 'mirrored', damage: flipPicture },
  { name: 'coloured as the portrait is', damage: portraitColours },
  { name: 'without its ground', damage: (result, portrait, { ground }) => mixIn(result, portrait, ground) },
  {
    name: 'with a and b exchanged',
    damage: (result) => withLab(result, ({ l, a, b }) => ({ l, a: b, b: a })),
  },
  { name: 'blurred', damage: blurred },
  {
    name: 'with its face 6 px aside',
    damage: (result, _, { face }) => mixIn(result, moved(result, 6), face),
  },
  {
    name: 'with the portrait shining through',
    damage: (result, portrait) => shiningThrough(result, portrait),
  },
  { name: 'with grey eyes', damage: (result, _, { eyes }) => mixIn(result, greyed(result), eyes) },
];

/** One level of grain: what another processor may make of the same code. */
export function harmlessNoise(result: Picture): Picture {
  const data = result.data.map((value, i) => (i % 4 === 3 ? value : value + ((i * 7919) % 3) - 1));
  return { ...result, data };
}

function withLab(result: Picture, change: (lab: LabPlanes) => LabPlanes): Picture {
  const { data } = pictureFromLab(change(labPlanes(result)));
  for (let i = 3; i < data.length; i += 4) data[i] = result.data[i];
  return { ...result, data };
}

function portraitColours(result: Picture, portrait: Picture): Picture {
  const { a, b } = labPlanes(portrait);
  return withLab(result, ({ l }) => ({ l, a, b }));
}

/** px; what is lost is the finest octave. */
const BLUR = 1;

function blurred(result: Picture): Picture {
  const soft = (plane: Plane) => gaussianBlur(plane, BLUR);
  return withLab(result, ({ l, a, b }) => ({ l: soft(l), a: soft(a), b: soft(b) }));
}

function greyed(result: Picture): Picture {
  const none = createPlane(result.width, result.height);
  return withLab(result, ({ l }) => ({ l, a: none, b: none }));
}

function shiningThrough(result: Picture, portrait: Picture): Picture {
  return mixIn(result, portrait, createPlane(result.width, result.height, 0.2));
}

/** Everything so many px to the right, the left border repeated. */
function moved(result: Picture, distance: number): Picture {
  const { width, data } = result;
  const out = data.slice();
  for (let i = 0; i < data.length / 4; i++) {
    const x = i % width;
    const from = i - x + Math.max(0, x - distance);
    out.set(data.subarray(from * 4, from * 4 + 4), i * 4);
  }
  return { ...result, data: out };
}

function mixIn(result: Picture, other: Picture, share: Plane): Picture {
  const data = result.data.map((value, i) => value + share.data[i >> 2] * (other.data[i] - value));
  return { ...result, data };
}
