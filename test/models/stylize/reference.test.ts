import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eyeLineAngle, type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import { SEGMENT_NAMES } from '../../../models/segment/segments.ts';
import { labPlanes } from '../../../models/image/colour.ts';
import { type PreparedStyle, prepareStyle } from '../../../models/style/reference.ts';
import { JOCONDE, readPicture } from '../face/pictures.ts';
import { worst } from '../image/planes.ts';

let networks: FaceNetworks;
let style: PreparedStyle;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  style = await prepareStyle(await readPicture(JOCONDE), networks);
});
afterAll(() => networks.release());

describe('a view of the reference', () => {
  test('at its own size is the reference itself', () => {
    const { lab, landmarks, interocular } = style.view(1, 0);
    expect(worst(lab.l.data, labPlanes(style.reference).l.data)).toBe(0);
    expect(landmarks).toEqual(style.face.landmarks);
    expect(interocular).toBe(style.face.interocular);
  });

  test.each([0.9, 0.5, 0.31, 0.1])('at %d is within 10 %% of that size, with its landmarks', (scale) => {
    const { lab, landmarks, interocular } = style.view(scale, 0);
    const actual = interocular / style.face.interocular;
    expect(Math.abs(Math.log(actual / scale))).toBeLessThan(Math.log(1.1));
    expect(Math.abs(lab.l.width - style.reference.width * actual)).toBeLessThanOrEqual(0.5);
    expect(landmarks[30]).toBeCloseTo(style.face.landmarks[30] * actual, 3);
  });

  test('is never larger than the reference', () => {
    expect(style.view(7, 0)).toBe(style.view(1, 0));
  });

  test.each([0.5, -0.8, 3])('turned by %d rad has its face turned by about that', (angle) => {
    const turned = eyeLineAngle(style.view(0.5, angle).landmarks);
    const error = turned - style.face.angle - angle;
    expect(Math.abs(Math.atan2(Math.sin(error), Math.cos(error)))).toBeLessThan(Math.PI / 24 + 0.01);
  });

  test('is kept', () => {
    expect(style.view(0.5, 0)).toBe(style.view(0.5, 0));
    expect(style.view(0.5, 0.6)).toBe(style.view(0.5, 0.6));
    expect(style.view(0.5, 0.6)).not.toBe(style.view(0.5, -0.6));
  });

  test('has a material for every segment, from pixels of the reference', () => {
    for (const angle of [0, 0.6]) {
      const { materials, lab } = style.view(0.4, angle);
      expect(materials).toHaveLength(SEGMENT_NAMES.length + 1); // and one for the features
      for (const { index } of materials) {
        expect(index.members.length).toBeGreaterThan(100);
        expect([index.width, index.height]).toEqual([lab.l.width, lab.l.height]);
      }
    }
  });

  test('turned, has no material outside the reference', () => {
    const { materials, lab } = style.view(0.4, 0.6);
    const { width, height } = lab.l;
    for (const corner of [0, width - 1, (height - 1) * width, height * width - 1]) {
      for (const { index } of materials) expect(index.isMember[corner]).toBe(0);
    }
  });
});

test('a picture without a face is no reference', async () => {
  const blank = { width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4).fill(200) };
  await expect(prepareStyle(blank, networks)).rejects.toMatchObject({ code: 'NO_FACE_IN_STYLE' });
});
