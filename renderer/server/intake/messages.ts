/** What passes between the service and the processes that open what was sent to it. */
import type { KnownFailure } from '../../core/errors.ts';

/** Of the folders in which videos lie while they are looked into. */
export const INTAKE = 'intake';

export type ToInspect =
  /** A picture, an animation, a video, or a frame. */
  | { readonly type: 'picture'; readonly bytes: Uint8Array; readonly maxPixels: number }
  /** A style file. */
  | { readonly type: 'style'; readonly bytes: Uint8Array }
  /** A picture that is to be shown small. */
  | { readonly type: 'thumbnail'; readonly bytes: Uint8Array };

export interface KeptPicture {
  readonly kind: 'picture' | 'animation' | 'frame';
  /** SHA-256 of the pictures that a frame embeds. */
  readonly contains: readonly string[];
  /** What is kept of it: pixels without metadata, an animation's or a video's as they are compressed; a frame as it is. */
  readonly kept: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface Thumbnail {
  /** A PNG. */
  readonly thumbnail: Uint8Array;
}

export interface InspectedStyle extends Thumbnail {
  readonly name: string;
}

interface Answers {
  picture: KeptPicture;
  style: InspectedStyle;
  thumbnail: Thumbnail;
}

export type Inspected<Type extends ToInspect['type']> = Answers[Type];

export type FromInspection = { readonly result: Answers[keyof Answers] } | { readonly error: KnownFailure };
