import { expect, test } from 'vitest';
import { UNKNOWN } from '../../../models/face/parsing-classes.ts';
import { CHIN, FOREHEAD_TOP } from '../../../models/face/topology.ts';
import { classNumber } from '../../../scripts/labels/classes.ts';
import { cropScene } from '../../../scripts/training/parsing/crop-scene.ts';
import { AREA, createScene, SIDE } from '../../../scripts/training/parsing/scene.ts';

const [BACKGROUND, HAIR] = [classNumber('background'), classNumber('hair')];

/** A face 100 px high in the middle; hair above it, ground below, each sample of another brightness. */
function example() {
  const landmarks = new Float32Array(468 * 3).fill(SIDE / 2);
  for (let k = 0; k < 468; k++) landmarks[3 * k] += k % 2 ? 30 : -30;
  landmarks.set([SIDE / 2, SIDE / 2 - 50, 0], 3 * FOREHEAD_TOP);
  landmarks.set([SIDE / 2, SIDE / 2 + 50, 0], 3 * CHIN);
  return createScene({
    rgb: Float32Array.from({ length: 3 * AREA }, (_, i) => (i % AREA) / AREA),
    labels: Uint8Array.from({ length: AREA }, (_, i) => (i < AREA / 2 ? HAIR : BACKGROUND)),
    trust: new Uint8Array(AREA).fill(255),
    landmarks,
    isContinued: false,
  });
}

test('past the edges the last pixels are seen again; ground goes on there and counts little, hair is unknown', () => {
  const scene = example();
  const { rgb } = example();
  cropScene(scene, () => 0); // 54 samples to each side of the face's middle
  const [near, far] = [SIDE / 2 - 54, SIDE / 2 + 54];
  const at = (x: number, y: number) => y * SIDE + x;
  expect(scene.rgb[at(0, 0)]).toBe(rgb[at(near, near)]);
  expect(scene.rgb[2 * AREA + at(SIDE - 1, SIDE - 1)]).toBe(rgb[2 * AREA + at(far, far)]);
  expect([scene.labels[at(0, 0)], scene.trust[at(0, 0)]]).toEqual([UNKNOWN, 0]);
  expect(scene.labels[at(0, SIDE - 1)]).toBe(BACKGROUND);
  expect(scene.trust[at(0, SIDE - 1)]).toBeLessThan(128);
  const inside = at(near + 1, near + 1);
  expect([scene.rgb[inside], scene.labels[inside], scene.trust[inside]]).toEqual([rgb[inside], HAIR, 255]);
});
