/** Whatever makes previews: the worker of this window (./client.ts), or a renderer (./renderer-previewer.ts). */
import type { Picture } from '../../models/image/picture.ts';
import type { Look } from '../../protocol/plugin-data.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import type { Turn } from '../pictures/decode-picture.ts';
import type { Sitters } from './sitters.ts';

export interface PreviewRequest {
  readonly portrait: { readonly key: string; readonly turn: Turn; read(): Promise<Bytes> };
  readonly style: { readonly key: string; read(): Promise<Bytes> };
  readonly look: Look;
  /** Called with a coarse preview while the real one is painted, where that takes long enough. */
  onCoarse?(preview: Preview): void;
}

export interface Preview {
  readonly before: Picture;
  readonly after: Picture;
  /** What is worth knowing about the style. */
  readonly warnings: readonly string[];
  /** Null where the reference shows one face or none, or that is not known. */
  readonly sitters: Sitters | null;
}

export interface Previewer {
  /**
   * @returns null when the result is not wanted any more
   * @throws an error whose `code` is one of the catalogue: NO_FACE, NO_FACE_IN_STYLE, CORRUPT_PICTURE …
   */
  preview(request: PreviewRequest): Promise<Preview | null>;
  /** Nothing is wanted any more. */
  forget(): void;
}
