/** Videos, by FFmpeg. */
import type { Readable } from 'node:stream';
import { LimnerError } from '../../../models/errors.ts';
import { bleedColours } from '../../../models/image/bleed.ts';
import { ending, filePath, lastWords, run, start } from './ffmpeg.ts';
import type { Sequence, SequencePart, TimedPicture } from './sequence.ts';

/** Files of these kinds only, from disk only: a playlist could name other files and addresses. */
const SAFE = [
  '-protocol_whitelist',
  'file,pipe',
  '-format_whitelist',
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,ogg,mpeg,mpegts,flv,asf,nut,gif,apng,image2',
];
/** Transfer functions of HDR, which need a tone curve that Limner does not have for videos. */
const HDR = ['smpte2084', 'arib-std-b67'];
/** A file that gives fewer than this share of the pictures it promises was cut off. */
const COMPLETE = 0.9;

interface ProbedStream {
  readonly codec_type?: string;
  readonly codec_name?: string;
  readonly width?: number;
  readonly height?: number;
  readonly color_transfer?: string;
  readonly avg_frame_rate?: string;
  readonly nb_frames?: string;
  readonly duration?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly disposition?: Readonly<Record<string, number>>;
  readonly side_data_list?: readonly { readonly rotation?: number }[];
}

/**
 * @throws FFMPEG_MISSING, CORRUPT_PICTURE, NO_FRAMES, UNSUPPORTED_VIDEO, TOO_MANY_PIXELS
 */
export async function openVideo(path: string, maxPixels: number, part: SequencePart): Promise<Sequence> {
  const { streams, seconds } = await probe(path);
  const video = streams.find(
    ({ codec_type: type, disposition }) => type === 'video' && !disposition?.['attached_pic'],
  );
  if (!video) throw new LimnerError('NO_FRAMES', `${path} shows no moving pictures.`);
  if (HDR.includes(video.color_transfer ?? ''))
    throw new LimnerError('UNSUPPORTED_VIDEO', `${path} is a video in HDR (${video.color_transfer}).`);
  const { width, height } = uprightSize(video, path);
  if (width * height > maxPixels)
    throw new LimnerError(
      'TOO_MANY_PIXELS',
      `${path} has ${width}×${height} px; the limit is ${maxPixels} pixels.`,
    );
  const promised = Number(video.nb_frames ?? video.tags?.['NUMBER_OF_FRAMES']) || null;
  return {
    ...{ kind: 'video', name: path, width, height },
    count: promised ?? (Math.round(seconds * rateOf(video.avg_frame_rate)) || null),
    sound: streams.find(({ codec_type: type }) => type === 'audio')?.codec_name ?? null,
    pictures: (signal) => decode(path, { width, height, video, promised, part }, signal),
  };
}

async function probe(path: string): Promise<{ streams: readonly ProbedStream[]; seconds: number }> {
  const args = ['-v', 'error', ...SAFE, '-show_streams', '-show_format', '-of', 'json', filePath(path)];
  const { code, output, words } = await run('ffprobe', args);
  if (code !== 0)
    throw new LimnerError(
      'CORRUPT_PICTURE',
      `${path} is no video that can be read, or is damaged (${lastWords(words).replace(`${filePath(path)}: `, '')}).`,
    );
  const found = JSON.parse(output) as {
    streams?: readonly ProbedStream[];
    format?: { readonly duration?: string };
  };
  return { streams: found.streams ?? [], seconds: Number(found.format?.duration ?? 0) || 0 };
}

/** FFmpeg turns pictures upright as it decodes them. */
function uprightSize({ width = 0, height = 0, side_data_list: data, tags }: ProbedStream, path: string) {
  if (width < 16 || height < 16)
    throw new LimnerError('PICTURE_TOO_SMALL', `${path} has only ${width}×${height} px.`);
  const turn =
    data?.find(({ rotation }) => rotation !== undefined)?.rotation ?? Number(tags?.['rotate'] ?? 0);
  return Math.abs(turn) % 180 === 90 ? { width: height, height: width } : { width, height };
}

