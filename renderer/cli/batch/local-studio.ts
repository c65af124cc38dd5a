import type { SessionOptions } from '../../../models/runtime/index.ts';
import { createEngine } from '../../core/engine/engine.ts';
import { keepGamut } from '../../core/engine/keep-gamut.ts';
import { paintPortrait } from '../../core/engine/paint-portrait.ts';
import { resolveSettings } from '../../core/engine/settings.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { checkOutputSize } from '../../core/pictures/encode-picture.ts';
import { DEFAULT_MAX_PIXELS, decodeSource, type ReadOptions } from '../../core/pictures/read-picture.ts';
import { sha256 } from '../../provenance/origin.ts';
import type { FileSeal, Seal } from '../../provenance/seal.ts';
import { paintAnimation } from './paint-animation.ts';
import type { Recipe, Studio } from './studio.ts';

export interface LocalOptions extends ReadOptions {
  readonly device: NonNullable<SessionOptions['device']>;
  readonly seal: Seal;
  /** Of animations. */
  readonly sealFile: FileSeal;
}

/**
 * This machine, one portrait after another.
 * @param path of a picture or a style file
 * @throws whatever is wrong with the style, the weights or the device
 */
export async function openLocalStudio(
  path: string,
  recipe: Recipe,
  { device, maxPixels = DEFAULT_MAX_PIXELS, seal, sealFile }: LocalOptions,
): Promise<Studio> {
  const bytes = await readFileBytes(path);
  const engine = createEngine({ device });
  const style = await engine.style(path, async () => bytes);
  const networks = await engine.networks();
  const choose = () => (recipe.weights === undefined ? style.enlarger() : engine.enlarger(recipe.weights));
  const enlarger = recipe.mode === 'full' ? await choose() : null;
  const settings = resolveSettings(recipe.settings, style.file);
  await style.prepared.ofFace(settings.referenceFace);
  const { scale, format, gamut } = recipe;
  return {
    style: sha256(bytes),
    atOnce: 1,
    async paint(portrait, { signal, onProgress }) {
      if (portrait.animation) {
        const painter = { style: style.prepared, networks, settings };
        return paintAnimation(portrait, painter, { signal, onProgress, maxPixels, seal, sealFile });
      }
      const original = await decodeSource(portrait.bytes, portrait.path, { maxPixels, gamut });
      const source = original.picture;
      checkOutputSize({ width: source.width * scale, height: source.height * scale }, format);
      const painter = { style: style.prepared, networks, enlarger };
      const result = await paintPortrait(source, painter, { ...settings, scale, signal, onProgress });
      const kept = keepGamut(result, original, settings);
      const { width, height } = kept.picture;
      const file = await seal(kept.picture, format, portrait.bytes, kept.gamut);
      return { bytes: file, width, height, device: networks.device, warnings: result.warnings };
    },
    close: async () => {
      await Promise.all([networks.release(), enlarger?.upscaler.session.release()]);
    },
  };
}
