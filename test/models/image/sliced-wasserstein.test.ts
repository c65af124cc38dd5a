import { describe, expect, it } from 'vitest';
import { createPicture, createPlane, type Picture, type Plane } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import {
  patchProfile,
  profileDistance,
  styleDistance,
  textureDistance,
} from '../../../models/image/sliced-wasserstein.ts';

/** Grey with noise of an amplitude; the left half may have another one. */
function grain(level: number, amplitude: number, seed = 1, leftAmplitude = amplitude): Picture {
  const random = seededRandom(seed);
  const picture = createPicture(320, 320);
  for (let i = 0; i < 320 * 320; i++) {
    const own = i % 320 < 160 ? leftAmplitude : amplitude;
    const value = level + (random() - 0.5) * 2 * own;
    picture.data.set([value, value, value, 255], i * 4);
  }
  return picture;
}

/** Broad stripes of two colours. */
function stripes(along: (x: number, y: number) => number): Picture {
  const picture = createPicture(320, 320);
  for (let i = 0; i < 320 * 320; i++) {
    const isRed = along(i % 320, Math.floor(i / 320)) % 32 < 16;
    picture.data.set(isRed ? [200, 60, 40, 255] : [40, 90, 160, 255], i * 4);
  }
  return picture;
}

function half(side: 'left' | 'right'): Plane {
  const mask = createPlane(320, 320);
  for (let i = 0; i < mask.data.length; i++) mask.data[i] = i % 320 < 160 === (side === 'left') ? 1 : 0;
  return mask;
}

const all = createPlane(320, 320, 1);

describe('style distance', () => {
  it('is 0 of a picture to itself, and the same both ways', () => {
    const a = grain(120, 30);
    const b = grain(150, 10);
    expect(styleDistance(a, a)).toBe(0);
    expect(styleDistance(a, b)).toBe(styleDistance(b, a));
  });

  it('of two flat greys is half the difference in L / 100', () => {
    // A shift d in L moves a projection by d times one component of a random unit vector of three: E|u| = 1 / 2.
    const d = (58.17 - 38.6) / 100; // L of the greys 139 and 91
    expect(styleDistance(grain(139, 0), grain(91, 0)) / (d / 2)).toBeCloseTo(1, 1);
  });

  it('is small between two grains of one kind and grows with the difference', () => {
    const reference = grain(128, 30, 1);
    const same = styleDistance(grain(128, 30, 2), reference);
    const coarser = styleDistance(grain(128, 50, 3), reference);
    expect(same).toBeLessThan(0.005);
    expect(coarser).toBeGreaterThan(3 * same);
  });

  it('judges colours, not how they lie', () => {
    const across = stripes((x) => x);
    const turned = stripes((_, y) => y);
    expect(styleDistance(across, turned)).toBeLessThan(0.005);
    expect(textureDistance(across, all, turned, all)).toBeGreaterThan(0.05);
  });

  it('hardly depends on the size a picture comes in', () => {
    const fine = grain(128, 0);
    for (let i = 0; i < fine.data.length; i += 4) fine.data[i] = 128 + 60 * Math.sin(((i / 4) % 320) / 20);
    const reference = grain(128, 30);
    const small = styleDistance(resizePicture(fine, 200, 200), reference);
    expect(styleDistance(fine, reference) / small).toBeCloseTo(1, 1);
  });

  it('sees transparent pixels over white', () => {
    const clear = grain(0, 0);
    for (let i = 3; i < clear.data.length; i += 4) clear.data[i] = 0;
    expect(styleDistance(clear, grain(255, 0))).toBe(0);
  });
});

describe('texture distance', () => {
  it('ignores colour', () => {
    expect(textureDistance(grain(90, 0), all, grain(200, 0), all)).toBeLessThan(1e-6);
  });

  it('looks inside the masks only', () => {
    const mixed = grain(128, 60, 1, 10);
    const calm = grain(128, 10, 2);
    const left = textureDistance(mixed, half('left'), calm, all);
    const right = textureDistance(mixed, half('right'), calm, all);
    expect(right).toBeGreaterThan(3 * left);
  });

  it('refuses an empty mask', () => {
    expect(() => patchProfile(grain(128, 10), { mask: createPlane(320, 320) })).toThrow(RangeError);
  });

  it('profiles can be kept and compared again', () => {
    const a = patchProfile(grain(128, 10));
    const b = patchProfile(grain(128, 40));
    expect(profileDistance(a, b)).toBe(profileDistance(a, b));
  });
});
