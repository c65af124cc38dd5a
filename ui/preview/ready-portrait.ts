import type { Picture } from '../../models/image/picture.ts';
import { turnPicture } from '../../models/image/turn.ts';
import { type PortraitAnalysis, scaleAnalysis } from '../../models/stylize/portrait-analysis.ts';
import { proportioned } from '../../models/stylize/proportioned.ts';
import type { PreparedStyle } from '../../models/stylize/reference.ts';
import { enlargementOf } from '../../models/stylize/small-portraits.ts';
import type { Look } from '../../protocol/plugin-data.ts';

/** A portrait as it was studied for previews: the part around its largest face. */
export interface StudiedPortrait {
  readonly analysis: PortraitAnalysis;
  /** Pixels of all of it, shrunk to a preview: what shows a small part of it is no small portrait. */
  readonly whole: Pick<Picture, 'width' | 'height'>;
}

/** What is painted of a portrait in a style. */
export interface ReadyPortrait {
  /** With its new proportions, and `factor` times as large as the portrait. */
  readonly analysis: PortraitAnalysis;
  /** Whole; more than 1 for small portraits. */
  readonly factor: number;
  /** As it was given. */
  readonly portrait: Picture;
  readonly warnings: readonly string[];
}

/** The one that was made last, kept while portrait, style and what is asked stay the same. */
export class KeptPortrait {
  #kept: { readonly key: readonly unknown[]; readonly made: ReadyPortrait } | undefined;

  of(
    { analysis, whole }: StudiedPortrait,
    style: PreparedStyle,
    { proportions, exaggerate }: Pick<Look, 'proportions' | 'exaggerate'>,
  ): ReadyPortrait {
    const key = [analysis, style, proportions, exaggerate];
    if (this.#kept?.key.every((value, i) => value === key[i])) return this.#kept.made;
    const changed = proportioned(analysis, style, { proportions, exaggerate });
    const factor = enlargementOf({ portrait: whole, faces: changed.analysis.faces });
    const made = {
      analysis: scaleAnalysis(changed.analysis, factor),
      factor,
      portrait: turnPicture(analysis.portrait, -analysis.quarters),
      warnings: changed.warnings,
    };
    this.#kept = { key, made };
    return made;
  }
}
