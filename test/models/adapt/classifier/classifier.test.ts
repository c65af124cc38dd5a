import { describe, expect, it } from 'vitest';
import {
  classify,
  classifyDescriptor,
  decodeClassifier,
  encodeClassifier,
  trainClassifier,
} from '../../../../models/adapt/classifier/classifier.ts';
import { describePicture } from '../../../../models/adapt/classifier/descriptor.ts';
import { framings, otherStyles } from '../../../../models/adapt/classifier/examples.ts';
import type { Picture } from '../../../../models/image/picture.ts';
import { seededNormal, seededRandom } from '../../../../models/image/random.ts';
import photographs from '../../../../models/weights/photographs.json' with { type: 'json' };
import { codeOf } from '../../style-file/samples.ts';

/** Soft blots of two colours under grain: a made-up style. */
function painting(seed: number, warm: readonly number[], cold: readonly number[], grain: number): Picture {
  const [width, height] = [200, 240];
  const [random, normal] = [seededRandom(seed), seededNormal(seed)];
  const [fx, fy, phase] = [0.02 + 0.02 * random(), 0.02 + 0.02 * random(), 6 * random()];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const mix = 0.5 + 0.5 * Math.sin(fx * x + phase) * Math.cos(fy * y + phase);
    const noise = grain * normal();
    data.set([...warm.map((value, c) => value * mix + cold[c] * (1 - mix) + noise), 255], 4 * i);
  }
  return { width, height, data };
}

const ofStyle = (seed: number) => painting(seed, [200, 150, 110], [70, 50, 60], 9);
const random = seededRandom(1);
const own = [1, 2, 3].map(ofStyle);
const { classifier, threshold } = trainClassifier(
  own.map((picture) => framings(picture, random).map(describePicture)),
  own.flatMap(otherStyles).map(describePicture),
  photographs.map((row) => Float32Array.from(row)),
);
const probability = (picture: Picture) => classify(classifier, picture);

describe('a classifier', () => {
  it('knows new pictures of its style', () => {
    for (const seed of [11, 12, 13]) expect(probability(ofStyle(seed))).toBeGreaterThanOrEqual(threshold);
  });

  it.each([
    ['other colours', painting(21, [90, 180, 120], [40, 60, 120], 9)],
    ['another grain', painting(22, [200, 150, 110], [70, 50, 60], 40)],
    ['no grain', painting(23, [200, 150, 110], [70, 50, 60], 0)],
  ])('and is not taken in by %s', (_, other) => {
    expect(probability(other)).toBeLessThan(threshold);
  });

  it('takes hardly any photograph for one', () => {
    const near = photographs.filter(
      (row) => classifyDescriptor(classifier, Float32Array.from(row)) >= threshold,
    );
    expect(near.length / photographs.length).toBeLessThanOrEqual(0.02);
  });

  it('is as sure of a picture, the nearer its numbers are to those of the style', () => {
    const { centre, spread } = classifier;
    const at = (steps: number) =>
      classifyDescriptor(
        classifier,
        Float32Array.from(centre, (value, j) => value + steps * spread[j]),
      );
    const sure = [0, 0.5, 1, 2, 4].map(at);
    expect(sure).toEqual(sure.toSorted((a, b) => b - a));
    expect(sure[0]).toBeGreaterThan(0.99);
    expect(sure.at(-1)).toBeLessThan(0.01);
    // One number, however far off, decides nothing alone.
    const odd = Float32Array.from(centre);
    odd[0] += 1e6 * spread[0];
    expect(classifyDescriptor(classifier, odd)).toBeGreaterThan(threshold);
  });

  it('comes back from its bytes as it was; broken bytes are an error', () => {
    expect(decodeClassifier(encodeClassifier(classifier))).toEqual(classifier);
    for (const text of ['', '{}', '{"centre":[1],"spread":"x"}'])
      expect(codeOf(() => decodeClassifier(new TextEncoder().encode(text)))).toBe('STYLE_DAMAGED');
  });
});

describe('a descriptor', () => {
  it('does not depend on size, nor on what is hidden by transparency', () => {
    const picture = ofStyle(1);
    const hidden = { ...picture, data: picture.data.map((value, i) => (i % 4 === 3 ? 0 : value)) };
    const other = { ...hidden, data: hidden.data.map((value, i) => (i % 4 === 3 ? 0 : 255 - value)) };
    expect(describePicture(hidden)).toEqual(describePicture(other));
    expect(describePicture(picture)).toHaveLength(57);
    const all = [...describePicture({ width: 20, height: 300, data: picture.data.slice(0, 20 * 300 * 4) })];
    expect(all.every(Number.isFinite)).toBe(true);
  });
});
