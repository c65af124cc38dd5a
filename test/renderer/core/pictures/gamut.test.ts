/** Results in the gamut of their source, read back by ImageMagick where that is installed. */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createPicture, createPlane, type Picture } from '../../../../models/image/picture.ts';
import { keepGamut } from '../../../../renderer/core/engine/keep-gamut.ts';
import { encodePicture } from '../../../../renderer/core/pictures/encode-picture.ts';
import { decodePicture, decodeSource } from '../../../../renderer/core/pictures/read-picture.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { withChunk } from './samples.ts';

const inFolder = temporaryFolder();

/** Display P3 codes that sRGB cannot show, and some that it can; 16 px each. */
const COLOURS = [
  [255, 0, 0],
  [0, 255, 0],
  [250, 120, 20],
  [128, 128, 128],
  [90, 60, 200],
];
const [WIDTH, HEIGHT] = [16 * COLOURS.length, 16];

/** A plain picture of these codes, whatever they mean. */
function codes(colours: readonly (readonly number[])[], depth: 8 | 16 = 8) {
  const unit = depth === 8 ? 1 : 257;
  const data = new (depth === 8 ? Uint8Array : Uint16Array)(WIDTH * HEIGHT * 3);
  for (let i = 0; i < WIDTH * HEIGHT; i++)
    data.set(
      colours[Math.floor((i % WIDTH) / 16)].map((code) => code * unit),
      i * 3,
    );
  const image = sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
  return image.toColourspace(depth === 8 ? 'srgb' : 'rgb16').png();
}

const p3Profile = async () => {
  const made = await codes(COLOURS).withIccProfile('p3').toBuffer();
  return (await sharp(made).metadata()).icc as Buffer;
};

/** A PNG with the profile of Display P3 around codes of ours: sharp itself would convert them. */
async function p3File(depth: 8 | 16 = 8): Promise<Buffer> {
  const { deflateSync } = await import('node:zlib');
  const body = Buffer.concat([Buffer.from('p3\0\0', 'latin1'), deflateSync(await p3Profile())]);
  return withChunk(await codes(COLOURS, depth).toBuffer(), 'iCCP', body);
}

const cicpFile = async () =>
  withChunk(await codes(COLOURS).toBuffer(), 'cICP', Uint8Array.of(12, 13, 0, 1), ['iCCP']);

/** What is in the middle of each colour. */
const swatches = (data: ArrayLike<number>, channels: number) =>
  COLOURS.map((_, i) =>
    [0, 1, 2].map((c) => data[((HEIGHT / 2) * WIDTH + 16 * i + 8) * channels + c] as number),
  );

function expectNear(
  actual: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
  tolerance = 2,
) {
  const worst = Math.max(...expected.flatMap((one, i) => one.map((v, c) => Math.abs(v - actual[i][c]))));
  expect(worst, `${JSON.stringify(actual)} is near ${JSON.stringify(expected)}`).toBeLessThanOrEqual(
    tolerance,
  );
}

const hasImageMagick = spawnSync('convert', ['-version']).stdout?.includes('ImageMagick') ?? false;

/** Codes of Display P3: as stored with a profile of that name, or by ImageMagick from whatever profile there is. */
async function readAsP3(file: Uint8Array) {
  if (hasImageMagick) return readByImageMagick(file);
  const { icc } = await sharp(file).metadata();
  expect(
    Buffer.from(icc as Buffer)
      .swap16()
      .toString('utf16le'),
  ).toContain('Display P3');
  const { data, info } = await sharp(file).keepIccProfile().raw().toBuffer({ resolveWithObject: true });
  return swatches(data, info.channels);
}

async function readByImageMagick(file: Uint8Array) {
  await writeFile(inFolder('p3.icc'), await p3Profile());
  await writeFile(inFolder('file'), file);
  const args = [inFolder('file'), '-profile', inFolder('p3.icc'), '-depth', '8', 'rgb:-'];
  const { stdout, status } = spawnSync('convert', args, { maxBuffer: 1e8 });
  expect(status).toBe(0);
  return swatches(stdout, 3);
}

