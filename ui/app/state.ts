/** Everything the window shows. It changes in ./reduce.ts only. */
import type { Picture } from '../../models/image/picture.ts';
import type { DeviceName } from '../../models/runtime/index.ts';
import type { ChosenFace } from '../../models/style-file/style-of-face.ts';
import type { Corrections } from '../../models/stylize/handles.ts';
import { DEFAULT_SETTINGS, type Look, type RecentStyle, type Settings } from '../../protocol/plugin-data.ts';
import type { Command, Selection } from '../../protocol/plugin-messages.ts';
import type { Portrait } from '../../protocol/portrait.ts';
import type { CorrectableFace } from '../preview/correctable-face.ts';
import type { Preview } from '../preview/previewer.ts';
import type { Sitters } from '../preview/sitters.ts';

/** Each command of the menu has its screen. */
export type Screen = Command;

/** What previews run on; null while nothing is known, `none` when nothing can run them. */
export type Tier = DeviceName | 'renderer' | 'none' | null;

/** What is wrong, for the user, and the stable code where there is one. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
  /** What can be done about it at once: keep the texture of a reference without a face. */
  readonly offer?: 'texture';
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
  /** `skipped` shows no face, among others that do. */
  readonly state: 'waiting' | 'running' | 'done' | 'skipped' | 'failed' | 'cancelled';
  /** 0..1 */
  readonly share: number;
  readonly place: 'here' | 'renderer';
  /** Jobs before it on the renderer. */
  readonly queued: number | null;
  readonly problem: Problem | null;
  readonly nodeId: string | null;
  /** What is worth knowing about the result. */
  readonly note: string | null;
}

export interface Adaptation {
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly name: string;
  readonly share: number;
  readonly stage: string | null;
  /** Measures before and after on what was held out. */
  readonly heldOut: Readonly<Record<string, number>> | null;
  /** A detail of the reference, enlarged without what was learnt and with it. */
  readonly detail: { readonly before: Picture; readonly after: Picture } | null;
  readonly problem: Problem | null;
  readonly styleId: string | null;
}

/** A style whose face is being corrected by hand. */
export interface Correcting {
  readonly styleId: string;
  readonly now: CorrectedFace;
  /** What it was before each change, the last at the end. */
  readonly earlier: readonly CorrectedFace[];
}

export interface CorrectedFace {
  readonly face: CorrectableFace;
  /** Which face of the reference that is, as it was chosen: counted from the left, 0 the largest. */
  readonly referenceFace: number;
  readonly corrections: Corrections;
}

/** A video file on its way to a new layer. */
export interface VideoWork {
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  /** Of the file. */
  readonly name: string;
  /** 0..1 */
  readonly share: number;
  readonly problem: Problem | null;
  readonly nodeId: string | null;
  /** What is worth knowing about the result. */
  readonly note: string | null;
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
  /** That come with the plugin. */
  readonly starters: readonly RecentStyle[];
  /** Previews of starters on the portrait that is shown, by the id of the style; empty until there are some. */
  readonly sketches: Readonly<Record<string, Picture>>;
  readonly styleId: string | null;
  /** Of the last preview, which outlives it while the style does. */
  readonly sitters: { readonly styleId: string | null; readonly of: Sitters | null } | null;
  readonly correcting: Correcting | null;
  /** A style is being read; it will be the chosen one. */
  readonly isAdding: boolean;
  readonly tier: Tier;
  readonly preview: PreviewState;
  readonly renderer: RendererState;
  readonly items: readonly Item[];
  /** Milliseconds a pixel of a result took last in this window; null before the first. */
  readonly msPerPixel: number | null;
  readonly adaptation: Adaptation | null;
  readonly video: VideoWork | null;
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
  starters: [],
  sketches: {},
  styleId: null,
  sitters: null,
  correcting: null,
  isAdding: false,
  tier: null,
  preview: NO_PREVIEW,
  renderer: { kind: 'none' },
  items: [],
  msPerPixel: null,
  adaptation: null,
  video: null,
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

export const chosenStyle = ({ styles, starters, styleId }: State): RecentStyle | undefined =>
  [...styles, ...starters].find(({ id }) => id === styleId);

/** The face that is being corrected, as a style keeps it. */
export const chosenFace = ({ referenceFace, face, corrections }: CorrectedFace): ChosenFace => ({
  number: referenceFace,
  landmarks: face.landmarks,
  corrections,
});

/** Whether the handles are elsewhere than the style has them. */
export const isMoved = ({ face, corrections }: CorrectedFace): boolean =>
  JSON.stringify(corrections) !== JSON.stringify(face.corrections);

/** The faces that the chosen style's reference shows, once a preview has told, and the number of the chosen one. */
export function sittersOf({ sitters, styleId, settings }: State) {
  if (!sitters?.of || sitters.styleId !== styleId) return null;
  const { faces, wished, used } = sitters.of;
  const { referenceFace } = settings.look;
  // It shows at once, not when the preview has followed.
  return { faces, chosen: referenceFace === wished ? used : referenceFace };
}

export const isEnded = ({ state }: Pick<Item, 'state'>): boolean =>
  state !== 'waiting' && state !== 'running';
