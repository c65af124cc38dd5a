/** What FFmpeg tells of a video before it is decoded. */
import { LimnerError } from '../../../models/errors.ts';
import { filePath, lastWords, run } from './ffmpeg.ts';

/** Files of these kinds only, from disk only: a playlist could name other files and addresses. */
export const SAFE = [
  '-protocol_whitelist',
  'file,pipe',
  '-format_whitelist',
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,ogg,mpeg,mpegts,flv,asf,nut,gif,apng,image2',
];
/** A file that gives less than this share of what its header promises was cut off. */
export const COMPLETE = 0.9;
/** Transfer functions of HDR, which need a tone curve that Limner does not have for videos. */
const HDR = ['smpte2084', 'arib-std-b67'];

export interface ProbedStream {
  readonly codec_type?: string;
  readonly codec_name?: string;
  readonly width?: number;
  readonly height?: number;
  readonly color_space?: string;
  readonly color_transfer?: string;
  /** Of a pixel, width : height. */
  readonly sample_aspect_ratio?: string;
  readonly start_time?: string;
  readonly avg_frame_rate?: string;
  readonly nb_frames?: string;
  readonly nb_read_packets?: string;
  readonly duration?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly disposition?: Readonly<Record<string, number>>;
  readonly side_data_list?: readonly { readonly rotation?: number }[];
}

export interface ProbedVideo {
  readonly video: ProbedStream;
  /** The first track of sound; null without. */
  readonly sound: ProbedStream | null;
  /** As the header tells; 0 where it does not. */
  readonly seconds: number;
  /** Seconds from the file's beginning, where its sound may begin, to the first picture. */
  readonly before: number;
  /** Upright, of square pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * @param name for messages
 * @param options of ffprobe beside those that keep it safe, which they may narrow
 * @throws FFMPEG_MISSING, CORRUPT_PICTURE, NO_FRAMES, UNSUPPORTED_VIDEO, PICTURE_TOO_SMALL, TOO_MANY_PIXELS
 */
export async function probeVideo(
  path: string,
  name: string,
  maxPixels: number,
  options: readonly string[] = [],
): Promise<ProbedVideo> {
  const { streams, seconds, start } = await readHeader(path, name, options);
  // Not the picture of an album.
  const video = streams.find(
    ({ codec_type: type, disposition }) => type === 'video' && !disposition?.['attached_pic'],
  );
  if (!video) throw new LimnerError('NO_FRAMES', `${name} shows no moving pictures.`);
  if (HDR.includes(video.color_transfer ?? ''))
    throw new LimnerError('UNSUPPORTED_VIDEO', `${name} is a video in HDR (${video.color_transfer}).`);
  const { width, height } = uprightSize(video, name);
  if (width * height > maxPixels)
    throw new LimnerError(
      'TOO_MANY_PIXELS',
      `${name} has ${width}×${height} px; the limit is ${maxPixels} pixels.`,
    );
  const sound = streams.find(({ codec_type: type }) => type === 'audio') ?? null;
  const before = Math.max(0, (Number(video.start_time) || 0) - start);
  return { video, sound, seconds, before, width, height };
}

async function readHeader(path: string, name: string, options: readonly string[]) {
  const file = filePath(path);
  const args = ['-v', 'error', ...SAFE, ...options, '-show_streams', '-show_format', '-of', 'json', file];
  const { code, output, words } = await run('ffprobe', args);
  const refused = /Codec \((\w+)\) not on whitelist/.exec(words)?.[1];
  if (refused) throw unknownCoder(name, refused);
  if (code !== 0)
    throw new LimnerError(
      'CORRUPT_PICTURE',
      `${name} is no video that can be read, or is damaged (${lastWords(words).replace(`${file}: `, '')}).`,
    );
  const found = JSON.parse(output) as {
    streams?: readonly ProbedStream[];
    format?: { readonly duration?: string; readonly start_time?: string };
  };
  const [seconds, start] = [found.format?.duration, found.format?.start_time].map((n) => Number(n ?? 0) || 0);
  return { streams: found.streams ?? [], seconds, start };
}

/** How a video, or its sound, is compressed, and may not be. */
export const unknownCoder = (name: string, coder = 'something unknown'): LimnerError =>
  new LimnerError('UNSUPPORTED_VIDEO', `${name} is compressed as ${coder}.`, {
    hint: 'Convert it to an MP4 with H.264 and AAC, or to a WebM with VP9 and Opus.',
  });

/** Most that a pixel is wider than high, or higher than wide; a file that says more is in error. */
const NARROWEST = 4;

/** FFmpeg turns pictures upright as it decodes them; pixels that are not square are made so, by enlarging. */
function uprightSize(stream: ProbedStream, name: string) {
  const { width: columns = 0, height: rows = 0, side_data_list: data, tags } = stream;
  const [wide, high] = (stream.sample_aspect_ratio ?? '1:1').split(':').map(Number);
  const ratio = wide / high;
  const shape = ratio >= 1 / NARROWEST && ratio <= NARROWEST ? ratio : 1;
  const [width, height] = [Math.round(columns * Math.max(1, shape)), Math.round(rows / Math.min(1, shape))];
  if (width < 16 || height < 16)
    throw new LimnerError('PICTURE_TOO_SMALL', `${name} has only ${width}×${height} px.`);
  const turn =
    data?.find(({ rotation }) => rotation !== undefined)?.rotation ?? Number(tags?.['rotate'] ?? 0);
  return Math.abs(turn) % 180 === 90 ? { width: height, height: width } : { width, height };
}

/** Pictures a second; 0 where nobody tells. */
export function frameRate({ avg_frame_rate: fraction = '0/0' }: ProbedStream): number {
  const [over, under] = fraction.split('/').map(Number);
  return under > 0 ? over / under : 0;
}

/** Rows from which on players take a video that does not tell its matrix for one of BT.709, not BT.601. */
const HD = 720;

/** The matrix to decode its colours by where FFmpeg's own guess, BT.601, is not that of players; null elsewhere. */
export const guessedMatrix = ({ color_space: told = 'unknown', height = 0 }: ProbedStream): string | null =>
  told === 'unknown' && height >= HD ? 'bt709' : null;

/** Whether a WebM has alpha, which its header alone tells. */
export const saysAlpha = ({ tags }: ProbedStream): boolean =>
  tags?.['alpha_mode'] === '1' || tags?.['ALPHA_MODE'] === '1';
