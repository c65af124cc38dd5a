/** From painted pictures to a file or a folder, which is whole or not there. */

import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';
import { clearHidden } from '../../../models/image/bleed.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { withoutSlash } from '../files/file-name.ts';
import { makeFolder, notWritable } from '../files/make-folder.ts';
import { type FrameStore, rawPicture, type StoredFrame } from './frame-store.ts';
import { GIF_END, gifFrame, gifHeader } from './gif.ts';
import { refuseOthers, removeOwn, SERIES } from './own-folder.ts';
import type { SequenceFormat } from './sequence.ts';
import { webpFrame, webpHeader, webpSize, webpXmp } from './webp.ts';
import { type ShownPicture, type VideoOptions, writeVideo } from './write-video.ts';

const FILES: Readonly<Record<string, SequenceFormat>> = {
  '.gif': 'gif',
  '.webp': 'webp',
  '.mp4': 'mp4',
  '.m4v': 'mp4',
  '.webm': 'webm',
  '.mov': 'mov',
};

/** What a name asks for; a folder gets PNG files. @throws USAGE */
export function sequenceFormat(path: string): SequenceFormat {
  const extension = extname(path).toLowerCase();
  if (extension === '' || /[/\\]$/.test(path)) return 'png';
  const format = FILES[extension];
  if (format) return format;
  throw new LimnerError(
    'USAGE',
    `Expected a name ending in .gif, .webp, .mp4, .webm or .mov, or a folder, for --out but received ${path}.`,
  );
}

export const isVideo = (format: SequenceFormat): boolean => ['mp4', 'webm', 'mov'].includes(format);

/** How a file says how it was made. */
export interface FileOrigin {
  /** A packet in it. */
  readonly xmp?: string;
  /** Puts a signature into the whole file. */
  readonly sign?: (file: Uint8Array) => Promise<Uint8Array>;
}

export interface WriteOptions extends FileOrigin, VideoOptions {
  readonly format: SequenceFormat;
  /** How often an animation is shown, 0: endless. */
  readonly plays: number;
  /** Bytes of one picture of a series. */
  readonly seal: (picture: Picture) => Promise<Uint8Array>;
  /** Called with the share done. */
  readonly onProgress?: (share: number) => void;
}

/**
 * How colours are chosen. Effort (1..10): below 6 whole patches of a painting are off by 20 of 255 levels, in each picture others; above 6
 * nothing is gained (measured on paintings of 320 to 1280 px).
 */
const GIF = { dither: 0.6, effort: 6 };

/** Seconds that the last picture is shown where nobody tells. */
const USUAL = 1 / 25;

/** Each stored picture with how long it is shown. */
async function* timed(store: FrameStore, { signal, onProgress }: WriteOptions): AsyncGenerator<ShownPicture> {
  for (const [i, frame] of store.frames.entries()) {
    signal?.throwIfAborted();
    yield { picture: clearHidden(await store.read(frame)), at: frame.at, lasts: lastsOf(store.frames, i) };
    onProgress?.((i + 1) / store.frames.length);
  }
}

function lastsOf(frames: readonly StoredFrame[], i: number): number {
  const next = frames[i + 1];
  if (next) return next.at - frames[i].at;
  return frames[i].lasts ?? (i > 0 ? frames[i].at - frames[i - 1].at : USUAL);
}

/**
 * A folder may have a series of before in it, which is replaced, and nothing else.
 * @throws NOT_EMPTY, NOT_WRITABLE, FFMPEG_MISSING, ENCODER_FAILED, CANCELLED, with nothing left behind
 */
export async function writeSequence(path: string, store: FrameStore, options: WriteOptions): Promise<void> {
  const temporary = join(
    dirname(path),
    `.limner-${randomBytes(6).toString('hex')}${options.format === 'png' ? '' : extname(path)}`,
  );
  try {
    await makeFolder(dirname(path));
    if (options.format === 'png') await writeSeries(temporary, store, options);
    else if (isVideo(options.format)) await writeVideo(temporary, timed(store, options), options);
    else await writeAnimation(temporary, store, options);
    options.signal?.throwIfAborted();
    if (options.sign && options.format !== 'png')
      await writeFile(temporary, await options.sign(await readFile(temporary)));
    if (options.format === 'png') {
      await refuseOthers(path, SERIES);
      await removeOwn(path, SERIES);
    }
    await rename(temporary, withoutSlash(path));
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    if (options.signal?.aborted) throw new LimnerError('CANCELLED', 'Cancelled.', { cause });
    throw cause instanceof LimnerError ? cause : notWritable(path, cause);
  }
}

async function writeSeries(folder: string, store: FrameStore, options: WriteOptions): Promise<void> {
  await mkdir(folder);
  let n = 0;
  for await (const { picture } of timed(store, options))
    await writeFile(join(folder, `${String(++n).padStart(6, '0')}.png`), await options.seal(picture));
}

async function writeAnimation(path: string, store: FrameStore, options: WriteOptions): Promise<void> {
  const { width, height, format, hasAlpha, plays, xmp } = options;
  const file = await open(path, 'wx');
  try {
    let bytes = 0;
    const write = async (part: Uint8Array) => {
      await file.write(part);
      bytes += part.length;
    };
    const isGif = format === 'gif';
    await write(
      isGif
        ? gifHeader(width, height, xmp, plays)
        : webpHeader(width, height, hasAlpha, xmp !== undefined, plays),
    );
    for await (const { picture, lasts } of timed(store, options)) {
      const raw = hasAlpha ? rawPicture(picture) : rawPicture(picture).removeAlpha();
      await write(
        isGif
          ? gifFrame(await raw.gif(GIF).toBuffer(), lasts, hasAlpha)
          : webpFrame(await raw.webp({ quality: 90 }).toBuffer(), width, height, lasts, hasAlpha),
      );
    }
    if (isGif) await write(GIF_END);
    else if (xmp) await write(webpXmp(xmp));
    if (!isGif) await file.write(webpSize(bytes), 0, 4, 4);
    await file.sync();
  } finally {
    await file.close();
  }
}
