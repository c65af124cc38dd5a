/** The whole method with the real networks, on small pictures and in draft quality. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  cosineSimilarity,
  type Face,
  type FaceNetworks,
  loadFaceNetworks,
} from '../../../models/face/index.ts';
import { gaussianBlur } from '../../../models/image/blur.ts';
import { labPlanes } from '../../../models/image/colour.ts';
import { flipPicture } from '../../../models/image/flip.ts';
import type { Picture, Plane } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { patchProfile, profileDistance } from '../../../models/image/sliced-wasserstein.ts';
import { lazy } from '../../../models/lazy.ts';
import { type Segments, segmentPortrait } from '../../../models/segment/segments.ts';
import { landmarkError } from '../../../models/stylize/measure.ts';
import { STAGES, type StylizeOptions } from '../../../models/stylize/settings.ts';
import {
  type PreparedStyle,
  prepareStyle,
  type StylizeResult,
  stylize,
} from '../../../models/stylize/stylize.ts';
import { ASTRONAUT, collage, JOCONDE, PORTRAITS, readPicture, turned } from '../face/pictures.ts';
import { pictureOf, worst } from '../image/planes.ts';

const SIZE = 256;
let networks: FaceNetworks;
let portrait: Picture;
let face: Face;
let matte: Plane;
let segments: Segments;
let style: PreparedStyle;
let result: StylizeResult;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  portrait = await readPicture(ASTRONAUT, SIZE);
  [face] = await networks.findFaces(portrait);
  matte = await networks.matte(portrait, face);
  segments = segmentPortrait(portrait, await networks.parse(portrait, face), matte);
  style = await prepareStyle(await readPicture(JOCONDE, 320), networks);
  result = await run(portrait);
});
afterAll(() => networks.release());

const run = (picture: Picture, options?: StylizeOptions, by = style): Promise<StylizeResult> =>
  stylize(picture, by, networks, { quality: 'draft', ...options });
const restyle = async (picture: Picture, options?: StylizeOptions) => (await run(picture, options)).picture;
/** What several tests look at. */
const kept = lazy(() => run(portrait, { background: 'keep' }));
const cutOut = lazy(() => restyle(portrait, { background: 'transparent' }));

/** The face of `after` that lies where `own` does. */
async function faceAgain(after: Picture, own: Face): Promise<Face> {
  const again = (await networks.findFaces(after)).find(
    ({ box }) => Math.hypot(box.x - own.box.x, box.y - own.box.y) < own.box.width / 2,
  );
  expect(again, 'a face where the portrait has one').toBeDefined();
  return again!;
}

/** Cosine of the embeddings of a face before and after. */
async function identityOf(before: Picture, own: Face, after: Picture): Promise<number> {
  const again = await faceAgain(after, own);
  return cosineSimilarity(await networks.embed(before, own), await networks.embed(after, again));
}

/** Mean of L*, a* and b*, weighted. */
function meanColour(picture: Picture, weights: Plane): number[] {
  const { l, a, b } = labPlanes(picture);
  const total = weights.data.reduce((sum, value) => sum + value, 0);
  return [l, a, b].map(
    ({ data }) => data.reduce((sum, value, i) => sum + weights.data[i] * value, 0) / total,
  );
}

const meanDifference = (a: Picture, b: Picture): number =>
  a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]), 0) / a.data.length;

/** The middle of a face. */
const boxMask = ({ width, height }: Picture, { box }: Face): Plane => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) - box.x - box.width / 2, Math.floor(i / width) - box.y - box.height / 2];
    return Math.abs(x) < 0.3 * box.width && Math.abs(y) < 0.3 * box.height ? 1 : 0;
  }),
});

/** Correlation of two pictures' broad light and shade in the face. */
function lightCorrelation(a: Picture, b: Picture, own = face): number {
  const mask = boxMask(a, own).data;
  const [p, q] = [a, b].map((picture) =>
    gaussianBlur(labPlanes(picture).l, 0.08 * own.interocular).data.filter((_, i) => mask[i] === 1),
  );
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mp, mq] = [mean(p), mean(q)];
  const product = (u: Float32Array, mu: number, v: Float32Array, mv: number) =>
    u.reduce((sum, value, i) => sum + (value - mu) * (v[i] - mv), 0);
  return product(p, mp, q, mq) / Math.sqrt(product(p, mp, p, mp) * product(q, mq, q, mq));
}

