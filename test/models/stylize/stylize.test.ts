/** The whole method with the real networks, on the demo's pictures. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  cosineSimilarity,
  type Face,
  type FaceNetworks,
  loadFaceNetworks,
} from '../../../models/face/index.ts';
import { labPlanes } from '../../../models/image/colour.ts';
import { flipPicture } from '../../../models/image/flip.ts';
import type { Picture, Plane } from '../../../models/image/picture.ts';
import { patchProfile, profileDistance } from '../../../models/image/sliced-wasserstein.ts';
import {
  type PreparedStyle,
  prepareStyle,
  type StylizeOptions,
  type StylizeResult,
  stylize,
} from '../../../models/stylize/stylize.ts';
import { ASTRONAUT, collage, JOCONDE, readPicture, turned } from '../face/pictures.ts';
import { pictureOf, worst } from '../image/planes.ts';

let networks: FaceNetworks;
let portrait: Picture;
let face: Face;
let matte: Plane;
let style: PreparedStyle;
let result: StylizeResult;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  portrait = await readPicture(ASTRONAUT);
  [face] = await networks.findFaces(portrait);
  matte = await networks.matte(portrait, face);
  style = await prepareStyle(await readPicture(JOCONDE), networks);
  result = await stylize(portrait, style, networks);
});
afterAll(() => networks.release());

const restyle = async (picture: Picture, options?: StylizeOptions): Promise<Picture> =>
  (await stylize(picture, style, networks, options)).picture;

/** Cosine of the embeddings of a face before and after; the face is looked for again. */
async function identityOf(before: Picture, own: Face, after: Picture): Promise<number> {
  const again = (await networks.findFaces(after)).find(
    ({ box }) => Math.hypot(box.x - own.box.x, box.y - own.box.y) < own.box.width / 2,
  );
  expect(again, 'a face where the portrait has one').toBeDefined();
  return cosineSimilarity(await networks.embed(before, own), await networks.embed(after, again!));
}

/** Mean of each channel of L*a*b* where `mask` is 1. */
function meanColour(picture: Picture, mask: (i: number) => boolean): number[] {
  const { l, a, b } = labPlanes(picture);
  return [l, a, b].map(({ data }) => {
    const chosen = data.filter((_, i) => mask(i));
    return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
  });
}

const meanDifference = (a: Picture, b: Picture): number =>
  a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]), 0) / a.data.length;

