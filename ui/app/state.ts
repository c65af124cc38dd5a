/** Everything the window shows. It changes in ./reduce.ts only. */
import type { DeviceName } from '../../models/runtime/index.ts';
import { DEFAULT_SETTINGS, type Look, type RecentStyle, type Settings } from '../../protocol/plugin-data.ts';
import type { Command, Selection } from '../../protocol/plugin-messages.ts';
import type { Portrait } from '../../protocol/portrait.ts';
import type { Preview } from '../preview/previewer.ts';

/** Each command of the menu has its screen. */
export type Screen = Command;

/** What previews run on; null while nothing is known, `none` when nothing can run them. */
export type Tier = DeviceName | 'renderer' | 'none' | null;

/** What is wrong, for the user, and the stable code where there is one. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

export interface PreviewState {
  /** The newest result that is still about the chosen portrait and style. */
  readonly shown: Preview | null;
  readonly isWorking: boolean;
  /** Share of runtime and networks that is loaded, 0..1; null when nothing is being loaded. */
  readonly loading: number | null;
  readonly problem: Problem | null;
}

export type RendererState =
  | { readonly kind: 'none' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'online'; readonly version: string; readonly devices: readonly string[] }
  | { readonly kind: 'offline' | 'refused'; readonly problem: Problem };

/** One portrait on its way to a new layer. */
export interface Item {
  readonly id: string;
  readonly kind: 'render' | 'upscale';
  readonly portrait: Portrait;
  readonly styleId: string | null;
  readonly styleName: string;
  readonly look: Look;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** 0..1 */
  readonly share: number;
  readonly place: 'here' | 'renderer';
  /** Jobs before it on the renderer. */
  readonly queued: number | null;
  readonly problem: Problem | null;
  readonly nodeId: string | null;
}

export interface Adaptation {
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly name: string;
  readonly share: number;
  readonly stage: string | null;
  /** Measures before and after on what was held out. */
  readonly heldOut: Readonly<Record<string, number>> | null;
  readonly problem: Problem | null;
  readonly styleId: string | null;
}

export interface State {
  /** False until the plugin has answered. */
  readonly isStarted: boolean;
  readonly screen: Screen;
  readonly selection: Selection;
  /** Index in the selection's portraits of the one that is previewed. */
  readonly shownIndex: number;
  readonly settings: Settings;
  readonly styles: readonly RecentStyle[];
  readonly styleId: string | null;
  readonly tier: Tier;
  readonly preview: PreviewState;
  readonly renderer: RendererState;
  readonly items: readonly Item[];
  readonly adaptation: Adaptation | null;
  /** Something that went wrong outside previews and items. */
  readonly notice: Problem | null;
}

export const NO_PREVIEW: PreviewState = { shown: null, isWorking: false, loading: null, problem: null };

export const INITIAL_STATE: State = {
  isStarted: false,
  screen: 'stylize',
  selection: { layers: 0, portraits: [], originals: [], skipped: [] },
  shownIndex: 0,
  settings: DEFAULT_SETTINGS,
  styles: [],
  styleId: null,
  tier: null,
  preview: NO_PREVIEW,
  renderer: { kind: 'none' },
  items: [],
  adaptation: null,
  notice: null,
};

/** What the screen works on: results are restyled from their originals, and enlarged or learned from as they are. */
export const portraitsOf = ({
  selection,
  screen,
}: Pick<State, 'selection' | 'screen'>): readonly Portrait[] =>
  screen === 'stylize' ? selection.originals : selection.portraits;

export const shownPortrait = (state: State): Portrait | undefined =>
  portraitsOf(state)[state.shownIndex] ?? portraitsOf(state)[0];

export const chosenStyle = ({ styles, styleId }: State): RecentStyle | undefined =>
  styles.find(({ id }) => id === styleId);

export const isEnded = ({ state }: Pick<Item, 'state'>): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled';
