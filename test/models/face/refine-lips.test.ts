import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CHIN,
  FACE_OVAL,
  type FaceNetworks,
  faceSquare,
  LEFT_EYE,
  LIPS,
  LIPS_INNER,
  loadFaceNetworks,
  MOUTH_LEFT,
  MOUTH_RIGHT,
  NOSE_TIP,
  Sampler,
} from '../../../models/face/index.ts';
import { LipsFinder } from '../../../models/face/lips.ts';
import { FaceMesh } from '../../../models/face/mesh.ts';
import { withLips } from '../../../models/face/refine-lips.ts';
import { meanFaceAt } from '../stylize/mean-face.ts';
import { ASTRONAUT, JOCONDE, PORTRAITS, readPicture } from './pictures.ts';

const starter = (name: string) => fileURLToPath(new URL(`../../../starters/${name}.webp`, import.meta.url));

const NOSE_BASE = 2;

type Corner = readonly [number, number, number];

/** Of the mesh between the lips and what lies up to a third of the mouth's width around them; from @vladmandic/human. */
const TRIANGLES: readonly Corner[] = JSON.parse(
  readFileSync(new URL('../../fixtures/mouth-triangles.json', import.meta.url), 'utf8'),
);

const at = (landmarks: Float32Array, k: number) => [landmarks[3 * k], landmarks[3 * k + 1]] as const;
const distance = (a: Float32Array, b: Float32Array, k: number) =>
  Math.hypot(a[3 * k] - b[3 * k], a[3 * k + 1] - b[3 * k + 1]);
const lipsOf = (landmarks: Float32Array) => Float32Array.from(LIPS.flatMap((k) => at(landmarks, k)));
const widthOf = (landmarks: Float32Array) => landmarks[3 * MOUTH_RIGHT] - landmarks[3 * MOUTH_LEFT];

function area(landmarks: Float32Array, [a, b, c]: Corner): number {
  const [[ax, ay], [bx, by], [cx, cy]] = [a, b, c].map((k) => at(landmarks, k));
  return (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
}

/** Triangles that lie the other way round than before, and are higher than a fiftieth of the mouth's width. */
function folded(before: Float32Array, after: Float32Array): readonly Corner[] {
  const height = (corners: Corner) => {
    const points = corners.map((k) => at(after, k));
    const sides = points.map(([x, y], i) =>
      Math.hypot(x - points[(i + 1) % 3][0], y - points[(i + 1) % 3][1]),
    );
    return Math.abs(area(after, corners)) / Math.max(...sides);
  };
  return TRIANGLES.filter(
    (corners) => area(before, corners) * area(after, corners) < 0 && height(corners) > widthOf(before) / 50,
  );
}

/** How far an inner contour is open, over its width. */
function opening(landmarks: Float32Array): number {
  const half = LIPS_INNER.length / 2;
  const height = at(landmarks, LIPS_INNER[half + half / 2])[1] - at(landmarks, LIPS_INNER[half / 2])[1];
  return height / (at(landmarks, LIPS_INNER[half])[0] - at(landmarks, LIPS_INNER[0])[0]);
}

describe('lips put into a mesh', () => {
  const mean = meanFaceAt([100, 100], 60).landmarks;
  const width = widthOf(mean);
  const [cx, cy] = [(at(mean, MOUTH_LEFT)[0] + at(mean, MOUTH_RIGHT)[0]) / 2, at(mean, MOUTH_LEFT)[1]];
  const changed = (sx: number, sy: number, dx: number, dy: number) =>
    lipsOf(mean).map((value, i) =>
      i % 2 === 0 ? cx + sx * (value - cx) + dx * width : cy + sy * (value - cy) + dy * width,
    );

  test('are there, as deep as before; what is far from the mouth stays', () => {
    const lips = changed(0.9, 0.8, 0.02, -0.05);
    const refined = withLips(mean, lips);
    expect(lipsOf(refined)).toEqual(lips);
    for (let i = 2; i < mean.length; i += 3) expect(refined[i]).toBe(mean[i]);
    for (const k of [...FACE_OVAL, ...LEFT_EYE, CHIN, NOSE_TIP, NOSE_BASE])
      expect(distance(refined, mean, k)).toBe(0);
  });

  test.each([
    ['narrower', 0.75, 1, 0, 0],
    ['wider', 1.2, 1, 0, 0],
    ['thinner', 1, 0.6, 0, 0],
    ['thicker', 1, 1.4, 0, 0],
    ['higher', 1, 1, 0, -0.12],
    ['lower', 1, 1, 0, 0.12],
    ['aside', 1, 1, 0.12, 0],
  ])('nothing folds when they are %s', (_, sx, sy, dx, dy) => {
    const refined = withLips(mean, changed(sx, sy, dx, dy));
    expect(refined).not.toBe(mean);
    expect(folded(mean, refined)).toEqual([]);
  });

  test('lips that lie elsewhere are not believed, and neither are numbers that are none', () => {
    expect(withLips(mean, changed(1, 1, 0.3, 0))).toBe(mean);
    expect(withLips(mean, changed(1, 2.5, 0, 0))).toBe(mean);
    expect(withLips(mean, changed(1, 1, 0, Number.NaN))).toBe(mean);
  });
});

describe('in pictures', () => {
  let networks: FaceNetworks;
  let mesh: FaceMesh;
  let finder: LipsFinder;
  beforeAll(async () => {
    const options = { device: 'cpu', threads: 1 } as const;
    networks = await loadFaceNetworks(options);
    [mesh, finder] = await Promise.all([FaceMesh.load(options), LipsFinder.load(options)]);
  });
  afterAll(() => Promise.all([networks, mesh, finder].map((one) => one.release())));

  /** The largest face's mesh without and with the lips' network. */
  async function look(path: string): Promise<{ plain: Float32Array; refined: Float32Array }> {
    const picture = await readPicture(path);
    const sampler = new Sampler(picture);
    const [face] = await networks.findFaces(picture);
    const { landmarks: plain } = await mesh.locate(sampler, faceSquare(face.landmarks));
    return { plain, refined: withLips(plain, await finder.locate(sampler, plain)) };
  }

  test.each(Object.entries({ ASTRONAUT, JOCONDE, ...PORTRAITS }))('%s: nothing folds', async (_, path) => {
    const { plain, refined } = await look(path);
    expect(refined).not.toBe(plain);
    expect(folded(plain, refined)).toEqual([]);
  });

  test.each(['pencil', 'engraving'])('the closed mouth of the %s drawing is closed', async (name) => {
    const { plain, refined } = await look(starter(name));
    expect(opening(plain)).toBeGreaterThan(0.07);
    expect(opening(refined)).toBeLessThan(0.03);
  });

  test('faces that are found have these lips', async () => {
    const picture = await readPicture(starter('pencil'));
    const [face] = await networks.findFaces(picture);
    expect(opening(face.landmarks)).toBeLessThan(0.03);
    expect(opening((await networks.locate(picture, face.landmarks)).landmarks)).toBeLessThan(0.03);
  });
});