/** Pictures a second from a fraction; 0 where there is none. */
function rateOf(fraction = '0/0'): number {
  const [over, under] = fraction.split('/').map(Number);
  return under > 0 ? over / under : 0;
}

interface Decoding {
  readonly width: number;
  readonly height: number;
  readonly video: ProbedStream;
  readonly promised: number | null;
  readonly part: SequencePart;
}

async function* decode(
  path: string,
  { width, height, video, promised, part }: Decoding,
  signal?: AbortSignal,
): AsyncGenerator<TimedPicture> {
  // FFmpeg's own VP9 decoder drops alpha.
  const hasAlpha = video.tags?.['alpha_mode'] === '1' || video.tags?.['ALPHA_MODE'] === '1';
  const decoder = hasAlpha ? ['-c:v', video.codec_name === 'vp8' ? 'libvpx' : 'libvpx-vp9'] : [];
  const args = [
    ...['-hide_banner', '-nostats', '-v', 'info', ...SAFE, ...decoder, '-i', filePath(path), '-map', '0:v:0'],
    ...[
      '-vf',
      'showinfo=checksum=0',
      '-fps_mode',
      'passthrough',
      '-pix_fmt',
      'rgba',
      '-f',
      'rawvideo',
      'pipe:1',
    ],
  ];
  const child = start('ffmpeg', args, signal);
  child.stdin?.end();
  const ended = ending(child, 'ffmpeg', signal);
  ended.catch(() => undefined);
  const times = new Times(child.stderr as Readable, ended);
  const rate = rateOf(video.avg_frame_rate) || 25;
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  let first = 0;
  try {
    for await (const data of cut(child.stdout as Readable, width * height * 4)) {
      const told = await times.next();
      // Times never stand still, whatever a file says.
      const time =
        told !== null && told > last ? told : last > Number.NEGATIVE_INFINITY ? last + 1 / rate : 0;
      if (count === 0) first = time;
      last = time;
      yield { picture: bleedColours({ width, height, data }), at: time - first, lasts: null };
      count++;
    }
    const { code, words } = await ended;
    if (count === 0) throw new LimnerError('NO_FRAMES', `${path} shows no picture (${lastWords(words)}).`);
    const isWhole = part.to === undefined && promised !== null;
    if (code !== 0 || (isWhole && count < COMPLETE * (promised as number)))
      throw new LimnerError(
        'TRUNCATED_PICTURE',
        `${path} ends after ${count} pictures${promised ? ` of ${promised}` : ''}.`,
      );
  } finally {
    child.kill('SIGKILL');
  }
}

/** Pieces of exactly so many bytes. */
async function* cut(stream: Readable, size: number): AsyncGenerator<Uint8ClampedArray> {
  let piece = new Uint8ClampedArray(size);
  let filled = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length; ) {
      const take = Math.min(size - filled, chunk.length - at);
      piece.set(chunk.subarray(at, at + take), filled);
      filled += take;
      at += take;
      if (filled < size) continue;
      yield piece;
      piece = new Uint8ClampedArray(size);
      filled = 0;
    }
  }
}

/** The times that FFmpeg's filter `showinfo` says, one a picture. */
class Times {
  readonly #times: number[] = [];
  readonly #ended: Promise<unknown>;
  #rest = '';
  #wake: () => void = () => undefined;

  constructor(stream: Readable, ended: Promise<unknown>) {
    this.#ended = ended.catch(() => undefined);
    stream.on('data', (chunk: Buffer) => {
      const lines = (this.#rest + chunk.toString('latin1')).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        const [before, after] = line.split('pts_time:');
        const isPicture = after !== undefined && before.includes('showinfo') && before.includes(' n:');
        if (isPicture) this.#times.push(Number(after.split(' ')[0]));
      }
      this.#wake();
    });
  }

  /** Seconds; null where FFmpeg does not know it. */
  async next(): Promise<number | null> {
    if (this.#times.length === 0) {
      const told = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([told, this.#ended]);
    }
    const time = this.#times.shift();
    return time !== undefined && Number.isFinite(time) ? time : null;
  }
}
