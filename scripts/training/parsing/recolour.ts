/** Hair, skin, clothes and grounds of other colours than US officials have. */

import type { ParsingClass } from '../../../models/face/parsing-classes.ts';
import { classNumber } from '../../labels/classes.ts';
import { bell, between, type Colour, happens, hsv, pick, type Random, smoothNoise } from './chance.ts';
import { AREA, lumaOf, meanOf, type Scene, SIDE } from './scene.ts';

const HAIR: readonly Colour[] = [
  [0.05, 0.04, 0.04],
  [0.16, 0.1, 0.07],
  [0.35, 0.22, 0.13],
  [0.5, 0.2, 0.08],
  [0.75, 0.58, 0.35],
  [0.88, 0.76, 0.52],
  [0.95, 0.87, 0.7],
  [0.82, 0.72, 0.6],
  [0.42, 0.42, 0.43],
  [0.6, 0.6, 0.6],
  [0.76, 0.75, 0.73],
  [0.9, 0.9, 0.88],
];
const SKIN: readonly Colour[] = [
  [0.22, 0.13, 0.09],
  [0.38, 0.24, 0.17],
  [0.55, 0.37, 0.27],
  [0.72, 0.52, 0.4],
  [0.88, 0.7, 0.58],
  [0.96, 0.84, 0.76],
];

/** Any colour: mostly of the list, otherwise of any hue. */
const drawColour = (random: Random, list: readonly Colour[], anything: number): Colour =>
  happens(random, anything)
    ? hsv(random(), between(random, 0, 0.9), between(random, 0.1, 1))
    : pick(random, list);

/** Gives the samples of some classes a mean colour and keeps their light and shade. */
function recolour(scene: Scene, names: readonly ParsingClass[], target: Colour, contrast: number): void {
  const mean = meanOf(scene, names);
  if (!mean) return;
  const wanted = new Set(names.map(classNumber));
  const { rgb, labels } = scene;
  const middle = 0.299 * mean[0] + 0.587 * mean[1] + 0.114 * mean[2] + 0.04;
  for (let i = 0; i < AREA; i++) {
    if (!wanted.has(labels[i])) continue;
    const light = Math.max(0, 1 + contrast * ((lumaOf(rgb, i) + 0.04) / middle - 1));
    for (let c = 0; c < 3; c++) rgb[c * AREA + i] = Math.min(1, target[c] * light);
  }
}

/** Hair of any colour; at times near that of the skin beside it, as pale blond hair is. */
export function recolourHair(scene: Scene, random: Random): void {
  const skin = happens(random, 0.25) ? meanOf(scene, ['faceSkin']) : null;
  const [light, grey] = [between(random, 0.75, 1.25), between(random, 0, 0.5)];
  const middle = skin ? (skin[0] + skin[1] + skin[2]) / 3 : 0;
  const near = ([r, g, b]: Colour): Colour => {
    const at = (value: number) => Math.min(1, light * (value + grey * (middle - value)));
    return [at(r), at(g), at(b)];
  };
  const target = skin ? near(skin) : drawColour(random, HAIR, 0.25);
  recolour(
    scene,
    happens(random, 0.6) ? ['hair', 'facialHair', 'brows'] : ['hair'],
    target,
    between(random, 0.5, 1.2),
  );
}

/** Multiplies skin, so that lips and eyes stay what they are. */
export function recolourSkin(scene: Scene, random: Random): void {
  const mean = meanOf(scene, ['faceSkin']);
  if (!mean) return;
  const target = drawColour(random, SKIN, 0.15);
  const wanted = new Set((['faceSkin', 'bodySkin', 'lips'] as const).map(classNumber));
  const { rgb, labels } = scene;
  for (let i = 0; i < AREA; i++) {
    if (!wanted.has(labels[i])) continue;
    for (let c = 0; c < 3; c++)
      rgb[c * AREA + i] = Math.min(1, rgb[c * AREA + i] * ((target[c] + 0.02) / (mean[c] + 0.02)));
  }
}

