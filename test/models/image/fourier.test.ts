import { describe, expect, it } from 'vitest';
import { autocorrelation, SIZE } from '../../../models/image/autocorrelation.ts';
import { fourierTransform } from '../../../models/image/fourier.ts';
import { seededNormal } from '../../../models/image/random.ts';

describe('the transform of a line', () => {
  it.each([2, 8, 64])('of %i numbers is the sum that defines it, and touches no others', (size) => {
    const [start, stride] = [3, 5];
    const normal = seededNormal(7);
    const [real, imaginary] = [0, 1].map(() => Float64Array.from({ length: start + size * stride }, normal));
    const [re, im] = [real.slice(), imaginary.slice()];
    fourierTransform(size)(re, im, start, stride);
    for (let u = 0; u < size; u++) {
      let [expectedRe, expectedIm] = [0, 0];
      for (let x = 0; x < size; x++) {
        const angle = (-2 * Math.PI * u * x) / size;
        const [a, b] = [real[start + x * stride], imaginary[start + x * stride]];
        expectedRe += a * Math.cos(angle) - b * Math.sin(angle);
        expectedIm += a * Math.sin(angle) + b * Math.cos(angle);
      }
      expect(re[start + u * stride]).toBeCloseTo(expectedRe, 9);
      expect(im[start + u * stride]).toBeCloseTo(expectedIm, 9);
    }
    expect(re.filter((_, i) => (i - start) % stride !== 0)).toEqual(
      real.filter((_, i) => (i - start) % stride !== 0),
    );
  });
});

describe('autocorrelation', () => {
  const normal = seededNormal(3);
  const plane = { width: 9, height: 7, data: Float32Array.from({ length: 63 }, normal) };

  it.each([
    [0, 0],
    [2, 3],
    [-4, 1],
    [8, 6],
  ])('at (%i, %i) is the sum of products there', (dx, dy) => {
    let expected = 0;
    for (let y = 0; y < 7 - dy; y++)
      for (let x = Math.max(0, -dx); x < Math.min(9, 9 - dx); x++)
        expected += plane.data[y * 9 + x] * plane.data[(y + dy) * 9 + x + dx];
    expect(autocorrelation(plane)[dy * SIZE + ((dx + SIZE) % SIZE)]).toBeCloseTo(expected, 6);
  });

  it('of a plane larger than the transform is refused', () => {
    expect(() => autocorrelation({ width: SIZE + 1, height: 1, data: new Float32Array(SIZE + 1) })).toThrow(
      RangeError,
    );
  });
});
