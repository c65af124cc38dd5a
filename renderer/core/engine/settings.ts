import type { Style } from '../../../models/style-file/index.ts';
import type { StylizeOptions } from '../../../models/stylize/settings.ts';
import {
  type ChosenSettings,
  DEFAULT_SETTINGS,
  type Settings,
} from '../../../protocol/renderer-api/index.ts';

/** What a client may choose is what the method can do: a control that one side lacks does not compile. */
type Controls = Required<Omit<StylizeOptions, 'signal' | 'onProgress' | 'inspect' | 'parameters'>>;
type Same<A, B> = [A, B] extends [B, A] ? true : never;
true satisfies Same<Settings, { -readonly [Key in keyof Controls]: Controls[Key] }>;

/** What was chosen, else what the style brings, else the defaults. */
export const resolveSettings = (chosen: ChosenSettings, style: Style | null): Settings => ({
  ...DEFAULT_SETTINGS,
  ...style?.manifest.settings,
  ...chosen,
});
