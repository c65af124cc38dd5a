import { describe, expect, test } from 'vitest';
import { createPicture, type Picture } from '../../../models/image/picture.ts';
import { bestPicture } from '../../../models/sequence/best-picture.ts';
import type { TrackedFrame } from '../../../models/sequence/index.ts';
import type { TrackedFace } from '../../../models/track/index.ts';
import { meanFaceAt, turnedAbout } from '../stylize/mean-face.ts';

/** Stripes so many grey levels apart. */
function striped(contrast: number): Picture {
  const picture = createPicture(120, 120);
  for (let i = 0; i < 120 * 120; i++) picture.data.fill(i % 2 ? 128 : 128 + contrast, 4 * i, 4 * i + 3);
  return picture;
}
const sharp = striped(40);

const plain: TrackedFace = { ...meanFaceAt([60, 60], 40), identity: 0, source: 'mesh' };

/** Turned by so many degrees to the side. */
function turned(by: number, face = plain): TrackedFace {
  const [cos, sin] = [Math.cos((by * Math.PI) / 180), Math.sin((by * Math.PI) / 180)];
  const landmarks = face.landmarks.slice();
  for (let i = 0; i < landmarks.length; i += 3) {
    const [x, z] = [landmarks[i] - 60, landmarks[i + 2]];
    landmarks[i] = 60 + cos * x - sin * z;
    landmarks[i + 2] = sin * x + cos * z;
  }
  return { ...face, landmarks };
}

function leaning(by: number): TrackedFace {
  const angle = (by * Math.PI) / 180;
  return { ...plain, angle: plain.angle + angle, landmarks: turnedAbout(plain.landmarks, [60, 60], angle) };
}

/** With points moved down by so many px. */
function moved(points: readonly number[], by: number): TrackedFace {
  const landmarks = plain.landmarks.slice();
  for (const point of points) landmarks[3 * point + 1] += by;
  return { ...plain, landmarks };
}
const blinking = moved([160, 159, 158, 387, 386, 385], 4);
const speaking = moved([14], 10);

const frame = (faces: readonly TrackedFace[], picture = sharp): TrackedFrame => ({
  picture,
  faces,
  isCut: false,
});
const best = (...faces: readonly TrackedFace[]) => bestPicture(faces.map((face) => frame([face])));

describe('a shot is begun at the picture', () => {
  test.each([
    ['that shows a head from the front', turned(25)],
    ['in which eyes are open', blinking],
    ['in which the mouth is closed', speaking],
    ['in which the mesh is sure of the face', { ...plain, score: 0.6 }],
  ])('%s', (_, worse) => {
    expect(best(worse, plain, worse)).toBe(1);
    expect(best(worse, worse, plain, worse, worse)).toBe(2);
  });

  test('that is not blurred', () => {
    expect(bestPicture([striped(20), striped(40), striped(15)].map((one) => frame([plain], one)))).toBe(1);
  });

  test('that is the first of equals', () => {
    expect(best(plain, plain, plain)).toBe(0);
  });

  test('from which the others are least far, where heads are seen from the front all the time', () => {
    expect(best(...[-12, -6, 0, 6, 12].map(leaning))).toBe(2);
    expect(best(...[0, 3, 6, 9, 9].map((by) => turned(by)))).toBe(2);
  });

  test('that shows everybody', () => {
    const other: TrackedFace = { ...plain, identity: 1 };
    expect(bestPicture([frame([plain]), frame([turned(12), other]), frame([plain])])).toBe(1);
  });

  test('that shows the largest face of the first one, and shows that one well', () => {
    const small: TrackedFace = { ...meanFaceAt([20, 20], 10), identity: 1, source: 'mesh' };
    const faces = [[blinking, small], [small], [], [turned(25), small], [plain]];
    expect(bestPicture(faces.map((one) => frame(one)))).toBe(4);
    const poor = { ...turned(60), score: 0.3 };
    expect(bestPicture([frame([poor, small]), frame([small]), frame([small])])).toBe(0);
  });
});
