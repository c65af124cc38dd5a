/** Videos, by FFmpeg. */
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { ending, filePath, lastWords, run, start } from './ffmpeg.ts';
import { matroskaFrame, matroskaHeader } from './matroska.ts';
import { mp4Xmp } from './mp4-xmp.ts';
import type { SequenceFormat, SequencePart, SequenceSound } from './sequence.ts';

/** A picture and for how many seconds it is shown from when on. */
export interface ShownPicture {
  readonly picture: Picture;
  readonly at: number;
  readonly lasts: number;
}

export interface VideoOptions {
  readonly width: number;
  readonly height: number;
  readonly format: SequenceFormat;
  readonly hasAlpha: boolean;
  /** Where sound is taken from, and how it is compressed there. */
  readonly sound: (SequenceSound & { readonly path: string; readonly part: SequencePart }) | null;
  /** A packet that says how it was made. */
  readonly xmp?: string;
  readonly signal?: AbortSignal;
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

/** The part of it that belongs to the pictures, whose times begin at 0. */
function soundOptions(
  { path, part: { from = 0, to }, codec, before }: NonNullable<VideoOptions['sound']>,
  format: SequenceFormat,
): string[] {
  const begin = from + before;
  return [
    ...(begin > 0 ? ['-ss', String(begin)] : []),
    ...(to === undefined ? [] : ['-to', String(to + before)]),
    ...['-i', filePath(path), '-map', '0:v:0', '-map', '1:a:0', '-c:a', soundEncoder(format, codec)],
  ];
}

/** BT.709, and it says so: without, players guess by the size, and FFmpeg makes BT.601 of every RGB. */
const COLOURS = {
  filters: [
    'scale=out_color_matrix=bt709:out_range=tv',
    // ProRes looks at the pictures, not at the options.
    'setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709',
  ],
  options: [
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...['-color_range', 'tv'],
  ],
};

/** @throws FFMPEG_MISSING, ENCODER_FAILED, CANCELLED */
export async function writeVideo(
  path: string,
  pictures: AsyncIterable<ShownPicture>,
  options: VideoOptions,
): Promise<void> {
  const { width, height, format, hasAlpha, sound, xmp, signal } = options;
  const [encoder, ...settings] = await chooseEncoder(format, hasAlpha);
  const alpha = hasAlpha && format === 'webm' ? ['-pix_fmt', 'yuva420p'] : [];
  const audio = sound ? soundOptions(sound, format) : ['-map', '0:v:0'];
  const args = [
    ...['-hide_banner', '-nostats', '-v', 'error', '-y', '-f', 'matroska', '-i', 'pipe:0', ...audio],
    ...['-c:v', encoder, ...settings, ...alpha, '-fps_mode', 'passthrough', '-enc_time_base', '-1'],
    ...['-vf', [...COLOURS.filters, ...evenPadding(width, height)].join(','), ...COLOURS.options],
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
    for await (const { picture, at, lasts } of pictures) {
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
  // While chroma has every pixel: half of one cannot be repeated.
  return ['format=yuva444p', `pad=${width + right}:${height + bottom}`, smear];
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
