/** Whatever a file is made of, it is read as a second library reads it: ImageMagick, where that is installed. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../../../models/image/random.ts';
import { decodePicture } from '../../../../renderer/core/pictures/read-picture.ts';

const isInstalled = spawnSync('convert', ['-version']).stdout?.includes('ImageMagick') ?? false;
if (!isInstalled) console.info('Skipped: ImageMagick’s convert is not installed.');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'limner-second-'));
  const profiled = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#888' } })
    .withIccProfile('srgb')
    .png()
    .toBuffer();
  await writeFile(join(folder, 'srgb.icc'), (await sharp(profiled).metadata()).icc as Buffer);
});
afterAll(() => rm(folder, { recursive: true }));

const kinds = fc.record({
  format: fc.constantFrom('png', 'png16', 'palette', 'jpeg', 'webp', 'tiff', 'tiff16'),
  profile: fc.constantFrom('none', 'srgb', 'p3'),
  orientation: fc.integer({ min: 1, max: 8 }),
  isGrey: fc.boolean(),
  alpha: fc.constantFrom('none', 'soft', 'holes'),
  width: fc.integer({ min: 16, max: 40 }),
  height: fc.integer({ min: 16, max: 40 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
});
type Kind = typeof kinds extends fc.Arbitrary<infer T> ? T : never;

/** Soft colours, of which no encoder takes much away. */
function raw({ width, height, alpha, seed }: Kind) {
  const random = seededRandom(seed);
  const [a, b, c] = [random(), random(), random()];
  const channels = alpha === 'none' ? 3 : 4;
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < width * height; i++) {
    const [u, v] = [(i % width) / width, Math.floor(i / width) / height];
    const colour = [40 + 170 * u * a + 30 * b, 60 + 150 * v * b, 50 + 160 * (1 - u) * c];
    const opacity = alpha === 'soft' ? 64 + 190 * u : u + v > 0.6 ? 255 : 0;
    data.set(channels === 3 ? colour : [...colour, opacity], i * channels);
  }
  return sharp(data, { raw: { width, height, channels } });
}

async function fileOf(kind: Kind): Promise<Buffer> {
  const { format, profile, orientation, isGrey } = kind;
  let image = raw(kind);
  if (isGrey) image = image.toColourspace(format.endsWith('16') ? 'grey16' : 'b-w');
  else if (format.endsWith('16')) image = image.toColourspace('rgb16');
  // Of grey only the profile of a grey file would fit.
  if (profile !== 'none' && !isGrey) image = image.withIccProfile(profile);
  image = image.withMetadata({ orientation, ...(profile !== 'none' && !isGrey ? { icc: profile } : {}) });
  switch (format) {
    case 'jpeg':
      return image.flatten().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
    case 'webp':
      return image.webp({ lossless: true, exact: true }).toBuffer();
    case 'tiff':
    case 'tiff16':
      return image.tiff({ compression: 'lzw' }).toBuffer();
    case 'palette':
      return image.png({ palette: true, colours: 256, dither: 0 }).toBuffer();
    default:
      return image.png().toBuffer();
  }
}

/** Of the orientations 1 to 8; ImageMagick does not look for them in every format. */
const ORIENTATIONS = [
  ...['TopLeft', 'TopRight', 'BottomRight', 'BottomLeft'],
  ...['LeftTop', 'RightTop', 'RightBottom', 'LeftBottom'],
];

/** RGBA of 8 bits, upright, in sRGB. */
async function readElsewhere(file: Buffer, orientation: number): Promise<Buffer> {
  const path = join(folder, 'picture');
  await writeFile(path, file);
  const hasProfile = (await sharp(file).metadata()).icc !== undefined;
  const profile = hasProfile ? ['-profile', join(folder, 'srgb.icc')] : [];
  const how = [
    '-orient',
    ORIENTATIONS[orientation - 1],
    '-auto-orient',
    ...profile,
    '-colorspace',
    'sRGB',
    '-depth',
    '8',
    'rgba:-',
  ];
  const { stdout, stderr, status } = spawnSync('convert', [path, ...how], { maxBuffer: 1e8 });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout;
}

test.skipIf(!isInstalled)('random files', async () => {
  await fc.assert(
    fc.asyncProperty(kinds, async (kind) => {
      const file = await fileOf(kind);
      const { width, height, data } = await decodePicture(file, 'picture');
      const expected = await readElsewhere(file, kind.orientation);
      expect(expected).toHaveLength(width * height * 4);
      const isTurned = kind.orientation >= 5;
      expect([width, height]).toEqual(isTurned ? [kind.height, kind.width] : [kind.width, kind.height]);
      let [sum, count, worst] = [0, 0, 0];
      for (let i = 0; i < data.length; i += 4) {
        expect(Math.abs(data[i + 3] - expected[i + 3])).toBeLessThanOrEqual(1);
        if (data[i + 3] < 32) continue;
        for (let c = 0; c < 3; c++, count++) {
          const error = Math.abs(data[i + c] - expected[i + c]);
          sum += error;
          worst = Math.max(worst, error);
        }
      }
      expect(sum / Math.max(1, count)).toBeLessThan(1.5);
      expect(worst).toBeLessThanOrEqual(6);
    }),
    { numRuns: 24, seed: 20, endOnFailure: true },
  );
});
