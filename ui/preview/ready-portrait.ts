import type { PortraitAnalysis } from '../../models/stylize/portrait-analysis.ts';
import { type Proportioned, proportioned } from '../../models/stylize/proportioned.ts';
import type { PreparedStyle } from '../../models/stylize/reference.ts';
import type { Look } from '../../protocol/plugin-data.ts';

/** The portrait with other proportions, kept while portrait, style and what is asked stay the same. */
export class KeptProportions {
  #kept: { readonly key: readonly unknown[]; readonly made: Proportioned } | undefined;

  of(
    analysis: PortraitAnalysis,
    style: PreparedStyle,
    { proportions, exaggerate }: Pick<Look, 'proportions' | 'exaggerate'>,
  ): Proportioned {
    const key = [analysis, style, proportions, exaggerate];
    if (this.#kept?.key.every((value, i) => value === key[i])) return this.#kept.made;
    const made = proportioned(analysis, style, { proportions, exaggerate });
    this.#kept = { key, made };
    return made;
  }
}
