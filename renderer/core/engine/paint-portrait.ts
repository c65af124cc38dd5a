import type { FaceNetworks } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { checkResult } from '../../../models/stylize/check-result.ts';
import {
  type FullOptions,
  type FullResult,
  type FullScale,
  renderFull,
} from '../../../models/stylize/render-full.ts';
import { type PreparedStyle, stylize } from '../../../models/stylize/stylize.ts';
import type { Enlarger } from './open-enlarger.ts';

/** What a portrait is painted with. */
export interface Painter {
  readonly style: PreparedStyle;
  readonly networks: FaceNetworks;
  /** Null for an instant render. */
  readonly enlarger: Enlarger | null;
}

/**
 * A portrait in the painter's style, instant or full, looked at before anybody gets it.
 * @throws NO_FACE, CANCELLED, BAD_OUTPUT, DEVICE_UNAVAILABLE
 */
export async function paintPortrait(
  portrait: Picture,
  { style, networks, enlarger }: Painter,
  options: FullOptions & { readonly scale: FullScale },
): Promise<FullResult> {
  const result = enlarger
    ? await renderFull(portrait, style, networks, enlarger.upscaler, options)
    : { ...(await stylize(portrait, style, networks, options)), enlarged: 1, referenceEnlarged: 1 };
  checkResult(result.picture, portrait.width * options.scale, portrait.height * options.scale);
  return result;
}
