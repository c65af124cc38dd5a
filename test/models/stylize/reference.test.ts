import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eyeLineAngle, type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import { labPlanes, pictureFromLab } from '../../../models/image/colour.ts';
import { flipPicture } from '../../../models/image/flip.ts';
import type { Plane } from '../../../models/image/picture.ts';
import { resizePicture, resizePlane } from '../../../models/image/resize.ts';
import { MATERIALS } from '../../../models/stylize/guides.ts';
import { HANDLES, type Handle } from '../../../models/stylize/handles.ts';
import { type PreparedStyle, prepareStyle } from '../../../models/stylize/reference.ts';
import { GRID, type ReferenceView } from '../../../models/stylize/reference-view.ts';
import { totalOf } from '../../../models/stylize/tone-curve.ts';
import { GUIDE_CHANNELS } from '../../../models/synthesis/kernels/kernels.ts';
import { JOCONDE, readPicture } from '../face/pictures.ts';
import { pictureOf, worst } from '../image/planes.ts';

/** Of the Mona Lisa: its sizes are multiples of the grid, so that the largest view is the picture itself. */
const [WIDTH, HEIGHT] = [320, 496];

let networks: FaceNetworks;
let style: PreparedStyle;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  const picture = await readPicture(JOCONDE, WIDTH);
  style = await prepareStyle(
    { ...picture, height: HEIGHT, data: picture.data.slice(0, WIDTH * HEIGHT * 4) },
    networks,
  );
});
afterAll(() => networks.release());

const meanOf = ({ data }: Plane, isSeen: (i: number) => boolean) => {
  const seen = data.filter((_, i) => isSeen(i));
  return seen.reduce((sum, value) => sum + value, 0) / seen.length;
};

test('a face that was corrected by hand is painted from as it was corrected, in a mirror, too', async () => {
  const corrections = { leftEyeUpperLid: [0, -0.1] } as const;
  const corrected = await prepareStyle(style.reference, networks, { corrections });
  const raised = (a: PreparedStyle, b: PreparedStyle, handle: Handle) => {
    const [to, from] = [a, b].map((one) => one.view(1, 0).landmarks[3 * HANDLES[handle].landmark + 1]);
    return (to - from) / style.face.interocular;
  };
  expect(raised(corrected, style, 'leftEyeUpperLid')).toBeCloseTo(-0.1, 3);
  expect(raised(corrected, style, 'rightEyeUpperLid')).toBeCloseTo(0, 3);
  const [mirrored, own] = [corrected, style].map((one) => one.mirrored!());
  expect(raised(mirrored, own, 'rightEyeUpperLid')).toBeCloseTo(-0.1, 2);
});

describe('a view of the reference', () => {
  test('at its own size is the reference itself', () => {
    const { lab, landmarks, interocular } = style.view(1, 0);
    expect(worst(lab.l.data, labPlanes(style.reference).l.data)).toBe(0);
    expect(landmarks).toEqual(style.face.landmarks);
    expect(interocular).toBe(style.face.interocular);
  });

  test.each([0.9, 0.5, 0.31, 0.1])(
    'at %d is within 10 %% of that size, on the grid, with its landmarks',
    (scale) => {
      const { lab, landmarks, interocular } = style.view(scale, 0);
      const actual = interocular / style.face.interocular;
      expect(Math.abs(Math.log(actual / scale))).toBeLessThan(Math.log(1.1));
      expect([lab.l.width % GRID, lab.l.height % GRID]).toEqual([0, 0]);
      expect(Math.abs(lab.l.width - WIDTH * actual)).toBeLessThanOrEqual(GRID / 2);
      expect(Math.abs(landmarks[30] - style.face.landmarks[30] * actual)).toBeLessThanOrEqual(GRID / 2);
      const small = resizePlane(labPlanes(style.reference).l, lab.l.width, lab.l.height);
      const error = small.data.map((value, i) => Math.abs(value - lab.l.data[i]));
      expect(meanOf({ ...small, data: error }, () => true)).toBeLessThan(1.5);
    },
  );

  test('is never larger than the reference', () => {
    expect(style.view(7, 0)).toBe(style.view(1, 0));
  });

  test.each([0.5, -0.8, 3])('turned by %d rad has its face turned by about that', (angle) => {
    const { landmarks, regions } = style.view(0.5, angle);
    const error = eyeLineAngle(landmarks) - style.face.angle - angle;
    expect(Math.abs(Math.atan2(Math.sin(error), Math.cos(error)))).toBeLessThan(Math.PI / 24 + 0.01);
    // The picture turns with the landmarks: on the nose there is skin.
    const [x, y] = [3, 4].map((i) => Math.round(landmarks[i]));
    expect(regions.skin.data[y * regions.skin.width + x]).toBeGreaterThan(0.7);
  });

  test('is kept', () => {
    expect(style.view(0.5, 0)).toBe(style.view(0.5, 0));
    expect(style.view(0.5, 0.6)).toBe(style.view(0.5, 0.6));
    expect(style.view(0.5, 0.6)).not.toBe(style.view(0.5, -0.6));
  });

  test('has guides of its size, and a pyramid in which every level is half the one before', () => {
    const { lab, guides, source } = style.view(0.4, 0);
    expect(guides.length).toBeLessThanOrEqual(GUIDE_CHANNELS);
    for (const { width, height } of guides) expect([width, height]).toEqual([lab.l.width, lab.l.height]);
    source.forEach((level, i) => {
      expect([level.width, level.height]).toEqual([lab.l.width / 2 ** i, lab.l.height / 2 ** i]);
      expect(level.valid.every((value) => value === 1)).toBe(true);
    });
    expect(2 ** (source.length - 1)).toBe(GRID);
  });

  test('turned lends nothing from outside of the reference', () => {
    const { source, lab } = style.view(0.4, 0.6);
    const { width, height } = lab.l;
    for (const corner of [0, width - 1, (height - 1) * width, height * width - 1])
      expect(source[0].valid[corner]).toBe(0);
    const usable = source[0].valid.reduce((sum, value) => sum + value, 0);
    expect(usable / (width * height)).toBeGreaterThan(0.5);
    expect(usable / (width * height)).toBeLessThan(0.97);
  });

  test('knows the colours and tones of its materials, and whom they replace', () => {
    const { colours, tones, substitutes } = style.view(0.5, 0);
    const [background, skin, hair, clothes] = colours;
    expect(skin.mean[0]).toBeGreaterThan(hair.mean[0] + 15);
    expect(skin.mean[0]).toBeGreaterThan(clothes.mean[0] + 15);
    expect(skin.mean[2]).toBeGreaterThan(15);
    expect(Math.min(background.weight, ...tones.map(totalOf))).toBeGreaterThan(200);
    expect(substitutes).toEqual(MATERIALS.map((_, k) => k));
  });

  test.each([1, 0.7, 0.5, 0.35, 0.25])('has no beard, however small a woman is painted: %d', (scale) => {
    expect(style.view(scale, 0).hasFacialHair).toBe(false);
  });
});

