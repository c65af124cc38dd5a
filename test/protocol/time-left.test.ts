import { describe, expect, test } from 'vitest';
import { createTimeLeft } from '../../protocol/time-left.ts';

describe('the time left', () => {
  test('follows the pace so far', () => {
    const timeLeft = createTimeLeft();
    expect(timeLeft(0.2, 10_000)).toBe('');
    expect(timeLeft(0.25, 14_000)).toBe('');
    expect(timeLeft(0.4, 20_000)).toBe('about 30 s left');
    expect(timeLeft(0.6, 300_000)).toBe('about 5 min left');
    expect(timeLeft(1, 310_000)).toBe('');
  });

  test('begins anew with the next picture', () => {
    const timeLeft = createTimeLeft();
    timeLeft(0, 0);
    expect(timeLeft(0.5, 50_000)).toBe('about 50 s left');
    expect(timeLeft(0.1, 60_000)).toBe('');
    expect(timeLeft(0.5, 64_000)).toBe('about 5 s left');
  });
});
