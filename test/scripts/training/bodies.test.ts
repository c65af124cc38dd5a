import { describe, expect, test } from 'vitest';
import { faceFrame } from '../../../models/face/face-frame.ts';
import { PARSING_CLASSES, type ParsingClass } from '../../../models/face/parsing-classes.ts';
import { classNumber } from '../../../scripts/labels/classes.ts';
import { continueBody } from '../../../scripts/training/parsing/body.ts';
import { borrowHair, hasLongHair } from '../../../scripts/training/parsing/borrow-hair.ts';
import { putOnFlaps, putOnScarf, putOnTop } from '../../../scripts/training/parsing/garments.ts';
import { makeSample } from '../../../scripts/training/parsing/make-sample.ts';
import { AREA, createScene, type Scene, SIDE } from '../../../scripts/training/parsing/scene.ts';
import { uniformNumbers } from '../../../scripts/training/random.ts';
import { meanFaceAt } from '../../models/stylize/mean-face.ts';

const { landmarks } = meanFaceAt([SIDE / 2, 100], 48);
const { centre, height } = faceFrame(landmarks);
const chin = centre[1] + height / 2;

/** A head with hair above it, a neck, and clothes from shoulder to shoulder at the lower edge; sleeves end before the sides. */
function classAt(x: number, y: number): ParsingClass {
  const [dx, dy] = [Math.abs(x - centre[0]) / height, (y - centre[1]) / height];
  if (Math.hypot(dx / 0.4, dy / 0.5) < 1) return 'faceSkin';
  if (Math.hypot(dx / 0.5, dy / 0.65) < 1 && dy < 0) return 'hair';
  if (dx < 0.2 && dy > 0 && dy < 0.75) return 'bodySkin';
  return dy > 0.75 && dx < 0.9 ? 'clothes' : 'background';
}

const GREY: Readonly<Partial<Record<ParsingClass, number>>> = {
  hair: 40,
  faceSkin: 200,
  bodySkin: 190,
  clothes: 90,
};

function sitter() {
  const labels = Uint8Array.from({ length: AREA }, (_, i) =>
    classNumber(classAt(i % SIDE, Math.floor(i / SIDE))),
  );
  const data = new Uint8ClampedArray(4 * AREA);
  for (let i = 0; i < AREA; i++) {
    const grey = GREY[PARSING_CLASSES[labels[i]]] ?? 140;
    data.set([grey, grey, grey, 255], 4 * i);
  }
  const trust = new Uint8Array(AREA).fill(255);
  return { name: 'sitter', picture: { width: SIDE, height: SIDE, data }, labels, trust, landmarks };
}

function scene(): Scene {
  const { picture, labels, trust } = sitter();
  const rgb = Float32Array.from({ length: 3 * AREA }, (_, i) => picture.data[4 * (i % AREA)] / 255);
  return createScene({ rgb, labels, trust, landmarks: landmarks.slice(), isContinued: false });
}

const backdrop = () => new Float32Array(3 * AREA).fill(0.5);
const count = ({ labels }: Pick<Scene, 'labels'>, name: ParsingClass) =>
  labels.reduce((sum, label) => sum + Number(label === classNumber(name)), 0);
const seeds = Array.from({ length: 12 }, (_, k) => k + 1);

describe('a body past the picture', () => {
  test('goes on below in the cloth of the last rows, with ground to its sides', () => {
    for (const seed of seeds) {
      const beyond = continueBody(sitter(), uniformNumbers(seed));
      const below = Array.from({ length: 60 }, (_, k) => beyond(centre[0] + k - 30, SIDE + 0.1 * height));
      expect(below.filter(({ name }) => name === 'clothes').length).toBeGreaterThan(20);
      for (const { name, from } of below)
        if (name === 'clothes' && from.length === 2) expect(classAt(...from)).toBe('clothes');
      const aside = beyond(-3 * height, SIDE + 0.2 * height);
      expect(aside.name).toBe('background');
      if (aside.from.length === 2) expect(classAt(...aside.from)).toBe('background');
      expect(beyond(centre[0], -10).name).toBe('background');
    }
  });

  test('shows hands and bare arms at times, of the colour of the face', () => {
    const skin = seeds.flatMap((seed) => {
      const beyond = continueBody(sitter(), uniformNumbers(seed));
      return Array.from({ length: 900 }, (_, k) =>
        beyond(centre[0] + ((k % 30) - 15) * 8, SIDE + Math.floor(k / 30) * 8),
      ).filter(({ name }) => name === 'bodySkin');
    });
    expect(skin.length).toBeGreaterThan(100);
    for (const { from } of skin) {
      expect(from[0]).toBeGreaterThan(0.55);
      expect(from[0]).toBeLessThan(0.9);
    }
  });
});

describe('garments', () => {
  test.each([
    ['a top', putOnTop],
    ['a scarf', putOnScarf],
    ['flaps', putOnFlaps],
  ] as const)('%s leaves hair and features alone and labels what it covers', (name, putOn) => {
    let changed = 0;
    for (const seed of seeds.slice(0, 6)) {
      const [before, after] = [scene(), scene()];
      putOn(after, uniformNumbers(seed), backdrop);
      if (name !== 'a scarf') expect(count(after, 'hair')).toBe(count(before, 'hair'));
      const covered = after.labels.filter((label, i) => label !== before.labels[i]);
      changed += covered.length;
      for (const label of new Set(covered)) expect(['clothes', 'bodySkin']).toContain(PARSING_CLASSES[label]);
      expect(after.rgb.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
    expect(changed).toBeGreaterThan(150);
  });
});

test("another's long hair falls over clothes, but not over the features", () => {
  const [own, donor] = [scene(), scene()];
  const isLock = (i: number) =>
    Math.abs((i % SIDE) - centre[0]) > 0.35 * height && Math.floor(i / SIDE) > centre[1];
  for (let i = 0; i < AREA; i++) if (isLock(i)) donor.labels[i] = classNumber('hair');
  expect([hasLongHair(own.labels, SIDE, chin), hasLongHair(donor.labels, SIDE, chin)]).toEqual([false, true]);
  donor.rgb.fill(0.9);
  const features = count(own, 'faceSkin');
  borrowHair(own, donor, () => 0.9);
  const over = (SIDE - 3) * SIDE + Math.round(centre[0] + 0.6 * height);
  expect(PARSING_CLASSES[own.labels[over]]).toBe('hair');
  expect(own.rgb[over]).toBeCloseTo(0.9, 2);
  expect(count(own, 'faceSkin')).toBeGreaterThan(0.8 * features);
});

test('the same numbers make the same sample, whose labels are classes or unknown', async () => {
  const making = { backdrop, isPainted: false, longHaired: [sitter()] };
  for (const seed of [3, 4]) {
    const [a, b] = [
      await makeSample(sitter(), making, uniformNumbers(seed)),
      await makeSample(sitter(), making, uniformNumbers(seed)),
    ];
    expect(a.labels).toEqual(b.labels);
    expect(a.rgb).toEqual(b.rgb);
    expect(a.rgb.every(Number.isFinite)).toBe(true);
  }
});
