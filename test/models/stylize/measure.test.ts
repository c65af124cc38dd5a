import { describe, expect, it } from 'vitest';
import type { Face, FaceNetworks, Iris } from '../../../models/face/index.ts';
import { createPicture, createPlane, type Picture } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { landmarkError, measure, measureResult } from '../../../models/stylize/measure.ts';

/** A face whose landmarks fill a square around x, y. */
function faceAt(x: number, y: number, size = 80): Face {
  const random = seededRandom(1);
  const landmarks = Float32Array.from({ length: 468 * 3 }, (_, i) => (i % 3 === 0 ? x : y) + random() * size);
  return { box: { x, y, width: size, height: size }, score: 1, landmarks, angle: 0, interocular: size / 2 };
}

/** Blots of random colours. */
function pictureOf(seed: number): Picture {
  const random = seededRandom(seed);
  const picture = createPicture(40, 40);
  for (let i = 0; i < picture.data.length; i++) picture.data[i] = i % 4 === 3 ? 255 : random() * 255;
  return resizePicture(picture, 160, 160);
}

/** Networks that see given faces, and whose embedding of a picture is its number. */
function networks(faces: Map<Picture, Face[]>, embeddings: Map<Picture, number[]>): FaceNetworks {
  return {
    device: 'fake',
    findFaces: async (picture) => faces.get(picture) ?? [],
    parse: async () => [],
    locate: async (picture) => faces.get(picture)![0],
    irises: async (picture) => (picture === result ? [eyeAt(53, 54), eyeAt(90, 50)] : EYES),
    embed: async (picture) => Float32Array.from(embeddings.get(picture)!),
    matte: async ({ width, height }) => {
      mattes++;
      return createPlane(width, height, 1);
    },
    release: async () => undefined,
  };
}

let mattes = 0;
const eyeAt = (x: number, y: number): Iris => ({ x, y, eyeWidth: 20 });
const EYES = [eyeAt(50, 50), eyeAt(90, 50)] as const;

/** A grey picture. */
function grey(level: (x: number, y: number) => number): Picture {
  const picture = createPicture(160, 160);
  for (let i = 0; i < 160 * 160; i++) {
    const value = level(i % 160, Math.floor(i / 160));
    picture.data.set([value, value, value, 255], 4 * i);
  }
  return picture;
}

const wave = (x: number) => 128 + 60 * Math.sin((2 * Math.PI * x) / 12);
const stripes = grey(wave);

const [portrait, result, reference] = [1, 2, 3].map(pictureOf);
const face = faceAt(40, 40);
const embeddings = new Map([
  [portrait, [1, 0]],
  [result, [0.6, 0.8]],
]);

