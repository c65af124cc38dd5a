import { createPlane, type Plane } from './picture.ts';

/**
 * Gaussian blur of a plane, borders repeated. Recursive filter of Young and van Vliet 1995, "Recursive
 * implementation of the Gaussian filter": the cost does not depend on `sigma` (in px; below 0.5 the plane is copied).
 */
export function gaussianBlur(plane: Plane, sigma: number): Plane {
  const { width, height } = plane;
  const out = createPlane(width, height);
  out.data.set(plane.data);
  if (sigma < 0.5) return out;
  const filter = coefficients(sigma);
  blurRows(out.data, width, height, filter);
  blurColumns(out.data, width, height, filter);
  return out;
}

interface Coefficients {
  readonly gain: number;
  readonly b1: number;
  readonly b2: number;
  readonly b3: number;
}

function coefficients(sigma: number): Coefficients {
  const q = sigma >= 2.5 ? 0.98711 * sigma - 0.9633 : 3.97156 - 4.14554 * Math.sqrt(1 - 0.26891 * sigma);
  const b0 = 1.57825 + 2.44413 * q + 1.4281 * q * q + 0.422205 * q * q * q;
  const b1 = (2.44413 * q + 2.85619 * q * q + 1.26661 * q * q * q) / b0;
  const b2 = -(1.4281 * q * q + 1.26661 * q * q * q) / b0;
  const b3 = (0.422205 * q * q * q) / b0;
  return { gain: 1 - (b1 + b2 + b3), b1, b2, b3 };
}

function blurRows(
  data: Float32Array,
  width: number,
  height: number,
  { gain, b1, b2, b3 }: Coefficients,
): void {
  for (let y = 0; y < height; y++) {
    const start = y * width;
    const end = start + width - 1;
    let p1 = data[start];
    let p2 = p1;
    let p3 = p1;
    for (let i = start; i <= end; i++) {
      const value = gain * data[i] + b1 * p1 + b2 * p2 + b3 * p3;
      data[i] = value;
      p3 = p2;
      p2 = p1;
      p1 = value;
    }
    p1 = data[end];
    p2 = p1;
    p3 = p1;
    for (let i = end; i >= start; i--) {
      const value = gain * data[i] + b1 * p1 + b2 * p2 + b3 * p3;
      data[i] = value;
      p3 = p2;
      p2 = p1;
      p1 = value;
    }
  }
}

/** Runs down and up over whole rows at once, so that memory is read in order. */
function blurColumns(data: Float32Array, width: number, height: number, c: Coefficients): void {
  const { gain, b1, b2, b3 } = c;
  const row = (y: number) => Math.min(height - 1, Math.max(0, y)) * width;
  for (let y = 1; y < height; y++) {
    const [r0, r1, r2, r3] = [row(y), row(y - 1), row(y - 2), row(y - 3)];
    for (let x = 0; x < width; x++) {
      data[r0 + x] = gain * data[r0 + x] + b1 * data[r1 + x] + b2 * data[r2 + x] + b3 * data[r3 + x];
    }
  }
  for (let y = height - 2; y >= 0; y--) {
    const [r0, r1, r2, r3] = [row(y), row(y + 1), row(y + 2), row(y + 3)];
    for (let x = 0; x < width; x++) {
      data[r0 + x] = gain * data[r0 + x] + b1 * data[r1 + x] + b2 * data[r2 + x] + b3 * data[r3 + x];
    }
  }
}