describe('the portrait in the style', () => {
  test('has the portrait’s size and alpha', () => {
    const { picture } = result;
    expect([picture.width, picture.height]).toEqual([SIZE, SIZE]);
    expect(picture.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  });

  test('shows the same person in the same place', async () => {
    expect(await identityOf(portrait, face, result.picture)).toBeGreaterThan(0.5);
    expect(landmarkError(face, await faceAgain(result.picture, face))).toBeLessThan(0.045);
  });

  test('has the light and the features of the portrait where they are', () => {
    const [own, other] = [portrait, flipPicture(portrait)].map((picture) =>
      lightCorrelation(result.picture, picture),
    );
    expect(own).toBeGreaterThan(0.8);
    expect(other).toBeLessThan(0.5);
  });

  test('is far nearer to the reference than the portrait is', () => {
    const reference = patchProfile(style.reference);
    const [before, after] = [portrait, result.picture].map((picture) =>
      profileDistance(patchProfile(picture), reference),
    );
    expect(after).toBeLessThan(before / 2);
  });

  test.each(['skin', 'hair', 'clothes'] as const)('has %s of the reference’s colour', (material) => {
    const { lab, segments: other } = style.view(1, 0);
    const total = other[material].data.reduce((sum, value) => sum + value, 0);
    const wanted = [lab.a, lab.b].map(
      ({ data }) => data.reduce((sum, value, i) => sum + other[material].data[i] * value, 0) / total,
    );
    // Of skin what is the face: a dark collar around the neck may be taken for skin.
    const within = material === 'skin' ? boxMask(portrait, face).data : null;
    const shown = segments[material].data.map((share, i) => share * (within?.[i] ?? 1));
    const [own, painted] = [portrait, result.picture].map((picture) =>
      meanColour(picture, { ...segments[material], data: shown }).slice(1),
    );
    const distance = (from: number[]) => Math.hypot(from[0] - wanted[0], from[1] - wanted[1]);
    expect(distance(own)).toBeGreaterThan(15);
    expect(distance(painted)).toBeLessThan(13);
  });

  test('tells what was done', () => {
    expect(result.faces.map(({ box }) => box)).toEqual([face.box]);
    expect(Object.keys(result.timings)).toEqual(STAGES);
    expect(result.warnings).toEqual([]);
    expect(result.painted.data.every((value) => value === 1)).toBe(true);
  });

  test('is the same every time', async () => {
    expect(worst((await restyle(portrait)).data, result.picture.data)).toBe(0);
  });

  test('moved by some pixels is the same painting, moved', async () => {
    const [dx, dy] = [5, 3];
    const at = (x: number, y: number) => {
      const i =
        (Math.min(SIZE - 1, Math.max(0, y - dy)) * SIZE + Math.min(SIZE - 1, Math.max(0, x - dx))) * 4;
      return [...portrait.data.slice(i, i + 4)];
    };
    const moved = labPlanes(await restyle(pictureOf(SIZE, SIZE, at), { background: 'keep' })).l.data;
    const still = labPlanes((await kept()).picture).l.data;
    let [error, count] = [0, 0];
    for (let i = 0; i < still.length; i++) {
      const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
      if (matte.data[i] < 0.9 || x + dx >= SIZE || y + dy >= SIZE) continue;
      error += Math.abs(moved[(y + dy) * SIZE + x + dx] - still[i]);
      count++;
    }
    // L*; 2.2 to 3.1 for six shifts.
    expect(error / count).toBeLessThan(3.5);
  });
});

describe.each(['omar', 'sanders'])('the portrait of %s', (name) => {
  test('shows that person, lit from the same side, in the colours of the style', async () => {
    const other = await readPicture(PORTRAITS[name], SIZE);
    const [own] = await networks.findFaces(other);
    const painted = await restyle(other);
    const id = await identityOf(other, own, painted);
    expect(id).toBeGreaterThan(0.45);
    // Nearer to this person than to another.
    const stranger = cosineSimilarity(
      await networks.embed(portrait, face),
      await networks.embed(painted, await faceAgain(painted, own)),
    );
    expect(stranger).toBeLessThan(id - 0.1);
    expect(landmarkError(own, await faceAgain(painted, own))).toBeLessThan(0.05);
    expect(lightCorrelation(painted, other, own)).toBeGreaterThan(0.7);
    const reference = patchProfile(style.reference);
    const [before, after] = [other, painted].map((picture) =>
      profileDistance(patchProfile(picture), reference),
    );
    expect(after).toBeLessThan(0.8 * before);
  });
});

describe('settings', () => {
  test('more likeness, more of the person', async () => {
    const ids = [];
    for (const likeness of [0, 0.5, 1])
      ids.push(await identityOf(portrait, face, await restyle(portrait, { likeness })));
    expect(ids[1]).toBeGreaterThan(ids[0] + 0.05);
    expect(ids[2]).toBeGreaterThan(ids[1] + 0.05);
    expect(ids[2]).toBeGreaterThan(0.7);
  });

  test('more tone, more of a dark face’s own lightness', async () => {
    const dark = pictureOf(SIZE, SIZE, (x, y) =>
      [0, 1, 2].map((c) => 255 * (portrait.data[(y * SIZE + x) * 4 + c] / 255) ** 2.2),
    );
    const skin = boxMask(portrait, face);
    const lightness = (picture: Picture) => meanColour(picture, skin)[0];
    const steps = [];
    for (const tone of [0, 0.6, 1]) steps.push(lightness(await restyle(dark, { tone })));
    expect(steps[0]).toBeGreaterThan(steps[1] + 1);
    expect(steps[1]).toBeGreaterThan(steps[2] + 1);
    expect(steps[0] - lightness(dark)).toBeGreaterThan(1.5 * (steps[2] - lightness(dark)));
  });

  test('larger strokes are coarser', async () => {
    const fine = (picture: Picture) => {
      const { l } = labPlanes(picture);
      const soft = gaussianBlur(l, 1.2);
      return l.data.reduce((sum, value, i) => sum + matte.data[i] * Math.abs(value - soft.data[i]), 0);
    };
    expect(fine(await restyle(portrait, { strokes: 1.8 }))).toBeLessThan(0.85 * fine(result.picture));
  });

  test('strength 0 is the portrait, byte for byte', async () => {
    expect(worst((await restyle(portrait, { strength: 0 })).data, portrait.data)).toBe(0);
  });

  test('strength leads from the portrait to the result', async () => {
    const half = await restyle(portrait, { strength: 0.5 });
    const whole = meanDifference(result.picture, portrait);
    expect(meanDifference(half, portrait)).toBeLessThan(0.65 * whole);
    expect(meanDifference(half, result.picture)).toBeLessThan(0.65 * whole);
  });

  test('better quality changes the painting, not the person', async () => {
    const better = await restyle(portrait, { quality: 'standard' });
    expect(meanDifference(better, result.picture)).toBeGreaterThan(0.1);
    expect(await identityOf(portrait, face, better)).toBeGreaterThan(0.55);
  });

  test('out of range are refused', async () => {
    await expect(restyle(portrait, { likeness: 1.2 })).rejects.toThrow(RangeError);
    await expect(restyle(portrait, { strokes: 0.5 })).rejects.toThrow(RangeError);
  });
});

describe('background', () => {
  test('kept: not a byte changes where nobody is, and the person is painted', async () => {
    const { picture, painted } = await kept();
    for (let i = 0; i < picture.data.length; i++) {
      if (matte.data[i >> 2] === 0 && picture.data[i] !== portrait.data[i]) expect.fail(`pixel ${i >> 2}`);
    }
    expect(matte.data.filter((value) => value === 0).length).toBeGreaterThan(0.3 * matte.data.length);
    expect(meanDifference(picture, portrait)).toBeGreaterThan(10);
    expect(worst(painted.data, matte.data)).toBeLessThan(0.021);
  });

  test('kept: at the edge of the person painting and portrait are blended by the matte', async () => {
    const [blended, cut] = [(await kept()).picture, await cutOut()].map(labPlanes);
    const own = labPlanes(portrait);
    let [error, hard, count] = [0, 0, 0];
    for (let i = 0; i < matte.data.length; i++) {
      const share = matte.data[i];
      const [from, to] = [own.l.data[i], cut.l.data[i]];
      if (share < 0.15 || share > 0.85 || Math.abs(from - to) < 10) continue;
      error += Math.abs(blended.l.data[i] - from - share * (to - from));
      hard += Math.abs(blended.l.data[i] - (share < 0.5 ? from : to));
      count++;
    }
    expect(count).toBeGreaterThan(100);
    expect(error / count).toBeLessThan(1);
    expect(hard / count).toBeGreaterThan(3);
  });

  test('transparent: nothing where nobody is, all where the person is', async () => {
    const { data } = await cutOut();
    matte.data.forEach((value, i) => {
      // What is fainter than a fiftieth may be left out.
      const least = 255 * (value < 0.02 ? 0 : value) - 1;
      if (data[i * 4 + 3] < least || data[i * 4 + 3] > 255 * value + 1) expect.fail(`alpha of pixel ${i}`);
    });
    expect(data[3]).toBe(0);
    expect(data[(190 * SIZE + 110) * 4 + 3]).toBe(255);
  });

  test('of the style: nothing of the portrait’s own is seen', async () => {
    const green = pictureOf(SIZE, SIZE, (x, y) => {
      const i = y * SIZE + x;
      return [0, 255, 0].map((value, c) => value + matte.data[i] * (portrait.data[i * 4 + c] - value));
    });
    const greenish = (picture: Picture, isSeen: (i: number) => boolean = () => true) => {
      const { a, b } = labPlanes(picture);
      return a.data.filter((value, i) => value < -20 && b.data[i] > 10 && isSeen(i)).length;
    };
    expect(greenish(green)).toBeGreaterThan(0.4 * matte.data.length);
    // The painting has some green of its own.
    expect(greenish(await restyle(green))).toBeLessThan(greenish(result.picture) + 0.005 * matte.data.length);
    const cut = await restyle(green, { background: 'transparent' });
    expect(greenish(cut, (i) => cut.data[i * 4 + 3] > 0)).toBeLessThan(0.001 * matte.data.length);
  });

  test('of the style lies as the faces do', async () => {
    const { lab } = style.view(1, 0);
    // The sky of the painting, above.
    const top = { ...matte, data: matte.data.map((value, i) => (value === 0 && i < 20 * SIZE ? 1 : 0)) };
    const [l, , b] = meanColour(result.picture, top);
    expect(l).toBeGreaterThan(lab.l.data.reduce((sum, value) => sum + value, 0) / lab.l.data.length + 10);
    expect(b).toBeGreaterThan(10);
    expect(meanColour(portrait, top)[2]).toBeLessThan(8);
  });

  test('the alpha of the portrait is kept', async () => {
    const faded = { ...portrait, data: portrait.data.slice() };
    for (let i = 3; i < faded.data.length; i += 4) if ((i >> 2) % SIZE > 200) faded.data[i] = 90;
    const after = await restyle(faded);
    for (let i = 3; i < faded.data.length; i += 4) {
      if (after.data[i] !== faded.data[i]) expect.fail(`alpha of pixel ${i >> 2}`);
    }
  });
});

describe('shape', () => {
  const alphaOf = (picture: Picture, x: number, y: number) => picture.data[(y * SIZE + x) * 4 + 3];

  test('at 1 the person wears the reference’s hair and dress, and is the same person', async () => {
    const worn = await restyle(portrait, { shape: 1 });
    expect(await identityOf(portrait, face, worn)).toBeGreaterThan(0.5);
    expect(landmarkError(face, await faceAgain(worn, face))).toBeLessThan(0.045);
    // The orange suit is a dark dress.
    const { box } = face;
    const chest = (i: number) => Math.floor(i / SIZE) > box.y + 1.8 * box.height && i % SIZE < 160;
    const suit = { ...matte, data: matte.data.map((value, i) => (value > 0.9 && chest(i) ? 1 : 0)) };
    const [own, dressed] = [result.picture, worn].map((picture) => meanColour(picture, suit));
    expect(dressed[0]).toBeLessThan(own[0] - 5);
  });

  test('a reference turned to the other side is worn mirrored', async () => {
    const turnedAway = flipPicture(style.reference);
    const { picture, warnings } = await run(turnedAway, { shape: 1, tone: 0, likeness: 0 });
    expect(warnings).toEqual([]);
    expect(meanDifference(picture, turnedAway)).toBeLessThan(10);
    expect(meanDifference(style.reference, turnedAway)).toBeGreaterThan(16);
  });

  test('at a half the dress is worn, under the person’s own hair', async () => {
    const [own, half] = [await cutOut(), await restyle(portrait, { shape: 0.5, background: 'transparent' })];
    const { box } = face;
    let below = 0;
    for (let y = 0; y < SIZE; y += 2) {
      for (let x = 0; x < SIZE; x += 2) {
        const difference = Math.abs(alphaOf(own, x, y) - alphaOf(half, x, y));
        if (y > box.y + box.height + 10) below += difference;
        else if (y < box.y + 0.6 * box.height && difference > 8) expect.fail(`alpha at ${x}, ${y}`);
      }
    }
    expect(below).toBeGreaterThan(10_000);
  });

  test('a kept background is whole where the portrait’s hair and suit were', async () => {
    const worn = await restyle(portrait, { shape: 1, background: 'keep' });
    for (let i = 0; i < matte.data.length; i++) {
      // Far above the head, where neither hair reaches.
      const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
      if (y >= 6 || (x > 50 && x < 165)) continue;
      for (let c = 0; c < 3; c++)
        if (Math.abs(worn.data[4 * i + c] - portrait.data[4 * i + c]) > 1) expect.fail(`${x}, ${y}`);
    }
    expect(meanDifference(worn, (await kept()).picture)).toBeGreaterThan(5);
  });
});

describe('a reference without a face', () => {
  const texture = pictureOf(96, 96, (x, y) => {
    const dab = ((x >> 2) * 7 + (y >> 2) * 13) % 5;
    return [40 + 30 * dab, 60 + 20 * dab, 150 - 20 * dab];
  });
  let plain: PreparedStyle;
  beforeAll(async () => {
    plain = await prepareStyle(texture, networks, { texture: true });
  });

  test('lends its texture and its colours', async () => {
    const { picture, warnings } = await run(portrait, { tone: 0 }, plain);
    expect(warnings.join()).toContain('only its texture');
    const wanted = meanColour(texture, { width: 96, height: 96, data: new Float32Array(96 * 96).fill(1) });
    const painted = meanColour(picture, segments.skin);
    expect(Math.hypot(painted[1] - wanted[1], painted[2] - wanted[2])).toBeLessThan(12);
    const own = meanColour(portrait, segments.skin);
    expect(Math.hypot(own[1] - wanted[1], own[2] - wanted[2])).toBeGreaterThan(20);
  });

  test('has nothing to wear, and says so', async () => {
    const { picture, warnings } = await run(portrait, { shape: 1 }, plain);
    expect(warnings.join()).toContain('cannot be worn');
    expect(worst(picture.data, (await run(portrait, {}, plain)).picture.data)).toBe(0);
  });
});

describe('portraits of other kinds', () => {
  test('a face larger than the reference’s gives a result of full size', async () => {
    const large = resizePicture(await readPicture(ASTRONAUT), 640, 640);
    const [own] = await networks.findFaces(large);
    expect(own.interocular).toBeGreaterThan(1.4 * style.face.interocular);
    const painted = await restyle(large);
    expect([painted.width, painted.height]).toEqual([640, 640]);
    expect(await identityOf(large, own, painted)).toBeGreaterThan(0.5);
    expect(landmarkError(own, await faceAgain(painted, own))).toBeLessThan(0.045);
  });

  test('a tilted head stays tilted', async () => {
    const tilted = resizePicture(await turned(ASTRONAUT, 30), 340, 340);
    const [own] = await networks.findFaces(tilted);
    const painted = await restyle(tilted);
    expect(await identityOf(tilted, own, painted)).toBeGreaterThan(0.45);
    expect(landmarkError(own, await faceAgain(painted, own))).toBeLessThan(0.06);
  });

  describe('two people', () => {
    let both: Picture;
    let people: Face[];
    beforeAll(async () => {
      both = await collage(450, 240, [
        { path: ASTRONAUT, width: 220, left: 0, top: 20 },
        { path: ASTRONAUT, width: 200, left: 235, top: 30 },
      ]);
      people = await networks.findFaces(both);
    });

    const changeIn = (after: Picture, { box }: Face): number => {
      let [sum, count] = [0, 0];
      for (let y = Math.ceil(box.y); y < box.y + box.height; y++) {
        for (let x = Math.ceil(box.x); x < box.x + box.width; x++, count++) {
          const i = (y * both.width + x) * 4;
          for (let c = 0; c < 3; c++) sum += Math.abs(after.data[i + c] - both.data[i + c]) / 3;
        }
      }
      return sum / count;
    };

    test('are both restyled, and both recognised', async () => {
      const after = await run(both, { background: 'keep', likeness: 0.8 });
      expect(after.faces).toHaveLength(2);
      for (const person of people) {
        expect(changeIn(after.picture, person)).toBeGreaterThan(12);
        expect(await identityOf(both, person, after.picture)).toBeGreaterThan(0.5);
      }
    });

    test('or the larger one alone', async () => {
      const after = await run(both, { faces: 'largest', background: 'keep' });
      expect(after.faces).toHaveLength(1);
      expect(changeIn(after.picture, people[0])).toBeGreaterThan(12);
      expect(changeIn(after.picture, people[1])).toBe(0);
    });
  });

  test('a panorama is painted in full', async () => {
    const wide = await collage(1200, 100, [{ path: ASTRONAUT, width: 100, left: 150, top: 0 }]);
    const { picture } = await run(wide);
    expect([picture.width, picture.height]).toEqual([1200, 100]);
    const grey = meanDifference(picture, wide);
    expect(grey).toBeGreaterThan(15);
  });

  test('a tiny face comes with a warning', async () => {
    const small = await collage(300, 240, [{ path: ASTRONAUT, width: 150, left: 60, top: 60 }]);
    const { warnings } = await run(small);
    expect(warnings).toEqual([expect.stringMatching(/only \d+ px wide/)]);
  });
});

describe('errors', () => {
  test('no face in the portrait', async () => {
    const plain = await collage(300, 240, []);
    await expect(run(plain)).rejects.toMatchObject({ code: 'NO_FACE' });
  });

  test('cancelled before it began: no stage is reported', async () => {
    const stages: string[] = [];
    const onProgress = (_: number, stage: string) => stages.push(stage);
    await expect(run(portrait, { signal: AbortSignal.abort(), onProgress })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(stages).toEqual([]);
  });

  test.each([
    ['guides', ['faces', 'reference', 'guides']],
    ['paint', ['faces', 'reference', 'guides', 'paint']],
  ])('cancelled in %s: the stage that runs is the last', async (last, expected) => {
    const stages: string[] = [];
    const controller = new AbortController();
    const onProgress = (_: number, stage: string) => {
      stages.push(stage);
      if (stage === last) controller.abort();
    };
    await expect(run(portrait, { signal: controller.signal, onProgress })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(stages).toEqual(expected);
  });
});

test.each([1, 2])('progress rises from 0 to 1: people in the picture: %d', async (count) => {
  const parts = [0, 1].map((k) => ({ path: ASTRONAUT, width: 180, left: 10 + 190 * k, top: 10 }));
  const picture = await collage(390, 195, parts.slice(0, count));
  const shares: number[] = [];
  const { faces } = await run(picture, { onProgress: (share) => shares.push(share) });
  expect(faces).toHaveLength(count);
  expect(shares[0]).toBe(0);
  expect(shares.at(-1)).toBe(1);
  expect(shares.toSorted((x, y) => x - y)).toEqual(shares);
});
