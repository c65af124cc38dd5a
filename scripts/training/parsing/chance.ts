/** Draws for augmentation; every one takes its numbers from a seeded source, so that a sample can be made again. */
export type Random = () => number;

export const between = (random: Random, low: number, high: number): number => low + (high - low) * random();

export const happens = (random: Random, probability: number): boolean => random() < probability;

export const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)];

/** About normal, of mean 0 and deviation 1, never beyond ±3.5: the sum of uniform numbers. */
export function bell(random: Random): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += random();
  return (sum - 2) * Math.sqrt(3);
}

/** Smooth noise 0..1 over the plane, one value a unit square (value noise with smooth interpolation). */
export function smoothNoise(random: Random): (x: number, y: number) => number {
  const size = 64;
  const grid = Float32Array.from({ length: size * size }, random);
  const at = (i: number, j: number) => grid[(j & (size - 1)) * size + (i & (size - 1))];
  return (x, y) => {
    const [i, j] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - i, y - j].map((t) => t * t * (3 - 2 * t));
    const top = at(i, j) + u * (at(i + 1, j) - at(i, j));
    const bottom = at(i, j + 1) + u * (at(i + 1, j + 1) - at(i, j + 1));
    return top + v * (bottom - top);
  };
}

export type Colour = readonly [number, number, number];

/** A colour by hue (0..1), saturation and value, 0..1. */
export function hsv(h: number, s: number, v: number): Colour {
  const channel = (n: number) => {
    const k = (n + h * 6) % 6;
    return v - v * s * Math.max(0, Math.min(k, 4 - k, 1));
  };
  return [channel(5), channel(3), channel(1)];
}
