import { spawnSync } from 'node:child_process';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readPicture } from '../../../../renderer/core/pictures/read-picture.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { animatedPng, animation, noise, plain, pngClaiming } from './samples.ts';

const inFolder = temporaryFolder();

/** Reads a file of these bytes. */
async function read(name: string, bytes: Uint8Array | string, maxPixels?: number) {
  const path = inFolder(name);
  await writeFile(path, bytes);
  return readPicture(path, { maxPixels });
}

const half = (bytes: Uint8Array) => bytes.subarray(0, bytes.length >> 1);

const fails = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code });

describe('bad input has a code each', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)(
    'TRUNCATED_PICTURE: half a %s',
    async (format) => {
      await fails(
        read(`half.${format}`, half(await noise().toFormat(format).toBuffer())),
        'TRUNCATED_PICTURE',
      );
    },
  );

  it.each(['\xff\xd8\xff', 'II*\0', '\x89PNG\r\n\x1a\n', 'GIF89a', 'RIFF\x10\0\0\0WEBP'])(
    'TRUNCATED_PICTURE: a signature alone (%j)',
    (signature) => fails(read('signature', Buffer.from(signature, 'latin1')), 'TRUNCATED_PICTURE'),
  );

  it.each(['png', 'jpeg', 'gif', 'avif'] as const)(
    'CORRUPT_PICTURE: a %s with bytes overwritten',
    async (format) => {
      const bytes = await noise().toFormat(format).toBuffer();
      const start = bytes.length >> 1;
      for (let i = start; i < start + 200; i++) bytes[i] = i * 37;
      await fails(read(`corrupt.${format}`, bytes), 'CORRUPT_PICTURE');
    },
  );

  it('EMPTY_FILE: zero bytes', () => fails(read('empty.png', ''), 'EMPTY_FILE'));

  it.each([
    ['not a picture that Limner reads', 'this is no picture'],
    ['not a picture that Limner reads', 'BM is how this text begins'],
    ['an SVG file', '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"></svg>'],
    ['an SVG file', '\ufeff\n<svg width="99" height="99"></svg>'],
    ['a web page', '<!DOCTYPE html><html><body>404 Not Found</body></html>'],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n'],
    ['a HEIC picture', '\0\0\0\x18ftypheic\0\0\0\0'],
    ['a PNG for iOS alone', '\x89PNG\r\n\x1a\n\0\0\0\x04CgBI'],
    ['a BMP picture', 'BM\x36\x10\0\0\0\0\0\0\x36'],
    ['a pointer to a file of Git LFS', 'version https://git-lfs.github.com/spec/v1\noid sha256:0'],
  ])('UNSUPPORTED_FORMAT: %s named .png', async (what, text) => {
    const bytes = /^[\x89B]/.test(text) ? Buffer.from(text, 'latin1') : text;
    await expect(read('other.png', bytes)).rejects.toMatchObject({
      code: 'UNSUPPORTED_FORMAT',
      message: expect.stringContaining(`other.png is ${what}.`),
    });
  });

  it('TOO_MANY_PIXELS: a header that says 60,000×60,000', async () => {
    await fails(read('huge.png', await pngClaiming(60_000, 60_000)), 'TOO_MANY_PIXELS');
  });

  it('TOO_MANY_PIXELS: more than --max-pixels', async () => {
    await fails(read('large.png', await plain(40, 40, '#fff').png().toBuffer(), 1599), 'TOO_MANY_PIXELS');
    await expect(read('fits.png', await plain(40, 40, '#fff').png().toBuffer(), 1600)).resolves.toBeTruthy();
  });

  it('PICTURE_TOO_SMALL: 8×8', async () => {
    await fails(read('small.png', await plain(8, 8, '#fff').png().toBuffer()), 'PICTURE_TOO_SMALL');
  });

  it.each(['gif', 'webp'] as const)('ANIMATED_PICTURE: %s', async (format) => {
    await fails(read(`animated.${format}`, await animation(format)), 'ANIMATED_PICTURE');
  });

  it('ANIMATED_PICTURE: APNG, but not one of a single frame', async () => {
    await fails(read('animated.png', await animatedPng(2)), 'ANIMATED_PICTURE');
    await expect(read('single.png', await animatedPng(1))).resolves.toMatchObject({ width: 32 });
  });

  it('NOT_FOUND: a missing file, also below a file', async () => {
    await writeFile(inFolder('file'), 'x');
    await fails(readPicture(inFolder('missing.png')), 'NOT_FOUND');
    await fails(readPicture(inFolder('file', 'missing.png')), 'NOT_FOUND');
  });

  it('NOT_A_FILE: a folder, a device, a pipe without a writer', async () => {
    await mkdir(inFolder('folder.png'));
    await fails(readPicture(inFolder('folder.png')), 'NOT_A_FILE');
    await fails(readPicture('/dev/zero'), 'NOT_A_FILE');
    spawnSync('mkfifo', [inFolder('pipe.png')]);
    await fails(readPicture(inFolder('pipe.png')), 'NOT_A_FILE');
  });

  it('NOT_READABLE: a link to itself', async () => {
    await symlink('loop.png', inFolder('loop.png'));
    await fails(readPicture(inFolder('loop.png')), 'NOT_READABLE');
  });

  it('says which file and what to do, and writes nothing', async () => {
    const before = await readdir(inFolder());
    await expect(readPicture(inFolder('missing.png'))).rejects.toMatchObject({
      message: expect.stringMatching(/missing\.png\.?$/),
      hint: 'Check the path.',
    });
    expect(await readdir(inFolder())).toEqual(before);
  });
});
