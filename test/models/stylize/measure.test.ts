import { describe, expect, it } from 'vitest';
import type { Face, FaceNetworks, Iris } from '../../../models/face/index.ts';
import { createPicture, type Picture } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import { landmarkError, measure } from '../../../models/stylize/measure.ts';

/** A face whose landmarks fill a square around x, y. */
function faceAt(x: number, y: number, size = 80): Face {
  const random = seededRandom(1);
  const landmarks = Float32Array.from({ length: 468 * 3 }, (_, i) => (i % 3 === 0 ? x : y) + random() * size);
  return { box: { x, y, width: size, height: size }, score: 1, landmarks, angle: 0, interocular: size / 2 };
}

function pictureOf(seed: number): Picture {
  const random = seededRandom(seed);
  const picture = createPicture(160, 160);
  for (let i = 0; i < picture.data.length; i++) picture.data[i] = i % 4 === 3 ? 255 : random() * 255;
  return picture;
}

/** Networks that see given faces, and whose embedding of a picture is its number. */
function networks(faces: Map<Picture, Face[]>, embeddings: Map<Picture, number[]>): FaceNetworks {
  return {
    device: 'fake',
    findFaces: async (picture) => faces.get(picture) ?? [],
    irises: async (picture) => (picture === result ? [eyeAt(53, 54), eyeAt(90, 50)] : EYES),
    embed: async (picture) => Float32Array.from(embeddings.get(picture)!),
    matte: () => Promise.reject(new Error('not needed')),
    release: async () => undefined,
  };
}

const eyeAt = (x: number, y: number): Iris => ({ x, y, eyeWidth: 20 });
const EYES = [eyeAt(50, 50), eyeAt(90, 50)] as const;

const [portrait, result, reference] = [1, 2, 3].map(pictureOf);
const face = faceAt(40, 40);
const embeddings = new Map([
  [portrait, [1, 0]],
  [result, [0.6, 0.8]],
]);

describe('measure', () => {
  it('compares embeddings and landmarks of the face found again', async () => {
    const seen = networks(new Map([[result, [faceAt(44, 43)]]]), embeddings);
    const metrics = await measure(portrait, face, result, reference, face, seen);
    expect(metrics.found).toBe(true);
    expect(metrics.identity).toBeCloseTo(0.6, 5);
    expect(metrics.landmarkError).toBeCloseTo(5 / 40, 5);
    expect(metrics.gazeError).toBeCloseTo(5 / 20 / 2, 5);
    expect(metrics.styleDistance).toBeGreaterThan(0);
    expect(metrics.textureDistance).toBeGreaterThan(0);
  });

  it('takes the face nearest to the portrait’s, not a larger one elsewhere', async () => {
    const seen = networks(new Map([[result, [faceAt(-90, -90, 100), faceAt(41, 40)]]]), embeddings);
    expect((await measure(portrait, face, result, reference, face, seen)).landmarkError).toBeCloseTo(
      1 / 40,
      5,
    );
  });

  it('without a face has no identity, but a style', async () => {
    for (const faces of [[], [faceAt(-200, 40)]]) {
      const seen = networks(new Map([[result, faces]]), embeddings);
      const metrics = await measure(portrait, face, result, reference, face, seen);
      expect(metrics).toMatchObject({ found: false, identity: null, landmarkError: null, gazeError: null });
      expect(metrics.styleDistance).toBeGreaterThan(0);
    }
  });

  it('of the untouched portrait is 1 and 0, without looking', async () => {
    const metrics = await measure(portrait, face, portrait, reference, face, networks(new Map(), embeddings));
    expect(metrics).toMatchObject({ found: true, landmarkError: 0, gazeError: 0 });
    expect(metrics.identity).toBeCloseTo(1, 6);
  });

  it('of the reference itself has no distance to it', async () => {
    const seen = networks(new Map([[reference, [face]]]), new Map([...embeddings, [reference, [1, 0]]]));
    const { styleDistance, textureDistance } = await measure(
      portrait,
      face,
      reference,
      reference,
      face,
      seen,
    );
    expect([styleDistance, textureDistance]).toEqual([0, 0]);
  });
});

it('landmark error is in inter-ocular distances of the expected face', () => {
  expect(landmarkError(faceAt(0, 0), faceAt(3, 4))).toBeCloseTo(5 / 40, 6);
});
