/** GIF and animated WebP. */
import sharp from 'sharp';
import { LimnerError } from '../../../models/errors.ts';
import { bleedColours } from '../../../models/image/bleed.ts';
import { sniffFormat } from '../pictures/sniff-format.ts';
import { isTruncated } from '../pictures/truncation.ts';
import type { Sequence, TimedPicture } from './sequence.ts';

/** Pictures decoded at once: a decoder begins at the first each time. */
const CHUNK = 16;
/** Seconds that browsers show a picture for whose own time is shorter. */
const SHORTEST = 0.02;
const USUAL = 0.1;

/** Whether these bytes are of a kind that may be animated. */
export const mayBeAnimation = (bytes: Uint8Array): boolean =>
  ['gif', 'webp'].includes(sniffFormat(bytes) ?? '');

export type AnimationFormat = 'gif' | 'webp';

/** Of a file with several pictures; null for any other, damaged ones included. */
export async function animationFormat(bytes: Uint8Array): Promise<AnimationFormat | null> {
  const format = sniffFormat(bytes);
  if (format !== 'gif' && format !== 'webp') return null;
  const { pages = 1 } = await readHeader(bytes, '').catch(() => ({ pages: 1 }));
  return pages > 1 ? format : null;
}

/** @throws CORRUPT_PICTURE, TRUNCATED_PICTURE, TOO_MANY_PIXELS */
export async function openAnimation(bytes: Uint8Array, name: string, maxPixels: number): Promise<Sequence> {
  if (isTruncatedAnimation(bytes)) throw damaged(bytes, name, null);
  const { width, pageHeight, height, pages = 1, delay, loop = 0 } = await readHeader(bytes, name);
  const rows = pageHeight ?? height;
  if (width * rows > maxPixels)
    throw new LimnerError(
      'TOO_MANY_PIXELS',
      `${name} has ${width}×${rows} px; the limit is ${maxPixels} pixels.`,
    );
  const lasts = (page: number) => {
    const seconds = (delay?.[page] ?? 0) / 1000;
    return seconds < SHORTEST ? USUAL : seconds;
  };
  const seconds = Array.from({ length: pages }, (_, page) => lasts(page)).reduce((sum, one) => sum + one, 0);
  return {
    ...{ kind: 'animation', name, width, height: rows, count: pages, sound: null, plays: loop, seconds },
    async *pictures(signal) {
      let at = 0;
      for (let first = 0; first < pages; first += CHUNK) {
        signal?.throwIfAborted();
        const count = Math.min(CHUNK, pages - first);
        for (const [i, picture] of (await decodePages(bytes, name, first, count)).entries()) {
          yield { picture, at, lasts: lasts(first + i) } satisfies TimedPicture;
          at += lasts(first + i);
        }
      }
    },
  };
}

async function readHeader(bytes: Uint8Array, name: string) {
  try {
    return await sharp(bytes, { animated: true, limitInputPixels: false }).metadata();
  } catch (cause) {
    throw damaged(bytes, name, cause);
  }
}

async function decodePages(bytes: Uint8Array, name: string, page: number, pages: number) {
  try {
    const { data, info } = await sharp(bytes, { page, pages, limitInputPixels: false, failOn: 'error' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const height = info.height / pages;
    const size = info.width * height * 4;
    return Array.from({ length: pages }, (_, i) => {
      const samples = new Uint8ClampedArray(data.subarray(i * size, (i + 1) * size));
      return bleedColours({ width: info.width, height, data: samples });
    });
  } catch (cause) {
    throw damaged(bytes, name, cause);
  }
}

/** Decoders show what there is of a file that was cut off. */
function isTruncatedAnimation(bytes: Uint8Array): boolean {
  const format = sniffFormat(bytes);
  return (format === 'gif' || format === 'webp') && isTruncated(bytes, format);
}

function damaged(bytes: Uint8Array, name: string, cause: unknown): LimnerError {
  return isTruncatedAnimation(bytes)
    ? new LimnerError('TRUNCATED_PICTURE', `${name} ends too early.`, { cause })
    : new LimnerError('CORRUPT_PICTURE', `${name} is damaged and cannot be decoded.`, { cause });
}
