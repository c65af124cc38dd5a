import type { SessionOptions } from '../../../models/runtime/index.ts';
import { createEngine } from '../../core/engine/engine.ts';
import { paintPortrait } from '../../core/engine/paint-portrait.ts';
import { resolveSettings } from '../../core/engine/settings.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { checkOutputSize } from '../../core/pictures/encode-picture.ts';
import { DEFAULT_MAX_PIXELS, decodePicture, type ReadOptions } from '../../core/pictures/read-picture.ts';
import { type Sha256, sha256 } from '../../provenance/origin.ts';
import type { Seal } from '../../provenance/seal.ts';
import { paintAnimation } from './paint-animation.ts';
import type { Recipe, Studio } from './studio.ts';

export interface LocalOptions extends ReadOptions {
  readonly device: NonNullable<SessionOptions['device']>;
  readonly seal: Seal;
  /** What animations say instead, given the SHA-256 of their source. */
  readonly xmp: (source: Sha256) => string | undefined;
}

/**
 * This machine, one portrait after another.
 * @param path of a picture or a style file
 * @throws whatever is wrong with the style, the weights or the device
 */
export async function openLocalStudio(
  path: string,
  recipe: Recipe,
  { device, maxPixels = DEFAULT_MAX_PIXELS, seal, xmp }: LocalOptions,
): Promise<Studio> {
  const bytes = await readFileBytes(path);
  const engine = createEngine({ device });
  const style = await engine.style(path, async () => bytes);
  const networks = await engine.networks();
  const choose = () => (recipe.weights === undefined ? style.enlarger() : engine.enlarger(recipe.weights));
  const enlarger = recipe.mode === 'full' ? await choose() : null;
  const settings = resolveSettings(recipe.settings, style.file);
  await style.prepared.ofFace(settings.referenceFace);
  const { scale, format } = recipe;
  return {
    style: sha256(bytes),
    atOnce: 1,
    async paint(portrait, { signal, onProgress }) {
      if (portrait.animation) {
        const painter = { style: style.prepared, networks, settings };
        return paintAnimation(portrait, painter, { signal, onProgress, maxPixels, seal, xmp });
      }
      const source = await decodePicture(portrait.bytes, portrait.path, { maxPixels });
      checkOutputSize({ width: source.width * scale, height: source.height * scale }, format);
      const painter = { style: style.prepared, networks, enlarger };
      const { picture, warnings } = await paintPortrait(source, painter, {
        ...settings,
        scale,
        signal,
        onProgress,
      });
      const { width, height } = picture;
      const file = await seal(picture, format, portrait.bytes);
      return { bytes: file, width, height, device: networks.device, warnings };
    },
    close: async () => {
      await Promise.all([networks.release(), enlarger?.upscaler.session.release()]);
    },
  };
}
