import { describe, expect, it } from 'vitest';
import { isLearnt, windowsOf } from '../../../models/adapt/windows.ts';

describe('windows of a reference', () => {
  it.each([
    [768, 1024],
    [256, 256],
    [1001, 333],
  ])('%i×%i: a quarter is held out, an eighth chooses, neither is learnt from', (width, height) => {
    const windows = windowsOf({ width, height });
    const area = ({ width: w, height: h }: { width: number; height: number }) => (w * h) / (width * height);
    expect(Math.abs(area(windows.heldOut) - 0.25)).toBeLessThan(0.02);
    expect(Math.abs(area(windows.validation) - 0.125)).toBeLessThan(0.02);
    for (const rect of Object.values(windows)) {
      expect(isLearnt(rect, windows)).toBe(false);
      expect([rect.width % 4, rect.height % 4]).toEqual([0, 0]);
      expect(isLearnt({ x: rect.x - 40, y: rect.y, width: 40, height: 40 }, windows)).toBe(false);
    }
    expect(isLearnt({ x: 0, y: 0, width: 96, height: 96 }, windows)).toBe(true);
  });
});
