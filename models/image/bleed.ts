/** Colours under alpha 0 are nobody's: editors leave there what they like. Networks and guides must not see them. */
import type { Picture } from './picture.ts';

/** Means of visible colours; the fourth sample of a pixel is their weight, 0 where nothing is visible. */
interface Level {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array | Uint8ClampedArray;
}

/**
 * The picture with the colours of what is visible nearby wherever alpha is 0; alpha and all other pixels stay. An opaque
 * picture is given back as it is; one in which nothing is visible turns black.
 */
export function bleedColours(picture: Picture): Picture {
  if (!hasHidden(picture)) return picture;
  const bled = { ...picture, data: picture.data.slice() };
  fillHoles(bled);
  return bled;
}

/** The picture with black wherever alpha is 0: what has been removed cannot be brought back. */
export function clearHidden(picture: Picture): Picture {
  if (!hasHidden(picture)) return picture;
  const data = picture.data.slice();
  for (let i = 3; i < data.length; i += 4) if (data[i] === 0) data.fill(0, i - 3, i);
  return { ...picture, data };
}

function hasHidden({ data }: Picture): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] === 0) return true;
  return false;
}

/** Gives every pixel without weight the colour of its parent in a pyramid of weighted means. */
function fillHoles({ width, height, data }: Level): void {
  if (width === 1 && height === 1) {
    if (data[3] === 0) data.fill(0, 0, 3);
    return;
  }
  const half = halved({ width, height, data });
  fillHoles(half);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      if (data[i + 3] > 0) continue;
      const from = ((y >> 1) * half.width + (x >> 1)) * 4;
      for (let c = 0; c < 3; c++) data[i + c] = half.data[from + c];
    }
  }
}

function halved({ width, height, data }: Level): Level {
  const half = { width: (width + 1) >> 1, height: (height + 1) >> 1 };
  const sums = new Float32Array(half.width * half.height * 4);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const to = ((y >> 1) * half.width + (x >> 1)) * 4;
      const weight = data[i + 3];
      for (let c = 0; c < 3; c++) sums[to + c] += weight * data[i + c];
      sums[to + 3] += weight;
    }
  }
  for (let i = 0; i < sums.length; i += 4) {
    if (sums[i + 3] === 0) continue;
    for (let c = 0; c < 3; c++) sums[i + c] /= sums[i + 3];
    // Weights stay small however large the picture.
    sums[i + 3] /= 4;
  }
  return { ...half, data: sums };
}
