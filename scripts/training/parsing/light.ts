/** Exposure, light and the faults of cameras. */
import { bell, between, happens, type Random } from './chance.ts';
import { AREA, lumaOf, SIDE } from './scene.ts';

const clamp = (value: number) => Math.min(1, Math.max(0, value));

function map(rgb: Float32Array, f: (value: number, channel: number, i: number) => number): void {
  for (let c = 0; c < 3; c++)
    for (let i = 0; i < AREA; i++) rgb[c * AREA + i] = clamp(f(rgb[c * AREA + i], c, i));
}

/** Light that falls off across the picture, as far as black. */
export function sideLight(rgb: Float32Array, random: Random): void {
  const angle = between(random, 0, 2 * Math.PI);
  const [dx, dy] = [Math.cos(angle) / SIDE, Math.sin(angle) / SIDE];
  const [strength, shift, sharp] = [
    between(random, 0.3, 1),
    between(random, -0.3, 0.3),
    between(random, 1, 5),
  ];
  map(rgb, (value, _, i) => {
    const t = dx * ((i % SIDE) - SIDE / 2) + dy * (Math.floor(i / SIDE) - SIDE / 2) + shift;
    return value * (1 - strength / (1 + Math.exp(-sharp * 3 * t)));
  });
}

/** Exposure, contrast, warmth and saturation, each a little different. */
export function develop(rgb: Float32Array, random: Random): void {
  const gamma = Math.exp(0.3 * bell(random));
  const gains = [0, 1, 2].map(() => Math.exp(0.08 * bell(random)));
  const contrast = Math.exp(0.18 * bell(random));
  const lift = happens(random, 0.2) ? between(random, 0, 0.25) : 0;
  map(rgb, (value, c) => lift + (1 - lift) * (0.5 + contrast * (value ** gamma * gains[c] - 0.5)));
  saturate(rgb, happens(random, 0.2) ? between(random, 0, 0.5) : Math.exp(0.25 * bell(random)));
}

export function saturate(rgb: Float32Array, amount: number): void {
  for (let i = 0; i < AREA; i++) {
    const grey = lumaOf(rgb, i);
    for (let c = 0; c < 3; c++) rgb[c * AREA + i] = clamp(grey + amount * (rgb[c * AREA + i] - grey));
  }
}

/** One tint for all: black and white, sepia, or duotone from a dark to a light colour. */
export function tint(rgb: Float32Array, dark: readonly number[], light: readonly number[]): void {
  for (let i = 0; i < AREA; i++) {
    const t = lumaOf(rgb, i);
    for (let c = 0; c < 3; c++) rgb[c * AREA + i] = dark[c] + t * (light[c] - dark[c]);
  }
}

/** Turns all hues and mixes the channels. */
export function mixChannels(rgb: Float32Array, random: Random): void {
  const strength = between(random, 0.1, 0.6);
  const matrix = Array.from(
    { length: 9 },
    (_, k) => (k % 4 === 0 ? 1 : 0) * (1 - strength) + strength * between(random, -0.4, 0.9),
  );
  for (let i = 0; i < AREA; i++) {
    const [r, g, b] = [rgb[i], rgb[AREA + i], rgb[2 * AREA + i]];
    for (let c = 0; c < 3; c++) {
      const [mr, mg, mb] = matrix.slice(3 * c, 3 * c + 3);
      const gain = mr + mg + mb;
      rgb[c * AREA + i] = clamp((mr * r + mg * g + mb * b) / (Math.abs(gain) > 0.3 ? gain : 1));
    }
  }
}

export function addNoise(rgb: Float32Array, random: Random): void {
  const [sigma, common] = [between(random, 0.01, 0.09), random()];
  for (let i = 0; i < AREA; i++) {
    const grey = common * sigma * bell(random);
    for (let c = 0; c < 3; c++)
      rgb[c * AREA + i] = clamp(rgb[c * AREA + i] + grey + (1 - common) * sigma * bell(random));
  }
}
