import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  evaluateTracking,
  TRACKING_METHODS,
} from '../../../renderer/evaluation/tracking/evaluate-tracking.ts';
import { readTrackingSequence } from '../../../renderer/evaluation/tracking/sequence.ts';
import { scoreTracking } from '../../../renderer/evaluation/tracking/tracking-scores.ts';

const ASTRONAUT = 'test/fixtures/astronaut.png';
/** How far (px) the camera moves to the left from frame to frame. */
const STEP = 7;
const FRAMES = 5;
/** A box around the astronaut's face in the first frame. */
const FIRST = { x: 63, y: 30, width: 55, height: 70 };

let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'limner-tracking-'));
  mkdirSync(join(home, 'img'));
  for (let k = 0; k < FRAMES; k++) {
    await sharp(ASTRONAUT)
      .extract({ left: 60 - 2 * STEP * k, top: 0, width: 400, height: 400 })
      .resize(220)
      .png()
      .toFile(join(home, 'img', `000${k}.png`));
  }
  const step = (2 * STEP * 220) / 400;
  const lines = Array.from({ length: FRAMES }, (_, k) => `${FIRST.x + step * k}\t${FIRST.y}\t55\t70`);
  writeFileSync(join(home, 'groundtruth_rect.txt'), `${lines.join('\n')}\n`);
});
afterAll(() => rmSync(home, { recursive: true }));

const signal = new AbortController().signal;

test.each(TRACKING_METHODS)('a face that moves steadily is followed: %s', async (method) => {
  const { frames, auc, precision20, lost } = await evaluateTracking(home, { method, device: 'cpu', signal });
  expect(frames).toBe(FRAMES);
  expect(lost).toBe(0);
  expect(precision20).toBe(1);
  expect(auc).toBeGreaterThan(0.8);
});

test('a first box without a face is refused', async () => {
  const folder = mkdtempSync(join(home, 'empty-'));
  await sharp({ create: { width: 64, height: 64, channels: 3, background: '#777' } })
    .png()
    .toFile(join(folder, 'a.png'));
  writeFileSync(join(folder, 'groundtruth_rect.txt'), '10 10 20 20');
  await expect(evaluateTracking(folder, { method: 'together', device: 'cpu', signal })).rejects.toMatchObject(
    {
      code: 'NO_FACE',
    },
  );
});

describe('the ground truth', () => {
  const folderWith = (text: string) => {
    const folder = mkdtempSync(join(home, 'truth-'));
    writeFileSync(join(folder, 'groundtruth_rect.txt'), text);
    for (const name of ['b.gif', 'a.gif']) writeFileSync(join(folder, name), GIF);
    return folder;
  };
  const GIF = Buffer.from('R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs=', 'base64');

  test.each(['1,2,3,4\n5,6,7,8', '1 2 3 4\r\n5 6 7 8\r\n', '1\t2\t3\t4\n5, 6, 7, 8\n'])(
    'is read: %j',
    async (text) => {
      const { frames, truth } = await readTrackingSequence(folderWith(text));
      expect(frames.map((path) => path.slice(-5))).toEqual(['a.gif', 'b.gif']);
      expect(truth).toEqual([
        { x: 1, y: 2, width: 3, height: 4 },
        { x: 5, y: 6, width: 7, height: 8 },
      ]);
    },
  );

  test.each(['1,2,3,4', '1,2,3,4\n5,6,7', '1,2,3,4\n5,6,0,8', '1,2,3,4\n5,six,7,8'])(
    'is refused: %j',
    async (text) => {
      await expect(readTrackingSequence(folderWith(text))).rejects.toMatchObject({
        code: 'BAD_GROUND_TRUTH',
      });
    },
  );

  test('must be there', async () => {
    await expect(readTrackingSequence(join(home, 'img'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('scores are those of the benchmark', () => {
  const truth = Array(4).fill({ x: 0, y: 0, width: 40, height: 40 });
  const found = [
    truth[0],
    { x: 20, y: 0, width: 40, height: 40 },
    { x: 21, y: 0, width: 40, height: 40 },
    undefined,
  ];
  const scores = scoreTracking(found, truth);
  expect(scores).toMatchObject({ frames: 4, precision20: 0.5, lost: 1 });
  // Overlaps 1, 1/3 and 760/2440 exceed 20, 7 and 7 of the 21 thresholds.
  expect(scores.auc).toBeCloseTo((20 + 7 + 7) / 21 / 4, 10);
});