describe('--gamut source', () => {
  it.each([
    ['a profile', () => p3File()],
    ['a profile, 16 bits', () => p3File(16)],
    ['cICP', cicpFile],
  ])('keeps what %s says, in every format', async (_, file) => {
    const { wide } = await decodeSource(await file(), 'source', { gamut: 'source' });
    expect(wide?.gamut.name).toBe('Display P3');
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      const written = await encodePicture(wide!.picture, format, { gamut: wide!.gamut });
      // JPEG and WebP lose a little; sharp's Display P3 rounds red's negative share of Z to nothing.
      expectNear(await readAsP3(written), COLOURS, format === 'png' ? 3 : 4);
    }
  });

  it('Rec. 2020, whose curve is another, is kept too', async () => {
    const file = withChunk(await codes(COLOURS).toBuffer(), 'cICP', Uint8Array.of(9, 1, 0, 1), ['iCCP']);
    const { wide } = await decodeSource(file, 'source', { gamut: 'source' });
    expect(wide?.gamut.name).toBe('Rec. 2020 primaries');
    const [red] = swatches(wide!.picture.data, 4);
    expect(red).toEqual([255, 0, 0]);
    const written = await encodePicture(wide!.picture, 'png', { gamut: wide!.gamut });
    expect((await sharp(written).metadata()).icc).toBeDefined();
  });

  it.each([
    ['sRGB', async () => codes(COLOURS).withIccProfile('srgb').toBuffer()],
    ['no profile', async () => codes(COLOURS).toBuffer()],
    ['grey', async () => codes(COLOURS).toColourspace('b-w').toBuffer()],
    ['CMYK', async () => codes(COLOURS).withIccProfile('cmyk').toColourspace('cmyk').jpeg().toBuffer()],
  ])('stays sRGB: %s', async (_, file) => {
    expect((await decodeSource(await file(), 'source', { gamut: 'source' })).wide).toBeNull();
  });

  it('is asked for: without it a result is sRGB', async () => {
    const { wide } = await decodeSource(await p3File(), 'source');
    expect(wide).toBeNull();
  });
});

describe('a painted portrait in the gamut of its source', () => {
  const painted = (share: (x: number) => number) => {
    const plane = createPlane(WIDTH, HEIGHT);
    plane.data.forEach((_, i) => {
      plane.data[i] = share(i % WIDTH);
    });
    return plane;
  };
  const plain = (source: Picture, [r, g, b]: readonly number[], share: (x: number) => number): Picture => {
    const picture = createPicture(WIDTH, HEIGHT);
    for (let i = 0, k = 0; k < picture.data.length; i++, k += 4) {
      const s = share(i % WIDTH);
      const own = source.data.subarray(k, k + 3);
      picture.data.set([r, g, b].map((v, c) => s * v + (1 - s) * own[c]).concat(255), k);
    }
    return picture;
  };
  const finish = async (paint: readonly number[], share: (x: number) => number, strength = 1) => {
    const source = await decodeSource(await p3File(), 'source', { gamut: 'source' });
    const picture = plain(source.picture, paint, (x) => strength * share(x));
    const rest = {
      faces: [],
      warnings: [],
      reference: null,
      proportions: 0,
      timings: {},
      enlarged: 1,
      referenceEnlarged: 1,
    };
    const kept = keepGamut({ ...rest, picture, painted: painted(share) }, source, { strength });
    expect(kept.gamut?.name).toBe('Display P3');
    return { kept, picture, file: await encodePicture(kept.picture, 'png', { gamut: kept.gamut }) };
  };

  it('what is not painted has the colours of the source, also those that sRGB cannot show', async () => {
    const { file } = await finish([200, 30, 90], () => 0);
    expectNear(await readAsP3(file), COLOURS);
  });

  it('with strength 0 it is the source', async () => {
    const { file } = await finish([200, 30, 90], () => 1, 0);
    expectNear(await readAsP3(file), COLOURS);
  });

  it('what is painted has the same colours as in sRGB', async () => {
    const { file, picture } = await finish([200, 30, 90], () => 1);
    const { data } = await decodePicture(file, 'result');
    expectNear(swatches(data, 4), swatches(picture.data, 4));
  });

  it('each where it is', async () => {
    const { file } = await finish([200, 30, 90], (x) => (x < 32 ? 0 : 1));
    const result = await readAsP3(file);
    expectNear(result.slice(0, 2), COLOURS.slice(0, 2));
    const { data } = await decodePicture(file, 'result');
    expectNear(swatches(data, 4).slice(2), [
      [200, 30, 90],
      [200, 30, 90],
      [200, 30, 90],
    ]);
  });
});
