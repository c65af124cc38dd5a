/** A photograph deformed, with the real networks. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  cosineSimilarity,
  type Face,
  type FaceNetworks,
  loadFaceNetworks,
} from '../../../models/face/index.ts';
import type { Picture, Plane } from '../../../models/image/picture.ts';
import { changeProportions } from '../../../models/proportions/change-proportions.ts';
import { deform, smallestJacobian } from '../../../models/proportions/deformation.ts';
import {
  findDeformation,
  LEAST_JACOBIAN,
  studySubject,
} from '../../../models/proportions/find-deformation.ts';
import { frontalMesh } from '../../../models/proportions/frontal-mesh.ts';
import { wearsGlasses } from '../../../models/proportions/glasses.ts';
import { visibleIrises } from '../../../models/proportions/irises.ts';
import { SIGMA } from '../../../models/proportions/neutral-ratios.ts';
import { logRatios, RATIOS, type Ratio } from '../../../models/proportions/ratios.ts';
import { ASTRONAUT, readPicture } from '../face/pictures.ts';

let networks: FaceNetworks;
let picture: Picture;
let face: Face;
let matte: Plane;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  picture = await readPicture(ASTRONAUT);
  [face] = await networks.findFaces(picture);
  matte = await networks.matte(picture, face);
});
afterAll(() => networks.release());

/** In standard deviations of people. */
const changes = (wanted: Partial<Record<Ratio, number>>) =>
  RATIOS.map((ratio, r) => (ratio === 'mouth' || ratio === 'lips' ? null : (wanted[ratio] ?? 0) * SIGMA[r]));
const CARTOON = { jaw: -1.2, chin: -1.2, eyeWidth: 1.5, eyeHeight: 1.5, eyeSpacing: 1.2, brow: 1 };

describe('a photograph with a cartoon’s proportions', () => {
  test('shows them, and the person', async () => {
    const result = changeProportions({ picture, matte }, face, changes(CARTOON));
    expect(result.share).toBe(1);
    expect(result.jacobian).toBeGreaterThan(LEAST_JACOBIAN);
    const [again] = await networks.findFaces(result.picture);
    const changeOf = (ratio: Ratio, { landmarks }: Face) => {
      const [before, after] = [face.landmarks, landmarks].map((points) =>
        logRatios(frontalMesh(points).points),
      );
      const r = RATIOS.indexOf(ratio);
      return (after[r] - before[r]) / SIGMA[r];
    };
    const moved = (ratio: Ratio) => changeOf(ratio, again);
    // The lips are read where they are; the mesh leaves the chin below them lower than it is.
    expect(moved('chin')).toBeLessThan(-0.25);
    expect(changeOf('chin', result.face)).toBeLessThan(-1.5);
    expect(moved('eyeHeight')).toBeGreaterThan(0.7);
    expect(moved('eyeSpacing')).toBeGreaterThan(0.6);
    const identity = cosineSimilarity(
      await networks.embed(picture, face),
      await networks.embed(result.picture, again),
    );
    expect(identity).toBeGreaterThan(0.7);
  });

  test('stays what it was where nobody’s head is: border, shoulders and the ground away from it', () => {
    const { width, height } = picture;
    const result = changeProportions({ picture, matte }, face, changes(CARTOON));
    let far = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const isBorder = x === 0 || y === 0 || x === width - 1 || y === height - 1;
        const isLow = y > face.box.y + 2 * face.box.height;
        const isAside = x < face.box.x - 1.6 * face.box.width;
        if (!isBorder && !isLow && !isAside) continue;
        far++;
        const i = 4 * (y * width + x);
        expect(Math.abs(result.picture.data[i] - picture.data[i])).toBeLessThanOrEqual(8);
      }
    }
    expect(far).toBeGreaterThan(1000);
  });

  test('irises keep their shape: the points around them grow alike in all directions', () => {
    const [iris] = visibleIrises(picture, face);
    const [eyeLeft, eyeRight] = [face.landmarks[3 * 33], face.landmarks[3 * 133]];
    expect(iris.x).toBeGreaterThan(eyeLeft);
    expect(iris.x).toBeLessThan(eyeRight);
    expect(iris.radius).toBeCloseTo(
      0.2 * Math.hypot(eyeRight - eyeLeft, face.landmarks[400] - face.landmarks[100]),
      1,
    );
  });

  test('nothing asked is nothing changed', () => {
    const result = changeProportions({ picture, matte }, face, changes({}));
    expect(result.picture.data).toEqual(picture.data);
    expect(result.matte.data).toEqual(matte.data);
  });

  test('what would fold is made in part', () => {
    const driven = RATIOS.map(
      (ratio) => ({ eyeHeight: 1.4, eyeSpacing: -0.8, brow: -0.8 })[ratio as string] ?? 0,
    );
    const { share, jacobian } = findDeformation(studySubject({ picture, matte }, face), driven);
    expect(share).toBeLessThan(1);
    expect(share).toBeGreaterThan(0);
    expect(jacobian).toBeGreaterThan(LEAST_JACOBIAN);
  });

  test('nobody is asked for more than a face bears, as far from the mean as a reference is', () => {
    const extreme = changes({ eyeHeight: 6, jaw: -6, eyeSpacing: -6, noseWidth: 6, brow: 6 });
    const result = changeProportions({ picture, matte }, face, extreme);
    expect(result.share).toBeGreaterThanOrEqual(0.5);
    expect(result.jacobian).toBeGreaterThan(LEAST_JACOBIAN);
  });
});

test('no glasses are seen on a face without', () => {
  expect(wearsGlasses(picture, face)).toBe(false);
});

/** Lines of a frame, eye distances across and down from the middle of the eyes: bars above them, arms, bridge and sides. */
const HALF_RIM = [
  [-0.62, -0.08, -0.12, -0.08],
  [0.12, -0.08, 0.62, -0.08],
  [-0.75, -0.1, -0.6, -0.06],
  [0.6, -0.06, 0.75, -0.1],
  [-0.12, -0.05, 0.12, -0.05],
  ...[-0.62, -0.12, 0.12, 0.62].map((x) => [x, -0.08, x, 0.16]),
] as const;

test('glasses without lower rims are seen', () => {
  const shown = { ...picture, data: picture.data.slice() };
  const at = (k: number) => [face.landmarks[3 * k], face.landmarks[3 * k + 1]];
  const [left, right] = [at(33), at(263)];
  const [ax, ay] = [right[0] - left[0], right[1] - left[1]];
  for (const [u0, v0, u1, v1] of HALF_RIM) {
    for (let i = 0; i <= 200; i++) {
      const [u, v] = [u0 + ((u1 - u0) * i) / 200, v0 + ((v1 - v0) * i) / 200];
      const x = (left[0] + right[0]) / 2 + u * ax - v * ay;
      const y = (left[1] + right[1]) / 2 + u * ay + v * ax;
      for (const row of [-1, 0, 1]) {
        const start = 4 * ((Math.round(y) + row) * shown.width + Math.round(x) - 1);
        shown.data.fill(40, start, start + 12);
      }
    }
  }
  expect(wearsGlasses(shown, face)).toBe(true);
});

test('points that change places are a fold', () => {
  const rect = { x: 0, y: 0, width: 100, height: 100 };
  const still = [10, 10, 90, 10, 10, 90, 90, 90];
  const swapped = { from: [45, 50, 55, 50, ...still], to: [55, 50, 45, 50, ...still] };
  expect(smallestJacobian(deform(rect, 60, swapped))).toBeLessThanOrEqual(0);
  expect(smallestJacobian(deform(rect, 60, { from: still, to: still }))).toBeCloseTo(1, 4);
});
