import { expect, test } from 'vitest';
import { catmullRom } from '../../../models/image/catmull-rom.ts';

test('Catmull-Rom weights sum to 1 and reproduce a parabola', () => {
  for (const t of [0, 0.25, 0.5, 0.9]) {
    const weights = catmullRom(t);
    expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(weights.reduce((sum, w, k) => sum + w * (k - 1) ** 2, 0)).toBeCloseTo(t * t, 12);
  }
});