/** Cloth of another colour, sometimes that of skin, hair or ground, sometimes patterned. */
export function recolourClothes(scene: Scene, random: Random): void {
  const near = happens(random, 0.25)
    ? meanOf(scene, [pick(random, ['faceSkin', 'hair', 'background'] as const)])
    : null;
  const target = near ?? hsv(random(), between(random, 0, 0.9) ** 1.5, between(random, 0.05, 1));
  const pattern = drawPattern(random, target);
  const { rgb, labels } = scene;
  const clothes = classNumber('clothes');
  const mean = meanOf(scene, ['clothes']);
  if (!mean) return;
  const middle = 0.3 * mean[0] + 0.59 * mean[1] + 0.11 * mean[2] + 0.15;
  for (let i = 0; i < AREA; i++) {
    if (labels[i] !== clothes) continue;
    const light = Math.min(1.6, (lumaOf(rgb, i) + 0.15) / middle);
    const ink = pattern(i % SIDE, Math.floor(i / SIDE));
    for (let c = 0; c < 3; c++) rgb[c * AREA + i] = Math.min(1, ink[c] * light);
  }
}

/** Plain, striped, checked, dotted or cloudy. */
export function drawPattern(random: Random, base: Colour): (x: number, y: number) => Colour {
  const kind = Math.floor(between(random, 0, 7));
  if (kind < 3) return () => base;
  const other = hsv(random(), between(random, 0, 0.9), between(random, 0.05, 1));
  const period = between(random, 3, 30);
  const angle = between(random, 0, Math.PI);
  const [cos, sin] = [Math.cos(angle) / period, Math.sin(angle) / period];
  const noise = smoothNoise(random);
  const wave = (t: number) => (t - Math.floor(t) < 0.5 ? 1 : 0);
  const shareAt = (x: number, y: number): number => {
    const [u, v] = [x * cos + y * sin, y * cos - x * sin];
    if (kind === 3) return wave(u);
    if (kind === 4) return (wave(u) + wave(v)) / 2;
    if (kind === 5) return Math.hypot(u - Math.floor(u) - 0.5, v - Math.floor(v) - 0.5) < 0.28 ? 1 : 0;
    return noise(u * 3, v * 3);
  };
  return (x, y) => {
    const t = shareAt(x, y);
    return [
      base[0] + t * (other[0] - base[0]),
      base[1] + t * (other[1] - base[1]),
      base[2] + t * (other[2] - base[2]),
    ];
  };
}

/** A part of a picture as a ground: [3, side, side] at any place and scale. */
export type Backdrop = (random: Random) => Float32Array;

/**
 * Another ground behind the person: a photograph, plain, in a gradient or patterned, sometimes of the colour of skin,
 * hair or clothes.
 */
export function replaceGround(scene: Scene, random: Random, backdrop: Backdrop): void {
  const { rgb, labels } = scene;
  const background = classNumber('background');
  const photograph = happens(random, 0.45) ? backdrop(random) : null;
  const near = happens(random, 0.3)
    ? meanOf(scene, [pick(random, ['faceSkin', 'hair', 'clothes'] as const)])
    : null;
  const from = near ?? hsv(random(), between(random, 0, 0.8) ** 1.5, between(random, 0.05, 1));
  const to = hsv(random(), between(random, 0, 0.8) ** 1.5, between(random, 0.05, 1));
  const pattern = drawPattern(random, from);
  const gradient = happens(random, 0.5) ? between(random, 0, 0.6) : 0;
  const [ax, ay] = [bell(random), bell(random)].map((value) => value / SIDE);
  const mask = new Float32Array(AREA);
  for (let i = 0; i < AREA; i++) mask[i] = labels[i] === background ? 1 : 0;
  const soft = softened(mask);
  for (let i = 0; i < AREA; i++) {
    if (soft[i] === 0) continue;
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    const t = gradient * Math.min(1, Math.max(0, 0.5 + ax * (x - SIDE / 2) + ay * (y - SIDE / 2)));
    const ink = pattern(x, y);
    for (let c = 0; c < 3; c++) {
      const value = photograph ? photograph[c * AREA + i] : ink[c] + t * (to[c] - ink[c]);
      rgb[c * AREA + i] += soft[i] * (value - rgb[c * AREA + i]);
    }
  }
}

/** Mean over 3 × 3 samples. */
function softened(mask: Float32Array): Float32Array {
  const out = new Float32Array(AREA);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      let [sum, count] = [0, 0];
      for (let v = Math.max(0, y - 1); v <= Math.min(SIDE - 1, y + 1); v++)
        for (let u = Math.max(0, x - 1); u <= Math.min(SIDE - 1, x + 1); u++, count++)
          sum += mask[v * SIDE + u];
      out[y * SIDE + x] = sum / count;
    }
  }
  return out;
}
