/** What paints the portraits of a batch: this machine (local-studio.ts) or a renderer (remote-studio.ts). */
import type { ChosenSettings } from '../../../protocol/renderer-api/index.ts';
import type { OutputFormat } from '../../core/pictures/encode-picture.ts';
import type { AnimationFormat } from '../../core/sequences/read-animation.ts';
import { type Sha256, sha256 } from '../../provenance/origin.ts';

/** All that decides how a result looks, beside the portrait and the style. */
export interface Recipe {
  readonly settings: ChosenSettings;
  readonly mode: 'instant' | 'full';
  /** Output size over portrait size. */
  readonly scale: 1 | 2 | 4;
  readonly format: OutputFormat;
  readonly weights?: string;
  /** Left out for sRGB. */
  readonly gamut?: 'source';
}

export interface Portrait {
  readonly path: string;
  /** Where the result will lie. */
  readonly output: string;
  /** Of an animation, which stays one; null for a still. */
  readonly animation: AnimationFormat | null;
  readonly bytes: Uint8Array;
  /** Of portrait, style and recipe together: the same key is the same result. */
  readonly key: Sha256;
}

export interface Painted {
  /** A whole file. */
  readonly bytes: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly device: string;
  readonly warnings: readonly string[];
}

export interface PaintOptions {
  readonly signal: AbortSignal;
  /** @param share of this portrait's work, 0..1 */
  readonly onProgress: (share: number) => void;
}

export interface Studio {
  /** Of what gives the style. */
  readonly style: Sha256;
  /** Portraits that are worked on at once. */
  readonly atOnce: number;
  /** @throws what the portrait or the work on it has wrong: LimnerError or RendererError */
  paint(portrait: Portrait, options: PaintOptions): Promise<Painted>;
  close(): Promise<void>;
}

export const keyOf = (portrait: Uint8Array, style: Sha256, recipe: Recipe): Sha256 =>
  sha256(JSON.stringify([sha256(portrait), style, recipe]));
