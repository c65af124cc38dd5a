import type { Picture } from '../../../models/image/picture.ts';

/** A picture of a sequence and how long it is shown. */
export interface TimedPicture {
  readonly picture: Picture;
  /** Seconds from the beginning of the sequence. */
  readonly at: number;
  /** Seconds; null where the next picture's time tells it. */
  readonly lasts: number | null;
}

/** What is written; png and jpeg are folders of pictures. */
export type SequenceFormat = 'gif' | 'webp' | 'png' | 'jpeg' | 'mp4' | 'webm' | 'mov';

export interface SequenceSound {
  /** How it is compressed, by FFmpeg's name. */
  readonly codec: string;
  /** Seconds of it before the first picture. */
  readonly before: number;
}

/** Moving pictures in a file or a folder, opened and found to be within the limits. */
export interface Sequence {
  readonly kind: 'animation' | 'series' | 'video';
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Pictures, as far as the header tells; null where it does not. */
  readonly count: number | null;
  /** How long it is, as far as the header tells; null where it does not. */
  readonly seconds: number | null;
  readonly sound: SequenceSound | null;
  /** How often it is shown, 0: endless; only animations tell. */
  readonly plays: number;
  /** From the first on; memory does not depend on how many there are. */
  pictures(signal?: AbortSignal): AsyncGenerator<TimedPicture>;
}

export interface SequenceLimits {
  /** Most pixels a picture. */
  readonly maxPixels: number;
  /** Most pictures and seconds that are read. */
  readonly maxFrames: number;
  readonly maxSeconds: number;
}

/** Of GIFs and animated WebPs from anybody: all pictures together have at most `pixels`, since decoders begin at the first again and again. */
export const ANIMATION_LIMITS = {
  maxFrames: 1000,
  maxSeconds: 600,
  maxPixels: 2 ** 22,
  pixels: 2 ** 28,
} as const;

/** Of videos from anybody; painted pictures lie on the disk until all is done, so `pixels` counts all of them. */
export const VIDEO_LIMITS = {
  maxFrames: 10_000,
  maxSeconds: 600,
  maxPixels: 2 ** 22,
  pixels: 2 ** 32,
} as const;

export const DEFAULT_LIMITS = { maxFrames: 10_000, maxSeconds: 600 } as const;

/** Which part is read, and how many pictures of it. */
export interface SequencePart {
  /** Seconds. */
  readonly from?: number;
  readonly to?: number;
  /** At most so many pictures a second. */
  readonly fps?: number;
}
