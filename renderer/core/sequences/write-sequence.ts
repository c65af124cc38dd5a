/** From painted pictures to a file or a folder, which is whole or not there. */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';
import { clearHidden } from '../../../models/image/bleed.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { withoutSlash } from '../files/file-name.ts';
import { makeFolder, notWritable } from '../files/make-folder.ts';
import { ending, filePath, lastWords, run, start } from './ffmpeg.ts';
import { type FrameStore, rawPicture, type StoredFrame } from './frame-store.ts';
import { GIF_END, gifFrame, gifHeader } from './gif.ts';
import { matroskaFrame, matroskaHeader } from './matroska.ts';
import { mp4Xmp } from './mp4-xmp.ts';
import { refuseOthers, removeOwn, SERIES } from './own-folder.ts';
import type { SequencePart } from './sequence.ts';
import { webpFrame, webpHeader, webpSize, webpXmp } from './webp.ts';

export type SequenceFormat = 'gif' | 'webp' | 'png' | 'jpeg' | 'mp4' | 'webm' | 'mov';

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

export interface WriteOptions extends FileOrigin {
  readonly width: number;
  readonly height: number;
  readonly format: SequenceFormat;
  readonly hasAlpha: boolean;
  /** How often an animation is shown, 0: endless. */
  readonly plays: number;
  /** Where sound is taken from, and how it is compressed there. */
  readonly sound: { readonly path: string; readonly part: SequencePart; readonly codec: string } | null;
  /** Bytes of one picture of a series. */
  readonly seal: (picture: Picture) => Promise<Uint8Array>;
  readonly signal?: AbortSignal;
  /** Called with the share done. */
  readonly onProgress?: (share: number) => void;
}

/** Seconds that the last picture is shown where nobody tells. */
const USUAL = 1 / 25;

/** Each stored picture with how long it is shown. */
async function* timed(store: FrameStore, { signal, onProgress }: WriteOptions) {
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
    else if (isVideo(options.format)) await writeVideo(temporary, store, options);
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
          ? gifFrame(await raw.gif({ dither: 0.6, effort: 4 }).toBuffer(), lasts, hasAlpha)
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

/** How a container's pictures are compressed, best first. */
const ENCODERS: Readonly<Record<'mp4' | 'webm' | 'mov' | 'alpha', readonly (readonly string[])[]>> = {
  mp4: [
    ['libx264', '-crf', '16', '-pix_fmt', 'yuv420p'],
    ['mpeg4', '-q:v', '2', '-pix_fmt', 'yuv420p'],
  ],
  mov: [
    ['libx264', '-crf', '16', '-pix_fmt', 'yuv420p'],
    ['mpeg4', '-q:v', '2', '-pix_fmt', 'yuv420p'],
  ],
  webm: [['libvpx-vp9', '-crf', '20', '-b:v', '0', '-row-mt', '1', '-pix_fmt', 'yuv420p']],
  alpha: [['prores_ks', '-profile:v', '4444', '-pix_fmt', 'yuva444p10le']],
};

/** What a container holds as it is; other sound is compressed anew. */
const COPIED: Readonly<Partial<Record<SequenceFormat, RegExp>>> = {
  mp4: /^(aac|mp3|mp2|ac3|eac3|alac|opus|flac)$/,
  mov: /^(aac|mp3|mp2|ac3|eac3|alac|pcm_.*)$/,
  webm: /^(opus|vorbis)$/,
};

const soundEncoder = (format: SequenceFormat, codec: string): string =>
  COPIED[format]?.test(codec) ? 'copy' : format === 'webm' ? 'libopus' : 'aac';

async function writeVideo(path: string, store: FrameStore, options: WriteOptions): Promise<void> {
  const { width, height, format, hasAlpha, sound, xmp, signal } = options;
  const [encoder, ...settings] = await chooseEncoder(format, hasAlpha);
  const alpha = hasAlpha && format === 'webm' ? ['-pix_fmt', 'yuva420p'] : [];
  const { from, to } = sound?.part ?? {};
  const audio = sound
    ? [
        ...(from === undefined ? [] : ['-ss', String(from)]),
        ...(to === undefined ? [] : ['-to', String(to)]),
        ...[
          '-i',
          filePath(sound.path),
          '-map',
          '0:v:0',
          '-map',
          '1:a:0',
          '-c:a',
          soundEncoder(format, sound.codec),
        ],
      ]
    : ['-map', '0:v:0'];
  const args = [
    ...['-hide_banner', '-nostats', '-v', 'error', '-y', '-f', 'matroska', '-i', 'pipe:0', ...audio],
    ...['-c:v', encoder, ...settings, ...alpha, '-fps_mode', 'passthrough', '-enc_time_base', '-1'],
    ...evenPadding(width, height),
    ...(xmp && format === 'webm' ? ['-metadata', `comment=${xmp}`] : []),
    ...(format === 'webm' ? [] : ['-movflags', '+faststart+use_metadata_tags']),
    filePath(path),
  ];
  const child = start('ffmpeg', args, signal);
  const ended = ending(child, 'ffmpeg', signal);
  ended.catch(() => undefined);
  child.stdout?.resume();
  const stdin = child.stdin;
  if (!stdin) throw new LimnerError('ENCODER_FAILED', 'The encoder takes no pictures.');
  stdin.on('error', () => undefined);
  try {
    stdin.write(matroskaHeader(width, height));
    for await (const { picture, at, lasts } of timed(store, options)) {
      if (child.exitCode !== null) break;
      if (!stdin.write(matroskaFrame(picture, at, lasts))) await Promise.race([once(stdin, 'drain'), ended]);
    }
    stdin.end();
    const { code, words } = await ended;
    if (code !== 0)
      throw new LimnerError(
        'ENCODER_FAILED',
        `${basename(path)} could not be encoded (${lastWords(words)}).`,
      );
    if (xmp && format !== 'webm') await appendFile(path, mp4Xmp(xmp));
  } finally {
    child.kill('SIGKILL');
  }
}

/** Most players want even sizes: an odd one gets its last column or row once more. */
function evenPadding(width: number, height: number): string[] {
  const [right, bottom] = [width % 2, height % 2];
  if (!right && !bottom) return [];
  const smear = `fillborders=right=${right}:bottom=${bottom}:mode=smear`;
  return ['-vf', `pad=${width + right}:${height + bottom},${smear}`];
}

/** Its name and settings. @throws ENCODER_FAILED, FFMPEG_MISSING */
export async function chooseEncoder(format: SequenceFormat, hasAlpha: boolean): Promise<readonly string[]> {
  const { output } = await run('ffmpeg', ['-hide_banner', '-v', 'error', '-encoders']);
  const wanted = format === 'mov' && hasAlpha ? ENCODERS.alpha : ENCODERS[format as 'mp4' | 'webm' | 'mov'];
  const found = wanted.find(([name]) => new RegExp(`^ V\\S+ ${name} `, 'm').test(output));
  if (found) return found;
  throw new LimnerError(
    'ENCODER_FAILED',
    `This ffmpeg has none of the encoders for ${format}: ${wanted.map(([name]) => name).join(', ')}.`,
  );
}
