import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import {
  type FaceTracker,
  loadFaceTracker,
  type TrackedFace,
  trackFaces,
} from '../../../models/track/index.ts';
import { ASTRONAUT, landmarkError, mapLandmarks } from '../face/pictures.ts';
import { portraitOf, wallWith } from './views.ts';

const CPU = { device: 'cpu', threads: 1 } as const;
const OTHER = fileURLToPath(new URL('../../gallery/portraits/casten.jpg', import.meta.url));

let networks: FaceNetworks;
let her: Buffer;
let him: Buffer;
beforeAll(async () => {
  networks = await loadFaceNetworks(CPU);
  [her, him] = await Promise.all([portraitOf(ASTRONAUT), portraitOf(OTHER)]);
});
afterAll(() => networks.release());

const middle = ({ box }: TrackedFace): number => box.x + box.width / 2;
const identities = (faces: readonly TrackedFace[]): number[] => faces.map(({ identity }) => identity).sort();

async function trackAll(
  lefts: readonly (readonly [her?: number, him?: number])[],
  seen: FaceNetworks = networks,
  options: { detectEvery?: number } = {},
): Promise<TrackedFace[][]> {
  async function* frames(): AsyncGenerator<Picture> {
    for (const [a, b] of lefts) {
      yield await wallWith([
        ...(b === undefined ? [] : [{ portrait: him, left: b }]),
        ...(a === undefined ? [] : [{ portrait: her, left: a }]),
      ]);
    }
  }
  const found: TrackedFace[][] = [];
  for await (const faces of trackFaces(frames(), { networks: seen, ...CPU, ...options })) found.push(faces);
  return found;
}

/** Networks that see nothing in the frames whose number, counted from 0, is among these. */
function blindIn(frames: readonly number[]): FaceNetworks {
  let [frame, last]: [number, Picture | undefined] = [-1, undefined];
  const isBlind = (picture: Picture) => {
    if (picture !== last) [frame, last] = [frame + 1, picture];
    return frames.includes(frame);
  };
  return {
    ...networks,
    findFaces: async (picture) => (isBlind(picture) ? [] : networks.findFaces(picture)),
    locate: async (picture, landmarks) => {
      const face = await networks.locate(picture, landmarks);
      return isBlind(picture) ? { ...face, score: 0 } : face;
    },
  };
}

test('a face that moves is followed by the mesh, with its points where it is', async () => {
  const frames = await trackAll([[100], [112], [124], [136]]);
  expect(frames.map(([face]) => face.source)).toEqual(['detector', 'mesh', 'mesh', 'mesh']);
  const [[first], , , [last]] = frames;
  const expected = mapLandmarks(first.landmarks, (x, y) => [x + 36, y]);
  expect(landmarkError(last.landmarks, expected, first.interocular)).toBeLessThan(0.04);
});

test('frames in which neither detector nor mesh sees the face are bridged', async () => {
  const lefts = [100, 108, 116, 124, 132, 140].map((left): [number] => [left]);
  const frames = await trackAll(lefts, blindIn([2, 3, 4]));
  expect(frames.map(([face]) => face.source)).toEqual([
    'detector',
    'mesh',
    'regression',
    'regression',
    'regression',
    'mesh',
  ]);
  expect(frames.map(identities)).toEqual(Array(6).fill([0]));
  const [first, bridged] = [frames[0][0], frames[4][0]];
  const expected = mapLandmarks(first.landmarks, (x, y) => [x + 32, y]);
  expect(landmarkError(bridged.landmarks, expected, first.interocular)).toBeLessThan(0.15);
});

test('a face that is gone is not bridged', async () => {
  const frames = await trackAll([[100], [100], [], []]);
  expect(frames.map((faces) => faces.length)).toEqual([1, 1, 0, 0]);
});

test('who leaves and comes back elsewhere keeps the number', async () => {
  const steps = [
    [20, 280],
    [10, 280],
    [-170, 280],
    [undefined, 280],
    [90, 290],
    [90, 290],
  ] as const;
  const frames = await trackAll(steps, networks, { detectEvery: 1 });
  const [left, right] = frames[0].toSorted((a, b) => middle(a) - middle(b)).map(({ identity }) => identity);
  const both = [0, 1];
  expect(frames.map(identities)).toEqual([both, both, [right], [right], both, both]);
  expect(frames[5].find((face) => middle(face) < 240)!.identity).toBe(left);
});

test('who change places between two shots keep their numbers', async () => {
  const tracker: FaceTracker = await loadFaceTracker({ networks, ...CPU });
  const sides = async (a: number, b: number) => {
    const faces = await tracker.track(
      await wallWith([
        { portrait: her, left: a },
        { portrait: him, left: b },
      ]),
    );
    return faces.sort((one, other) => middle(one) - middle(other)).map(({ identity }) => identity);
  };
  const [left, right] = await sides(20, 280);
  tracker.cut();
  expect(await sides(280, 20)).toEqual([right, left]);
  await tracker.release();
});

describe('people who cross', () => {
  test('keep their numbers, also while one hides the other', async () => {
    const steps = Array.from({ length: 13 }, (_, k) => [10 + 22 * k, 285 - 22 * k] as const);
    const frames = await trackAll(steps, networks, { detectEvery: 6 });
    const [first, last] = [frames[0], frames.at(-1)!];
    const at = (faces: TrackedFace[], side: 'left' | 'right') =>
      faces.toSorted((a, b) => middle(a) - middle(b)).at(side === 'left' ? 0 : -1)!.identity;
    expect(identities(first)).toEqual([0, 1]);
    expect(identities(last)).toEqual([0, 1]);
    expect(at(last, 'right')).toBe(at(first, 'left'));
    expect(at(last, 'left')).toBe(at(first, 'right'));
  });
});

test('a frame without a face has none', async () => {
  expect(await trackAll([[]])).toEqual([[]]);
});