describe('the clean plate', () => {
  test('shows no person, and the picture itself where nobody sat', async () => {
    const plate = style.cleanPlate(1);
    expect(await networks.findFaces(pictureFromLab(plate))).toEqual([]);
    const { l } = labPlanes(style.reference);
    const { background } = style.view(1, 0).segments;
    const isFar = (i: number) => background.data[i] === 1 && Math.floor(i / WIDTH) < 60 && i % WIDTH < 60;
    const error = l.data.map((value, i) => Math.abs(value - plate.l.data[i]));
    expect(meanOf({ ...l, data: error }, isFar)).toBeLessThan(0.5);
  });

  test.each([0.3, 0.77, 1.4])('at %d is at least that large, and hardly larger', (scale) => {
    const { width } = style.cleanPlate(scale).l;
    expect(width).toBeGreaterThanOrEqual(WIDTH * scale - 1e-6);
    expect(width).toBeLessThan(WIDTH * scale * 1.1 + 1);
    expect(style.cleanPlate(scale)).toBe(style.cleanPlate(scale));
  });
});

describe('enlarged', () => {
  test('lends the pixels of the larger picture, at up to its size, and is the same style', () => {
    const large = resizePicture(style.reference, 2 * WIDTH, 2 * HEIGHT);
    const marked = { ...large, data: large.data.map((value, i) => (i % 4 === 3 ? value : 255 - value)) };
    const enlarged = style.enlarged(marked);
    expect([enlarged.detail, enlarged.face]).toEqual([2, style.face]);
    expect(enlarged.reference).toBe(style.reference);
    const { lab, landmarks, interocular, regions } = enlarged.view(9, 0);
    expect(worst(lab.l.data, labPlanes(marked).l.data)).toBe(0);
    expect(interocular).toBeCloseTo(2 * style.face.interocular, 3);
    expect(landmarks[30]).toBeCloseTo(2 * style.face.landmarks[30], 2);
    const [x, y] = [3, 4].map((i) => Math.round(landmarks[i]));
    expect(regions.skin.data[y * regions.skin.width + x]).toBeGreaterThan(0.7);
    const plate = enlarged.cleanPlate(2).l;
    expect([plate.width, plate.height]).toEqual([2 * WIDTH, 2 * HEIGHT]);
    expect(Math.abs(plate.data[0] - labPlanes(marked).l.data[0])).toBeLessThan(0.5);
    expect(enlarged.mirrored!().detail).toBe(2);
    expect([style.detail, style.view(2, 0)]).toEqual([1, style.view(1, 0)]);
  });
});

test('a reference whose face is turned has a mirror image, with its face there', async () => {
  expect(style.mirrored).not.toBeNull();
  const mirrored = style.mirrored!();
  expect(mirrored.reference).toEqual(flipPicture(style.reference));
  expect(Math.abs(mirrored.face.landmarks[3] - (WIDTH - 1 - style.face.landmarks[3]))).toBeLessThan(3);
  const skinOf = ({ segments }: ReferenceView) => segments.skin.data;
  const { width } = style.view(0.5, 0).lab.l;
  const own = skinOf(style.view(0.5, 0));
  const other = skinOf(mirrored.view(0.5, 0));
  let apart = 0;
  for (let i = 0; i < own.length; i++)
    apart += Math.abs(own[i] - other[i - (i % width) + width - 1 - (i % width)]);
  expect(apart / own.length).toBeLessThan(0.01);
});

describe('a picture without a face', () => {
  const pattern = pictureOf(120, 96, (x, y) => [(x * 37) % 256, (y * 53) % 256, 128]);

  test('is no reference', async () => {
    await expect(prepareStyle(pattern, networks)).rejects.toMatchObject({ code: 'NO_FACE_IN_STYLE' });
  });

  test('can be taken for its texture: all of it is material, all of it ground', async () => {
    const texture = await prepareStyle(pattern, networks, { texture: true });
    expect(texture.warnings).toEqual([expect.stringContaining('only its texture')]);
    expect(texture.face.score).toBe(0);
    expect(texture.mirrored).toBeNull();
    const { substitutes, source } = texture.view(1, 0);
    expect(substitutes.slice(1)).toEqual([1, 1, 1]);
    expect(source[0].valid.every((value) => value === 1)).toBe(true);
    expect(worst(texture.cleanPlate(1).l.data, labPlanes(pattern).l.data)).toBeLessThan(1e-3);
  });
});
