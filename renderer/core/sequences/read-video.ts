/** Videos, by FFmpeg. */
import type { Readable } from 'node:stream';
import { LimnerError } from '../../../models/errors.ts';
import { bleedColours } from '../../../models/image/bleed.ts';
import { ending, filePath, lastWords, start } from './ffmpeg.ts';
import {
  COMPLETE,
  frameRate,
  guessedMatrix,
  type ProbedStream,
  probeVideo,
  SAFE,
  saysAlpha,
} from './probe-video.ts';
import type { Sequence, SequencePart, TimedPicture } from './sequence.ts';

/** Rows and columns (px) that coders may add to a picture to fill their blocks. */
const CODED = 128;

/** What FFmpeg says of a Matroska or WebM that is shorter than its header tells; it is no error to it. */
const CUT_OFF = /File ended prematurely/;

/**
 * @param name for messages
 * @throws FFMPEG_MISSING, CORRUPT_PICTURE, NO_FRAMES, UNSUPPORTED_VIDEO, TOO_MANY_PIXELS
 */
export async function openVideo(
  path: string,
  maxPixels: number,
  part: SequencePart,
  name = path,
): Promise<Sequence> {
  const { video, sound, seconds, before, width, height } = await probeVideo(path, name, maxPixels);
  const promised = Number(video.nb_frames ?? video.tags?.['NUMBER_OF_FRAMES']) || null;
  return {
    ...{ kind: 'video', name, width, height },
    count: promised ?? (Math.round(seconds * frameRate(video)) || null),
    sound: sound ? { codec: sound.codec_name ?? 'unknown', before } : null,
    plays: 0,
    seconds: seconds || null,
    pictures: (signal) => decode(path, { name, width, height, video, promised, part }, signal),
  };
}

interface Decoding {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly video: ProbedStream;
  readonly promised: number | null;
  readonly part: SequencePart;
}

async function* decode(
  path: string,
  { name, width, height, video, promised, part }: Decoding,
  signal?: AbortSignal,
): AsyncGenerator<TimedPicture> {
  // FFmpeg's own VP9 decoder drops alpha.
  const decoder = saysAlpha(video) ? ['-c:v', video.codec_name === 'vp8' ? 'libvpx' : 'libvpx-vp9'] : [];
  const largest = ['-max_pixels', String((width + CODED) * (height + CODED))];
  const matrix = guessedMatrix(video);
  const scale = `scale=${width}:${height}${matrix ? `:in_color_matrix=${matrix}` : ''}`;
  const args = [
    ...['-hide_banner', '-nostats', '-v', 'info', ...SAFE, ...decoder, ...largest, '-i', filePath(path)],
    // Later pictures may be of another size than the header tells.
    ...['-map', '0:V:0', '-vf', `${scale},showinfo=checksum=0`, '-fps_mode', 'passthrough'],
    ...['-pix_fmt', 'rgba', '-f', 'rawvideo', 'pipe:1'],
  ];
  const child = start('ffmpeg', args, signal);
  child.stdin?.end();
  const ended = ending(child, 'ffmpeg', signal);
  ended.catch(() => undefined);
  const times = new Times(child.stderr as Readable, ended);
  const rate = frameRate(video) || 25;
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
    if (count === 0) throw new LimnerError('NO_FRAMES', `${name} shows no picture (${lastWords(words)}).`);
    const isWhole = part.to === undefined && promised !== null;
    const isCut = part.to === undefined && CUT_OFF.test(words);
    if (code !== 0 || isCut || (isWhole && count < COMPLETE * (promised as number)))
      throw new LimnerError(
        'TRUNCATED_PICTURE',
        `${name} ends after ${count} pictures${promised ? ` of ${promised}` : ''}.`,
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
