import { describe, expect, test } from 'vitest';
import { facePositions } from '../../../models/face/face-frame.ts';
import { faceMask } from '../../../models/face/index.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import type { Canvas } from '../../../models/stylize/canvas.ts';
import type { ReferenceView } from '../../../models/stylize/reference-view.ts';
import { regionsOf } from '../../../models/stylize/regions.ts';
import { type Silhouette, wearReference } from '../../../models/stylize/silhouette.ts';
import { planeOf, worst } from '../image/planes.ts';
import { meanFaceAt } from './mean-face.ts';

const [WIDTH, HEIGHT] = [160, 200];
const face = meanFaceAt([80, 80], 50);
const { landmarks, interocular } = face;
const { x, y, radius } = facePositions(landmarks, WIDTH, HEIGHT);
const oval = faceMask(landmarks, WIDTH, HEIGHT, 0);
const flags = (is: (i: number) => boolean) => planeOf(WIDTH, HEIGHT, (u, v) => (is(v * WIDTH + u) ? 1 : 0));

/** A person of a face, hair that reaches `hair` outlines of it outwards, and shoulders so wide (face heights). */
function person(hair: number, shoulders: number) {
  const isFace = (i: number) => oval.data[i] > 0.5;
  const isHair = (i: number) => !isFace(i) && radius.data[i] < hair && y.data[i] < 0.45;
  const isClothes = (i: number) =>
    !isFace(i) && !isHair(i) && y.data[i] > 0.5 && Math.abs(x.data[i]) < shoulders;
  const segments = {
    background: flags((i) => !isFace(i) && !isHair(i) && !isClothes(i)),
    skin: oval,
    hair: flags(isHair),
    clothes: flags(isClothes),
    facialHair: flags(() => false),
  };
  const lab = {
    l: createPlane(WIDTH, HEIGHT, 60),
    a: createPlane(WIDTH, HEIGHT),
    b: createPlane(WIDTH, HEIGHT),
  };
  const { background } = segments;
  return {
    ...{ lab, segments, landmarks, interocular, width: WIDTH, height: HEIGHT },
    regions: regionsOf(segments, face),
    matte: { ...background, data: background.data.map((value) => 1 - value) },
  };
}

const canvas = person(1.15, 0.55) as unknown as Canvas;
/** Wider hair, wider shoulders, seen in the same place. */
const view = person(1.5, 0.8) as unknown as ReferenceView;
const identity = { x: planeOf(WIDTH, HEIGHT, (u) => u), y: planeOf(WIDTH, HEIGHT, (_, v) => v) };
const wear = (shape: number, positions = identity) => wearReference(canvas, view, positions, shape);

/** Means over places of the picture. */
const places = {
  face: flags((i) => radius.data[i] < 0.6),
  ownHair: flags((i) => canvas.regions.hair.data[i] === 1 && y.data[i] < -0.3 && radius.data[i] > 1.06),
  otherHair: flags((i) => radius.data[i] > 1.22 && radius.data[i] < 1.43 && y.data[i] < 0.3),
  ownClothes: flags((i) => canvas.regions.clothes.data[i] === 1 && y.data[i] > 0.72 && y.data[i] < 0.95),
  otherClothes: flags(
    (i) => y.data[i] > 0.72 && y.data[i] < 0.95 && Math.abs(x.data[i]) > 0.6 && Math.abs(x.data[i]) < 0.75,
  ),
};
type Place = keyof typeof places;
function meanIn(plane: Plane, place: Place): number {
  const chosen = plane.data.filter((_, i) => places[place].data[i] === 1);
  expect(chosen.length, place).toBeGreaterThan(30);
  return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
}
const all = (plane: Plane) =>
  Object.fromEntries(
    (Object.keys(places) as Place[]).map((place) => [place, Math.round(20 * meanIn(plane, place)) / 20]),
  );

describe('what is worn', () => {
  test('at shape 0 is nothing', () => {
    const { worn, matte } = wear(0);
    expect(Math.max(...worn.data)).toBe(0);
    expect(worst(matte.data, canvas.matte.data)).toBe(0);
  });

  test('at a half is the costume, under one’s own hair', () => {
    const { worn, matte } = wear(0.5);
    expect(all(worn)).toEqual({ face: 0, ownHair: 0, otherHair: 0, ownClothes: 1, otherClothes: 1 });
    expect(all(matte)).toEqual({ face: 1, ownHair: 1, otherHair: 0, ownClothes: 1, otherClothes: 1 });
  });

  test('at 1 is hair and costume around one’s own face', () => {
    const { worn, matte } = wear(1);
    expect(all(worn)).toEqual({ face: 0, ownHair: 1, otherHair: 1, ownClothes: 1, otherClothes: 1 });
    expect(all(matte)).toEqual({ face: 1, ownHair: 1, otherHair: 1, ownClothes: 1, otherClothes: 1 });
  });

  test('grows with shape, place by place', () => {
    const steps = Array.from({ length: 21 }, (_, i) => wear(i / 20));
    for (const place of ['ownHair', 'otherHair', 'otherClothes'] as const) {
      const values = steps.map(({ worn }) => meanIn(worn, place));
      for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1] - 1e-6);
      expect([values[0], Math.round(values[20])]).toEqual([0, 1]);
    }
    const begins = (place: Place) => steps.findIndex(({ worn }) => meanIn(worn, place) > 0.5);
    expect(begins('otherClothes')).toBeLessThan(begins('otherHair'));
  });

  test('ends where the reference does', () => {
    // The reference shows nothing left of its middle: positions there lie outside of it.
    const cut = { ...identity, x: planeOf(WIDTH, HEIGHT, (u) => u - 60) };
    const { worn, matte } = wear(1, cut);
    for (let v = 0; v < HEIGHT; v += 5) {
      const i = v * WIDTH + 30;
      expect(worn.data[i]).toBe(0);
      expect(matte.data[i]).toBe(canvas.matte.data[i]);
    }
  });
});

test('planes of the view are bent to the canvas', () => {
  const plane = planeOf(WIDTH, HEIGHT, (u, v) => u + 3 * v);
  const shifted: Silhouette = wear(1, {
    x: planeOf(WIDTH, HEIGHT, (u) => u + 4.5),
    y: planeOf(WIDTH, HEIGHT, (_, v) => v - 7.25),
  });
  const bent = shifted.warp(plane);
  for (const [u, v] of [
    [20, 30],
    [100, 150],
  ])
    expect(bent.data[v * WIDTH + u]).toBeCloseTo(u + 4.5 + 3 * (v - 7.25), 3);
  expect(worst(wear(1).warp(plane).data, plane.data)).toBe(0);
});
