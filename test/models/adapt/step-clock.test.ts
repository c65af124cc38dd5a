import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { StepClock } from '../../../models/adapt/step-clock.ts';

describe('a budget', () => {
  it('of steps is that number, however long they take', async () => {
    const clock = new StepClock({ steps: 7 });
    for (let i = 0; i < 5; i++) clock.tick();
    await setTimeout(20);
    expect([clock.steps, clock.isOver]).toEqual([7, false]);
  });

  it('of seconds becomes a number of steps that fits, once their time is known', async () => {
    const clock = new StepClock({ seconds: 20 });
    for (let i = 0; i < 4; i++) {
      await setTimeout(40);
      clock.tick();
    }
    expect(clock.steps % 5).toBe(0);
    expect(clock.steps).toBeGreaterThan(0);
    expect(clock.steps).toBeLessThanOrEqual(20 / 0.04);
    expect(clock.secondsLeft()).toBeGreaterThan(0);
  });

  it('of seconds ends when they are over', async () => {
    const clock = new StepClock({ seconds: 0.01 });
    await setTimeout(30);
    expect(clock.isOver).toBe(true);
  });
});
