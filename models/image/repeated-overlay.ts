/**
 * Whether the same marks lie all over a picture, again and again at one distance, as the watermarks of image banks do. Patterns of
 * cloth and walls repeat, too, but not across face, clothes and ground alike; canvas, halftones and mosaics repeat everywhere, but at
 * distances of a few pixels, or not exactly.
 */
import { autocorrelation, SIZE } from './autocorrelation.ts';
import { gaussianBlur } from './blur.ts';
import { luma } from './luma.ts';
import type { Picture, Plane } from './picture.ts';
import { resizePicture } from './resize.ts';

/** Longer edge (px) at which pictures are looked at: with the longest distance it fits into SIZE. */
const EDGE = 352;
/** Sigma (px) beyond which light and shade are the picture's, and below which they may be marks. */
const DETAIL = 2;
/** Sigma (px) of the surroundings whose contrast each detail is measured by, and the least contrast (luma) taken for one. */
const AROUND = 8;
const LEAST_CONTRAST = 1.5;
/** Details count up to so many times the contrast around them: one strong edge is not the whole picture. */
const STRONGEST = 2;
/** Distances that are looked at: px, and shares of an edge. */
const SHORTEST = 36;
const LONGEST = 0.45;

/**
 * Of 22 paintings and drawings none had a correlation over 0.11, a peak over 8.8 times the root mean square of all distances, or
 * more than 0.44 of its parts alike. Words laid over five of them, with 0.15 to 0.35 of white, had 0.2, 11 and 0.7 or more, but for
 * faint ones on busy drawings.
 */
const LEAST = { correlation: 0.15, peak: 10, spread: 0.65 } as const;

export function hasRepeatedOverlay(picture: Picture): boolean {
  const detail = detailOf(picture);
  const { x, y, correlation, peak } = strongestRepeat(detail);
  return correlation > LEAST.correlation && peak > LEAST.peak && spreadOf(detail, x, y) > LEAST.spread;
}

/** Luma without its larger forms, by the contrast around. */
function detailOf(picture: Picture): Plane {
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
  const size = (length: number) => Math.max(1, Math.round(length * scale));
  const light = luma(resizePicture(picture, size(picture.width), size(picture.height)));
  const soft = gaussianBlur(light, DETAIL);
  const detail = light.data.map((value, i) => value - soft.data[i]);
  const power = gaussianBlur({ ...light, data: detail.map((value) => value ** 2) }, AROUND);
  const data = detail.map((value, i) => {
    const contrast = Math.sqrt(Math.max(0, power.data[i])) + LEAST_CONTRAST;
    return Math.max(-STRONGEST, Math.min(STRONGEST, value / contrast));
  });
  return { ...light, data };
}

/** The distance at which the plane is most like itself, and how far that stands out from all others. */
function strongestRepeat(plane: Plane) {
  const { width, height } = plane;
  const sums = autocorrelation(plane);
  const mean = sums[0] / (width * height);
  const best = { x: 0, y: 0, correlation: 0 };
  let [squares, count] = [0, 0];
  const across = Math.floor(width * LONGEST);
  for (let y = 0; y <= height * LONGEST; y++) {
    for (let x = -across; x <= across; x++) {
      if (Math.hypot(x, y) < SHORTEST) continue;
      const overlap = (width - Math.abs(x)) * (height - y);
      const correlation = sums[y * SIZE + ((x + SIZE) % SIZE)] / overlap / mean;
      squares += correlation ** 2;
      count++;
      if (correlation > best.correlation) Object.assign(best, { x, y, correlation });
    }
  }
  return { ...best, peak: best.correlation / Math.sqrt(squares / count) };
}

/** Parts of a side, and the correlation from which one is like itself moved. */
const PARTS = 5;
const ALIKE = 0.06;

/** Share of the parts of a plane that are alike to what lies at that distance. */
function spreadOf({ width, height, data }: Plane, dx: number, dy: number): number {
  const [left, right, bottom] = [Math.max(0, -dx), Math.min(width, width - dx), height - dy];
  const parts = Array.from({ length: PARTS ** 2 }, () => ({ product: 0, here: 0, there: 0 }));
  for (let y = 0; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const row = Math.floor((y / bottom) * PARTS);
      const part = parts[row * PARTS + Math.floor(((x - left) / (right - left)) * PARTS)];
      const [a, b] = [data[y * width + x], data[(y + dy) * width + x + dx]];
      part.product += a * b;
      part.here += a * a;
      part.there += b * b;
    }
  }
  const alike = parts.filter(({ product, here, there }) => product > ALIKE * Math.sqrt(here * there));
  return alike.length / parts.length;
}
