/** What a frame of glasses lies on is moved as a whole. */
import { expect, test } from 'vitest';
import { createPicture, createPlane } from '../../../models/image/picture.ts';
import { stepAt } from '../../../models/proportions/deformation.ts';
import { drivenChanges } from '../../../models/proportions/driven-changes.ts';
import { findDeformation, studySubject } from '../../../models/proportions/find-deformation.ts';
import { SIGMA } from '../../../models/proportions/neutral-ratios.ts';
import { RATIOS } from '../../../models/proportions/ratios.ts';
import { meanFaceAt } from '../stylize/mean-face.ts';

const EYES = 60;
const face = meanFaceAt([150, 150], EYES);
const people = { picture: createPicture(300, 300), matte: createPlane(300, 300, 1) };
const CARTOON: Record<string, number> = { eyeWidth: 1.2, eyeHeight: 1.2, eyeSpacing: 0.8, brow: 1, jaw: -1 };

const deformed = (isRigid: boolean, deviations = CARTOON) => {
  const subject = studySubject(people, face, [], isRigid);
  const changes = RATIOS.map((ratio, r) => (deviations[ratio] ?? 0) * SIGMA[r]);
  const { deformation, face: after, share } = findDeformation(subject, drivenChanges(changes, isRigid));
  if (!deformation) throw new Error('nothing was changed');
  expect(share).toBeGreaterThan(0.5);
  return { deformation, after };
};

/** How far what is read along a straight line across the face (eye distances above the eyes) leaves a straight line, px. */
function bend(isRigid: boolean, above: number): number {
  const { deformation } = deformed(isRigid);
  const eyes = (face.landmarks[3 * 33 + 1] + face.landmarks[3 * 263 + 1]) / 2;
  const y = eyes - above * EYES;
  const read = Array.from({ length: 61 }, (_, i) => {
    const x = 150 + ((i - 30) / 30) * 0.6 * EYES;
    const [dx, dy] = stepAt(deformation, x, y);
    return [x + dx, y + dy];
  });
  const [[ax, ay], [bx, by]] = [read[0], read[60]];
  const length = Math.hypot(bx - ax, by - ay);
  return Math.max(...read.map(([x, y]) => Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length));
}

test('a frame stays straight where eyes without glasses grow', () => {
  for (const above of [0.24, 0.2, -0.16, -0.21]) expect(bend(true, above)).toBeLessThan(0.001 * EYES);
  expect(bend(false, -0.16)).toBeGreaterThan(0.015 * EYES);
});

/** What becomes of distances between landmarks. */
const growthIn = (after: Float32Array) => {
  const between = (points: Float32Array, a: number, b: number) =>
    Math.hypot(points[3 * a] - points[3 * b], points[3 * a + 1] - points[3 * b + 1]);
  return (a: number, b: number) => between(after, a, b) / between(face.landmarks, a, b);
};

test('a frame grows alike everywhere, and eyes open within it', () => {
  const grown = growthIn(deformed(true).after.landmarks);
  // Under the rims, at their outer ends and over the bridge.
  const frame = [grown(226, 446), grown(117, 346), grown(226, 168), grown(446, 168)];
  for (const growth of frame) expect(growth).toBeCloseTo(grown(117, 346), 2);
  // Lids.
  expect(grown(159, 145)).toBeGreaterThan(1.25 * grown(117, 346));
});

test('a frame grows less than the distance of the eyes, and cheeks no more than without glasses', () => {
  const [grown, free] = [true, false].map((isRigid) => growthIn(deformed(isRigid).after.landmarks));
  expect(grown(117, 346)).toBeGreaterThan(1.02);
  expect(grown(117, 346) - 1).toBeLessThan(0.7 * (grown(159, 386) - 1));
  expect(grown(234, 454)).toBeLessThan(free(234, 454) + 0.02);
});

test('a nose below the bridge is as wide as it would be without glasses', () => {
  const grown = growthIn(deformed(true, { noseWidth: -1 }).after.landmarks);
  expect(grown(48, 278)).toBeLessThan(0.93);
  expect(grown(117, 346)).toBeCloseTo(1, 2);
});