describe('the portrait in the style', () => {
  test('has the portrait’s size and alpha', () => {
    const { picture } = result;
    expect([picture.width, picture.height]).toEqual([portrait.width, portrait.height]);
    expect(picture.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  });

  test('shows the same person', async () => {
    expect(await identityOf(portrait, face, result.picture)).toBeGreaterThan(0.75);
  });

  test('is several times nearer to the reference than the portrait is', () => {
    const reference = patchProfile(style.reference);
    const [before, after] = [portrait, result.picture].map((picture) =>
      profileDistance(patchProfile(picture), reference),
    );
    expect(after).toBeLessThan(before / 4);
  });

  test('has skin of the reference’s colour', async () => {
    const inner = (picture: Picture, { box }: Face) =>
      meanColour(picture, (i) => {
        const [x, y] = [i % picture.width, Math.floor(i / picture.width)];
        return (
          Math.abs(x - box.x - box.width / 2) < box.width * 0.3 &&
          Math.abs(y - box.y - box.height / 2) < box.height * 0.25
        );
      });
    const [own, painted, wanted] = [
      inner(portrait, face),
      inner(result.picture, face),
      inner(style.reference, style.face),
    ];
    const distance = (from: number[]) => Math.hypot(from[1] - wanted[1], from[2] - wanted[2]);
    expect(distance(painted)).toBeLessThan(0.5 * distance(own));
  });

  test('tells what was done', () => {
    expect(result.faces.map(({ box }) => box)).toEqual([face.box]);
    expect(Object.keys(result.timings)).toEqual([
      'faces',
      'reference',
      'guides',
      'field',
      'vote',
      'composite',
    ]);
    expect(result.warnings).toEqual([]);
  });

  test('is the same every time', async () => {
    expect(worst((await restyle(portrait)).data, result.picture.data)).toBe(0);
  });
});

describe('likeness and strength', () => {
  test('more likeness, more of the person', async () => {
    const [none, full] = await Promise.all([0, 1].map((likeness) => restyle(portrait, { likeness })));
    const [low, middle, high] = [
      await identityOf(portrait, face, none),
      await identityOf(portrait, face, result.picture),
      await identityOf(portrait, face, full),
    ];
    expect(high).toBeGreaterThan(middle);
    expect(middle).toBeGreaterThan(low + 0.05);
  });

  test('strength 0 is the portrait, byte for byte', async () => {
    expect(worst((await restyle(portrait, { strength: 0 })).data, portrait.data)).toBe(0);
  });

  test('strength leads from the portrait to the result', async () => {
    const half = await restyle(portrait, { strength: 0.5 });
    const whole = meanDifference(result.picture, portrait);
    expect(meanDifference(half, portrait)).toBeLessThan(0.7 * whole);
    expect(meanDifference(half, result.picture)).toBeLessThan(0.7 * whole);
  });
});

describe('background', () => {
  const isFar = (i: number) => matte.data[i] === 0;

  test('kept: not a byte changes where nobody is, and the person is painted', async () => {
    const kept = await restyle(portrait, { background: 'keep' });
    const changed = new Set<number>();
    for (let i = 0; i < kept.data.length; i++) {
      if (isFar(i >> 2) && kept.data[i] !== portrait.data[i]) changed.add(i >> 2);
    }
    expect(changed.size).toBe(0);
    expect(matte.data.filter((value) => value === 0).length).toBeGreaterThan(0.3 * matte.data.length);
    expect(meanDifference(kept, portrait)).toBeGreaterThan(10);
  });

  test('transparent: nothing where nobody is, all where the person is', async () => {
    const { data } = await restyle(portrait, { background: 'transparent' });
    matte.data.forEach((value, i) => {
      // What is fainter than a fiftieth may be left out.
      const least = 255 * (value < 0.02 ? 0 : value) - 1;
      if (data[i * 4 + 3] < least || data[i * 4 + 3] > 255 * value + 1) expect.fail(`alpha of pixel ${i}`);
    });
    expect(data[3]).toBe(0);
    const chest = (380 * portrait.width + 220) * 4;
    expect(data[chest + 3]).toBe(255);
  });

  test('of the style: nothing of the portrait’s own is seen', async () => {
    const green = pictureOf(portrait.width, portrait.height, (x, y) => {
      const i = y * portrait.width + x;
      return [0, 255, 0].map((value, c) => value + matte.data[i] * (portrait.data[i * 4 + c] - value));
    });
    const greenish = (picture: Picture, isSeen: (i: number) => boolean = () => true) => {
      const { a, b } = labPlanes(picture);
      return a.data.filter((value, i) => value < -15 && b.data[i] > 10 && isSeen(i)).length;
    };
    expect(greenish(green)).toBeGreaterThan(0.4 * matte.data.length);
    // The painting has some green of its own.
    expect(greenish(await restyle(green))).toBeLessThan(greenish(result.picture) + 0.005 * matte.data.length);
    const cut = await restyle(green, { background: 'transparent' });
    expect(greenish(cut, (i) => cut.data[i * 4 + 3] > 0)).toBeLessThan(0.001 * matte.data.length);
  });

  test('the alpha of the portrait is kept', async () => {
    const faded = { ...portrait, data: portrait.data.slice() };
    for (let i = 3; i < faded.data.length; i += 4) if ((i >> 2) % portrait.width > 400) faded.data[i] = 90;
    const after = await restyle(faded);
    for (let i = 3; i < faded.data.length; i += 4) {
      if (after.data[i] !== faded.data[i]) expect.fail(`alpha of pixel ${i >> 2}`);
    }
  });
});

describe('shape', () => {
  const chin = () => face.box.y + face.box.height;
  const alphaOf = (picture: Picture, x: number, y: number) => picture.data[(y * picture.width + x) * 4 + 3];

  test('at 1 the person wears the reference’s hair and dress, and is the same person', async () => {
    const worn = await restyle(portrait, { shape: 1 });
    expect(await identityOf(portrait, face, worn)).toBeGreaterThan(0.65);
    // Of the white rim of the helmet nothing is left, only some of the painting’s landscape is light.
    const light = (picture: Picture) =>
      labPlanes(picture).l.data.filter((value, i) => {
        const [x, y] = [i % portrait.width, i / portrait.width];
        return y > 300 && x > 250 && x < 420 && value > 40;
      }).length;
    expect(light(worn)).toBeLessThan(0.4 * light(result.picture));
  });

  test('a reference turned to the other side is worn mirrored', async () => {
    const turnedAway = flipPicture(style.reference);
    const { picture, warnings } = await stylize(turnedAway, style, networks, { shape: 1, tone: 0 });
    expect(warnings).toEqual([]);
    expect(meanDifference(picture, turnedAway)).toBeLessThan(8);
    expect(meanDifference(style.reference, turnedAway)).toBeGreaterThan(16);
  });

  test('at a half the dress is worn, under the person’s own hair', async () => {
    const [own, half] = await Promise.all(
      [0, 0.5].map((shape) => restyle(portrait, { shape, background: 'transparent' })),
    );
    let below = 0;
    for (let y = 0; y < portrait.height; y += 3) {
      for (let x = 0; x < portrait.width; x += 3) {
        const difference = Math.abs(alphaOf(own, x, y) - alphaOf(half, x, y));
        if (y > chin() + 20) below += difference;
        else if (y < face.box.y + 0.7 * face.box.height && difference > 3) expect.fail(`alpha at ${x}, ${y}`);
      }
    }
    expect(below).toBeGreaterThan(10000);
  });

  test('a kept background is whole where the portrait’s hair and suit were', async () => {
    const kept = await restyle(portrait, { shape: 1, background: 'keep' });
    const far = [];
    for (let i = 0; i < matte.data.length; i++) {
      const [x, y] = [i % portrait.width, Math.floor(i / portrait.width)];
      // Far above the head, where neither hair reaches.
      if (y < 12 && (x < 100 || x > 330)) far.push(i * 4);
    }
    for (const i of far) expect(Math.abs(kept.data[i] - portrait.data[i])).toBeLessThanOrEqual(1);
    expect(meanDifference(kept, await restyle(portrait, { background: 'keep' }))).toBeGreaterThan(5);
  });

  test('a reference without a face has nothing to wear, and says so', async () => {
    const texture = pictureOf(96, 96, (x, y) => [(x * 37) % 256, (y * 53) % 256, 128]);
    const plain = await prepareStyle(texture, networks, { texture: true });
    const { picture, warnings } = await stylize(portrait, plain, networks, { shape: 1 });
    expect(warnings.join()).toContain('cannot be worn');
    const own = await stylize(portrait, plain, networks);
    expect(worst(picture.data, own.picture.data)).toBe(0);
  });
});

describe('quality', () => {
  test('changes the painting, not the person', async () => {
    for (const quality of ['draft', 'best'] as const) {
      const painted = await restyle(portrait, { quality });
      expect(meanDifference(painted, result.picture), quality).toBeGreaterThan(0);
      expect(await identityOf(portrait, face, painted), quality).toBeGreaterThan(0.72);
    }
  });
});

describe('portraits of other kinds', () => {
  test('a face larger than the reference’s gives a result of full size', async () => {
    const large = await readPicture(ASTRONAUT, 1536);
    const painted = await restyle(large);
    expect([painted.width, painted.height]).toEqual([1536, 1536]);
    const [own] = await networks.findFaces(large);
    expect(own.interocular).toBeGreaterThan(1.4 * style.face.interocular);
    expect(await identityOf(large, own, painted)).toBeGreaterThan(0.75);
  });

  test('a tilted head', async () => {
    const tilted = await turned(ASTRONAUT, 30);
    const [own] = await networks.findFaces(tilted);
    expect(await identityOf(tilted, own, await restyle(tilted))).toBeGreaterThan(0.7);
  });

  describe('two people', () => {
    let both: Picture;
    let people: Face[];
    beforeAll(async () => {
      both = await collage(900, 480, [
        { path: ASTRONAUT, width: 440, left: 0, top: 40 },
        { path: ASTRONAUT, width: 400, left: 470, top: 60 },
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
      const after = await stylize(both, style, networks, { background: 'keep' });
      expect(after.faces).toHaveLength(2);
      for (const person of people) {
        expect(changeIn(after.picture, person)).toBeGreaterThan(15);
        expect(await identityOf(both, person, after.picture)).toBeGreaterThan(0.7);
      }
    });

    test('or the larger one alone', async () => {
      const after = await stylize(both, style, networks, { faces: 'largest', background: 'keep' });
      expect(after.faces).toHaveLength(1);
      expect(changeIn(after.picture, people[0])).toBeGreaterThan(15);
      expect(changeIn(after.picture, people[1])).toBe(0);
    });
  });

  test('a panorama does not enlarge the reference’s background, which would not fit into memory', async () => {
    const wide = await collage(2400, 200, [{ path: ASTRONAUT, width: 200, left: 300, top: 0 }]);
    const scales: number[] = [];
    const plate = (scale: number) => {
      scales.push(scale);
      return style.plate(scale);
    };
    const painted = await stylize(wide, { ...style, plate }, networks);
    expect([painted.picture.width, painted.picture.height]).toEqual([2400, 200]);
    expect(scales).toHaveLength(1);
    expect(scales[0]).toBeLessThanOrEqual(1);
    const [left, right] = [50, 2000].map((from) =>
      meanColour(painted.picture, (i) => i % 2400 >= from && i % 2400 < from + 200),
    );
    for (const colour of [left, right]) expect(colour[0]).toBeGreaterThan(2);
  });

  test('a tiny face comes with a warning', async () => {
    const small = await collage(300, 240, [{ path: ASTRONAUT, width: 150, left: 60, top: 60 }]);
    const { warnings } = await stylize(small, style, networks);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/px/);
  });
});

describe('errors', () => {
  test('no face in the portrait', async () => {
    const plain = await collage(300, 240, []);
    await expect(stylize(plain, style, networks)).rejects.toMatchObject({ code: 'NO_FACE' });
  });

  test('no face in the reference', async () => {
    const plain = await collage(300, 240, []);
    await expect(prepareStyle(plain, networks)).rejects.toMatchObject({ code: 'NO_FACE_IN_STYLE' });
  });

  test('cancelled before it began: no stage is reported', async () => {
    const stages: string[] = [];
    const options = {
      signal: AbortSignal.abort(),
      onProgress: (_: number, stage: string) => stages.push(stage),
    };
    await expect(stylize(portrait, style, networks, options)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(stages).toEqual([]);
  });

  test('cancelled on the way: the stage that runs is the last', async () => {
    const stages: string[] = [];
    const controller = new AbortController();
    const onProgress = (_: number, stage: string) => {
      stages.push(stage);
      if (stage === 'guides') controller.abort();
    };
    const running = stylize(portrait, style, networks, { signal: controller.signal, onProgress });
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(stages).toEqual(['faces', 'reference', 'guides']);
  });
});

test.each([1, 2])('progress rises from 0 to 1: people in the picture: %d', async (count) => {
  const parts = [0, 1].map((k) => ({ path: ASTRONAUT, width: 240, left: 20 + 260 * k, top: 10 }));
  const picture = await collage(540, 260, parts.slice(0, count));
  const shares: number[] = [];
  const { faces } = await stylize(picture, style, networks, { onProgress: (share) => shares.push(share) });
  expect(faces).toHaveLength(count);
  expect(shares[0]).toBe(0);
  expect(shares.at(-1)).toBe(1);
  expect(shares.toSorted((x, y) => x - y)).toEqual(shares);
});
