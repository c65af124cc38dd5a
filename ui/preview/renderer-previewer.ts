/** Previews from a paired renderer, where this window can run no network: the portrait goes there small. */

import type { Picture, Rect } from '../../models/image/picture.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import type { RendererClient } from '../../protocol/renderer-api/client/index.ts';
import { jobError } from '../../protocol/renderer-api/errors.ts';
import { decodePicture } from '../pictures/decode-picture.ts';
import { encodePicture } from '../pictures/encode-picture.ts';
import { PREVIEW } from '../pictures/preview-size.ts';
import { rendererStyle } from '../renderer/renderer-style.ts';
import { openStyle } from './open-style.ts';
import type { Preview, Previewer, PreviewRequest } from './previewer.ts';
import { facePictures, sittersOf } from './sitters.ts';

export class RendererPreviewer implements Previewer {
  readonly #renderer: RendererClient;
  #current = new AbortController();

  constructor(renderer: RendererClient) {
    this.#renderer = renderer;
  }

  forget(): void {
    this.#current.abort();
    this.#current = new AbortController();
  }

  /** A newer request cancels the job of the one before. */
  async preview(request: PreviewRequest): Promise<Preview | null> {
    this.forget();
    const { signal } = this.#current;
    try {
      return await this.#render(request, signal);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  async #render({ portrait, style, look }: PreviewRequest, signal: AbortSignal): Promise<Preview> {
    const before = await decodePicture(await portrait.read(), portrait.turn, PREVIEW);
    const file = await encodePicture(before);
    const { scale, ...settings } = look;
    const id = `preview-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
    await this.#renderer.putJob(id, {
      kind: 'render',
      portrait: await this.#renderer.uploadPicture(file, { signal }),
      style: await rendererStyle(this.#renderer, style.key, await style.read(), signal),
      settings: { ...settings, quality: 'draft' },
    });
    try {
      const { state, error, result } = await this.#renderer.waitForJob(id, { signal });
      if (state !== 'succeeded') throw jobError(error, 'The renderer cancelled the preview.');
      const { bytes } = await this.#renderer.result(id, { signal });
      const { warnings, reference } = result?.type === 'picture' ? result : { warnings: [], reference: null };
      const after = await decodePicture(bytes as Bytes);
      const faces = await facesOf(style, reference?.boxes ?? []);
      const sitters = sittersOf(faces, look.referenceFace, reference?.number ?? 0);
      return { before, after, warnings, sitters };
    } finally {
      void this.#renderer.deleteJob(id).catch(() => undefined);
    }
  }
}

/** @param boxes px of the reference as the renderer read it: at its own size */
async function facesOf(style: PreviewRequest['style'], boxes: readonly Rect[]): Promise<Picture[]> {
  if (boxes.length < 2) return [];
  const { reference } = openStyle(await style.read());
  return facePictures(await decodePicture(reference), boxes);
}
