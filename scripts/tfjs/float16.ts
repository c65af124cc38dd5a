const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** IEEE 754 half bits of a finite number, rounded to nearest even; what is too large becomes infinity. */
function toHalf(value: number): number {
  float[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const magnitude = Math.abs(float[0]);
  if (magnitude >= 65520) return sign | 0x7c00;
  // Below the smallest normal half every half is a multiple of 2^-24; above, its spacing is 2^(exponent - 10).
  const exponent = Math.max(-14, ((bits[0] >>> 23) & 0xff) - 127);
  const steps = roundEven(magnitude * 2 ** (10 - exponent));
  return sign | ((exponent + 14) * 1024 + steps);
}

function roundEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

export const toHalves = (values: Float32Array): Uint16Array => Uint16Array.from(values, toHalf);

function fromHalf(half: number): number {
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  const magnitude = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
  return half & 0x8000 ? -magnitude : magnitude;
}

/** Values of finite half bits. */
export const fromHalves = (halves: Uint16Array): Float32Array => Float32Array.from(halves, fromHalf);
