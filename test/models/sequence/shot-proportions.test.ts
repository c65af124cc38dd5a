/** What is asked of a person's proportions from picture to picture, on the mean face. */
import { describe, expect, test } from 'vitest';
import type { Face } from '../../../models/face/index.ts';
import { createPicture, createPlane } from '../../../models/image/picture.ts';
import { frontalMesh } from '../../../models/proportions/frontal-mesh.ts';
import { logRatios, RATIOS } from '../../../models/proportions/ratios.ts';
import { ShotProportions } from '../../../models/sequence/shot-proportions.ts';
import type { PreparedStyle } from '../../../models/stylize/reference.ts';
import type { TrackedFace } from '../../../models/track/index.ts';
import { meanFaceAt } from '../stylize/mean-face.ts';

const mean = meanFaceAt([80, 80], 40);
const style = { face: mean } as unknown as PreparedStyle;
const person = (face: Face): TrackedFace => ({ ...face, identity: 7, source: 'mesh' });
const scaled = (face: Face, x: number, y: number): Face => ({
  ...face,
  landmarks: face.landmarks.map((value, i) =>
    i % 3 === 0 ? 80 + x * (value - 80) : i % 3 === 1 ? 80 + y * (value - 80) : value,
  ),
});
/** By degrees, about the vertical through its middle. */
const turned = (face: Face, degrees: number): Face => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const landmarks = face.landmarks.slice();
  for (let i = 0; i < landmarks.length; i += 3) {
    const [x, z] = [face.landmarks[i] - 80, face.landmarks[i + 2]];
    [landmarks[i], landmarks[i + 2]] = [80 + cos * x + sin * z, cos * z - sin * x];
  }
  return { ...face, landmarks };
};
const level = frontalMesh(mean.landmarks).yaw;

const portrait = createPicture(160, 160);
const matte = createPlane(160, 160, 1);
const show = (shot: ShotProportions, face: Face) => {
  const found = [person(face)];
  return shot.next({ portrait, found, faces: found }, async () => matte);
};
const headOf = ({ landmarks }: Face) => logRatios(frontalMesh(landmarks).points)[RATIOS.indexOf('head')];

/** Wider than the mean, which is what is exaggerated. */
const wide = scaled(mean, 1.1, 0.95);
const wishes = { proportions: 0, exaggerate: 0.5 };

describe('proportions through a shot', () => {
  test('are changed by what its first picture asks, until a cut', async () => {
    const shot = new ShotProportions(style, wishes);
    const first = await show(shot, wide);
    const change = headOf(first.faces[0]) - headOf(wide);
    expect(Math.abs(change)).toBeGreaterThan(0.02);
    const wider = scaled(mean, 1.02, 0.99);
    const second = await show(shot, wider);
    expect(headOf(second.faces[0]) - headOf(wider)).toBeCloseTo(change, 3);
    shot.cut();
    const other = await show(shot, wider);
    expect(headOf(other.faces[0]) - headOf(wider)).toBeLessThan(0.8 * change);
  });

  test('are a person’s own again where the head turns aside, little by little', async () => {
    const shot = new ShotProportions(style, wishes);
    const changeAt = async (degrees: number) => {
      const face = turned(wide, degrees + level);
      const { faces } = await show(shot, face);
      return headOf(faces[0]) - headOf(face);
    };
    const front = await changeAt(0);
    const [some, none] = [await changeAt(24), await changeAt(32)];
    expect(some).toBeGreaterThan(0.1 * front);
    expect(some).toBeLessThan(0.8 * front);
    expect(none).toBe(0);
  });

  test('stay what they were for whoever goes on from what was saved', async () => {
    const shot = new ShotProportions(style, wishes);
    await show(shot, wide);
    const resumed = new ShotProportions(style, wishes);
    resumed.load(structuredClone(shot.save()));
    const [expected, there] = [await show(shot, mean), await show(resumed, mean)];
    expect(there.faces[0].landmarks).toEqual(expected.faces[0].landmarks);
    expect(there.faces[0].landmarks).not.toEqual(mean.landmarks);
    expect(there.faces[0].identity).toBe(7);
  });

  test('of a portrait that nothing is asked of are not looked at', async () => {
    const shot = new ShotProportions(style, {});
    const found = [person(mean)];
    const result = await shot.next({ portrait, found, faces: found }, () => {
      throw new Error('a matte was asked for');
    });
    expect(result).toEqual({ portrait, found, faces: found, matte: null, warnings: [] });
  });

  test('say once what cannot be done', async () => {
    const shot = new ShotProportions({ face: { ...mean, score: 0 } } as unknown as PreparedStyle, {
      proportions: 0.5,
    });
    expect((await show(shot, wide)).warnings[0]).toContain('shows no face');
    expect((await show(shot, wide)).warnings).toEqual([]);
  });
});
