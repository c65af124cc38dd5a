/**
 * sRGB (IEC 61966-2-1) to CIE L*a*b* under D65 and back. L is 0..100, a and b about -110..110.
 * Both directions read tables, so that a megapixel takes tens of milliseconds; the round trip is exact to 8 bits.
 */
import { createPlane, type Picture, type Plane } from './picture.ts';

/** A picture in CIE L*a*b*: three planes of one size. */
export interface LabPlanes {
  readonly l: Plane;
  readonly a: Plane;
  readonly b: Plane;
}

/** The same done to all three planes. */
export const mapLab = ({ l, a, b }: LabPlanes, map: (plane: Plane) => Plane): LabPlanes => ({
  l: map(l),
  a: map(a),
  b: map(b),
});

// Linear sRGB to XYZ relative to the D65 white point (the rows are already divided by Xn, Yn, Zn).
const XR = 0.4124564 / 0.95047;
const XG = 0.3575761 / 0.95047;
const XB = 0.1804375 / 0.95047;
const YR = 0.2126729;
const YG = 0.7151522;
const YB = 0.072175;
const ZR = 0.0193339 / 1.08883;
const ZG = 0.119192 / 1.08883;
const ZB = 0.9503041 / 1.08883;

const EPSILON = 216 / 24389;
const KAPPA = 24389 / 27;

const LINEAR = Float32Array.from({ length: 256 }, (_, code) => {
  const c = code / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
});

/** Linear light 0..1 of an sRGB code 0..255. */
export const linearLight = (code: number): number => LINEAR[code];

const labF = (t: number) => (t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116);

const F_STEPS = 8192;
const F_TABLE = Float32Array.from({ length: F_STEPS + 2 }, (_, i) => labF(i / F_STEPS));

const ENCODE_STEPS = 8192;
const ENCODE = Float32Array.from({ length: ENCODE_STEPS + 2 }, (_, i) => {
  const c = i / ENCODE_STEPS;
  return 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
});

function interpolate(table: Float32Array, steps: number, t: number): number {
  const x = (t <= 0 ? 0 : t >= 1 ? 1 : t) * steps;
  const i = x | 0;
  return table[i] + (x - i) * (table[i + 1] - table[i]);
}

/** The planes L (0..100), a and b of a picture; alpha is ignored. */
export function labPlanes(picture: Picture): LabPlanes {
  const { width, height, data } = picture;
  const l = createPlane(width, height);
  const a = createPlane(width, height);
  const b = createPlane(width, height);
  for (let i = 0, k = 0; i < width * height; i++, k += 4) {
    const red = LINEAR[data[k]];
    const green = LINEAR[data[k + 1]];
    const blue = LINEAR[data[k + 2]];
    const fx = interpolate(F_TABLE, F_STEPS, XR * red + XG * green + XB * blue);
    const fy = interpolate(F_TABLE, F_STEPS, YR * red + YG * green + YB * blue);
    const fz = interpolate(F_TABLE, F_STEPS, ZR * red + ZG * green + ZB * blue);
    l.data[i] = 116 * fy - 16;
    a.data[i] = 500 * (fx - fy);
    b.data[i] = 200 * (fy - fz);
  }
  return { l, a, b };
}

const inverseF = (f: number) => (f > 6 / 29 ? f * f * f : (116 * f - 16) / KAPPA);

/** An opaque picture from its L*a*b* planes; colours outside sRGB are clipped channel by channel. */
export function pictureFromLab({ l, a, b }: LabPlanes): Picture {
  const { width, height } = l;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0, k = 0; i < width * height; i++, k += 4) {
    const fy = (l.data[i] + 16) / 116;
    const x = 0.95047 * inverseF(fy + a.data[i] / 500);
    const y = inverseF(fy);
    const z = 1.08883 * inverseF(fy - b.data[i] / 200);
    data[k] = interpolate(ENCODE, ENCODE_STEPS, 3.2404542 * x - 1.5371385 * y - 0.4985314 * z);
    data[k + 1] = interpolate(ENCODE, ENCODE_STEPS, -0.969266 * x + 1.8760108 * y + 0.041556 * z);
    data[k + 2] = interpolate(ENCODE, ENCODE_STEPS, 0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
    data[k + 3] = 255;
  }
  return { width, height, data };
}