describe('measure', () => {
  it('compares embeddings and landmarks of the face found again', async () => {
    const seen = networks(new Map([[result, [faceAt(44, 43)]]]), embeddings);
    const metrics = await measure(
      { portrait, portraitFace: face, result, reference, referenceFace: face },
      seen,
    );
    expect(metrics.found).toBe(true);
    expect(metrics.identity).toBeCloseTo(0.6, 5);
    expect(metrics.landmarkError).toBeCloseTo(5 / 40, 5);
    expect(metrics.gazeError).toBeCloseTo(5 / 20 / 2, 5);
    expect(metrics.styleDistance).toBeGreaterThan(0);
    expect(metrics.textureDistance).toBeGreaterThan(0);
  });

  it('takes the face nearest to the portrait’s, not a larger one elsewhere', async () => {
    const seen = networks(new Map([[result, [faceAt(-90, -90, 100), faceAt(41, 40)]]]), embeddings);
    expect(
      (await measureResult({ portrait, portraitFace: face, result, reference, referenceFace: face }, seen))
        .landmarkError,
    ).toBeCloseTo(1 / 40, 5);
  });

  it('without a face has no identity, but a style', async () => {
    for (const faces of [[], [faceAt(-200, 40)]]) {
      const seen = networks(new Map([[result, faces]]), embeddings);
      const metrics = await measure(
        { portrait, portraitFace: face, result, reference, referenceFace: face },
        seen,
      );
      expect(metrics).toMatchObject({ found: false, identity: null, landmarkError: null, gazeError: null });
      expect(metrics.styleDistance).toBeGreaterThan(0);
    }
  });

  it('of the untouched portrait is 1 and 0, without looking', async () => {
    const metrics = await measure(
      { portrait, portraitFace: face, result: portrait, reference, referenceFace: face },
      networks(new Map(), embeddings),
    );
    expect(metrics).toMatchObject({ found: true, landmarkError: 0, gazeError: 0 });
    expect(metrics.identity).toBeCloseTo(1, 6);
  });

  it('of the reference itself has no distance to it', async () => {
    const seen = networks(new Map([[reference, [face]]]), new Map([...embeddings, [reference, [1, 0]]]));
    const metrics = await measure(
      { portrait, portraitFace: face, result: reference, reference, referenceFace: face },
      seen,
    );
    const { styleDistance, textureDistance, completeness, coherence, photographicResidue } = metrics;
    expect([styleDistance, textureDistance, completeness, coherence]).toEqual([0, 0, 0, 0]);
    expect(photographicResidue).toBeLessThan(0.1); // another's picture
  });

  it('of the untouched portrait finds nothing of the medium, and all of the photograph', async () => {
    const seen = networks(new Map(), embeddings);
    const metrics = await measure(
      { portrait, portraitFace: face, result: portrait, reference: stripes, referenceFace: face },
      seen,
    );
    expect(metrics.completeness).toBeGreaterThan(100);
    expect(metrics.coherence).toBeGreaterThan(100);
    expect(metrics.photographicResidue).toBeGreaterThan(0.95);
  });

  it('tells a medium that is missing from one that is foreign, and both from colours', async () => {
    const of = (judged: Picture, style: Picture) =>
      measure(
        { portrait, portraitFace: face, result: judged, reference: style, referenceFace: face },
        networks(new Map(), embeddings),
      );
    const flat = grey(() => 128);
    const missing = await of(flat, stripes);
    expect(missing.completeness).toBeGreaterThan(50);
    expect(missing.coherence).toBeGreaterThan(10); // nothing in waves is flat
    const foreign = await of(
      grey((x, y) => (y < 80 ? 128 : wave(x))),
      flat,
    );
    expect(foreign.completeness).toBeLessThan(1);
    expect(foreign.coherence).toBeGreaterThan(20);
    const turned = await of(
      grey((_, y) => wave(y)),
      stripes,
    );
    expect(turned.styleDistance).toBeLessThan(0.01);
    expect(turned.completeness).toBeGreaterThan(50);
  });

  it('brings both faces to one size before it compares patches', async () => {
    const large = resizePicture(stripes, 320, 320);
    const twice = (value: number) => 2 * value;
    const largeFace = { ...face, landmarks: face.landmarks.map(twice), interocular: 2 * face.interocular };
    const seen = networks(new Map(), new Map([[stripes, [1, 0]]]));
    const { completeness, coherence } = await measure(
      { portrait: stripes, portraitFace: face, result: stripes, reference: large, referenceFace: largeFace },
      seen,
    );
    expect(Math.max(completeness, coherence)).toBeLessThan(5);
  });

  it('asks for the matte of a picture once', async () => {
    const [another, style] = [pictureOf(11), pictureOf(12)];
    const seen = networks(new Map(), new Map([[another, [1, 0]]]));
    mattes = 0;
    for (const judged of [pictureOf(13), pictureOf(14)]) {
      await measure(
        { portrait: another, portraitFace: face, result: judged, reference: style, referenceFace: face },
        seen,
      );
    }
    expect(mattes).toBe(2);
  });
});

it('landmark error is in inter-ocular distances of the expected face', () => {
  expect(landmarkError(faceAt(0, 0), faceAt(3, 4))).toBeCloseTo(5 / 40, 6);
});
