/** Ratios and their regression on the mean face, deformed by numbers. */
import { describe, expect, test } from 'vitest';
import { changesFor, isTurned, ownProportions } from '../../../models/proportions/changes.ts';
import { frontalMesh } from '../../../models/proportions/frontal-mesh.ts';
import { departuresOf, SIGMA } from '../../../models/proportions/neutral-ratios.ts';
import { logRatios, RATIOS, type Ratio } from '../../../models/proportions/ratios.ts';
import { reshape } from '../../../models/proportions/reshape.ts';
import { meanFaceAt } from '../stylize/mean-face.ts';

const mean = meanFaceAt([100, 100], 60).landmarks;
const at = (ratio: Ratio) => RATIOS.indexOf(ratio);

/** Turned about the vertical axis of the picture, by degrees. */
function yawed(landmarks: Float32Array, degrees: number): Float32Array {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const out = landmarks.slice();
  for (let i = 0; i < out.length; i += 3) {
    const [x, z] = [landmarks[i] - 100, landmarks[i + 2]];
    out[i] = 100 + cos * x + sin * z;
    out[i + 2] = cos * z - sin * x;
  }
  return out;
}

/** With changes of the log ratios, where the picture shows it. */
function changed(landmarks: Float32Array, changes: Partial<Record<Ratio, number>>): Float32Array {
  const mesh = frontalMesh(landmarks);
  const steps = reshape(
    mesh.points,
    RATIOS.map((ratio) => changes[ratio] ?? 0),
  );
  return landmarks.map((value, i) => {
    const k = i - (i % 3);
    return mesh.axes.reduce((sum, axis, c) => sum + steps[k + c] * axis[i % 3], value);
  });
}

describe('ratios', () => {
  test('do not depend on how a mesh is turned, nor on its place and size', () => {
    const front = logRatios(frontalMesh(mean).points);
    const elsewhere = yawed(mean, 25).map((value) => 3 * value + 40);
    logRatios(frontalMesh(elsewhere).points).forEach((value, r) => {
      expect(value).toBeCloseTo(front[r], 4);
    });
    expect(frontalMesh(yawed(mean, 25)).yaw - frontalMesh(mean).yaw).toBeCloseTo(-25, 0);
  });

  test('the mean of people is hardly strange, and large eyes with a small jaw are told as such', () => {
    const departures = departuresOf(mean).map((value, r) => value / SIGMA[r]);
    expect(Math.max(...departures.map(Math.abs))).toBeLessThan(1.5);
    const doll = departuresOf(changed(mean, { eyeHeight: 0.5, jaw: -0.05 }));
    expect(doll[at('eyeHeight')] - departuresOf(mean)[at('eyeHeight')]).toBeCloseTo(0.5, 1);
    expect(doll[at('jaw')] - departuresOf(mean)[at('jaw')]).toBeCloseTo(-0.05, 2);
  });
});

describe('reshape', () => {
  const wanted = { head: 0.08, jaw: -0.05, chin: -0.1, eyeWidth: 0.1, eyeHeight: 0.4, noseLength: -0.1 };

  test('changes proportions by as much as is wanted, and the others not at all', () => {
    const before = logRatios(frontalMesh(mean).points);
    const after = logRatios(frontalMesh(changed(mean, wanted)).points);
    RATIOS.forEach((ratio, r) => {
      expect(after[r] - before[r], ratio).toBeCloseTo((wanted as Record<string, number>)[ratio] ?? 0, 2);
    });
  });

  test('moves both sides alike in space, also of a turned head', () => {
    const mesh = frontalMesh(yawed(mean, 20));
    const steps = reshape(
      mesh.points,
      RATIOS.map((ratio) => (wanted as Record<string, number>)[ratio] ?? 0),
    );
    for (const [left, right] of [
      [33, 263],
      [172, 397],
      [129, 358],
    ]) {
      expect(steps[3 * left]).toBeCloseTo(-steps[3 * right], 6);
      expect(steps[3 * left + 1]).toBeCloseTo(steps[3 * right + 1], 6);
    }
  });
});

describe('what is asked for', () => {
  const doll = changed(mean, { eyeHeight: 0.8, chin: -0.1 });

  test('a share of the reference’s departures, none beyond three standard deviations, and not the mouth', () => {
    const half = changesFor(mean, doll, { proportions: 0.5, exaggerate: 0 });
    expect(half[at('eyeHeight')]).toBeCloseTo(1.5 * SIGMA[at('eyeHeight')], 6);
    expect(half[at('chin')]).toBeCloseTo(0.5 * departuresOf(doll)[at('chin')], 6);
    expect(half[at('mouth')]).toBeNull();
  });

  test('or twice of the person’s own, whatever the reference', () => {
    const own = changesFor(doll, null, { proportions: 1, exaggerate: 0.5 });
    expect(own[at('chin')]).toBeCloseTo(departuresOf(doll)[at('chin')], 6);
    expect(own[at('eyeHeight')]).toBeCloseTo(1.5 * SIGMA[at('eyeHeight')], 6);
  });

  test('only a face far from any person’s asks by itself, for at most 0.35', () => {
    expect(ownProportions(mean)).toBe(0);
    const monster = changed(mean, {
      head: 0.3,
      jaw: -0.1,
      chin: -0.4,
      eyeHeight: 1,
      brow: 0.5,
      noseLength: 0.2,
    });
    expect(ownProportions(monster)).toBe(0.35);
  });

  test('nothing is read off a head that is turned by more than 30°', () => {
    const level = -frontalMesh(mean).yaw;
    expect([isTurned(yawed(mean, 27 - level)), isTurned(yawed(mean, 33 - level))]).toEqual([false, true]);
  });
});
