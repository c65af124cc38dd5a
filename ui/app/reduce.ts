import type { Look, PendingJob, RecentStyle, Settings } from '../../protocol/plugin-data.ts';
import type { Launch, Selection } from '../../protocol/plugin-messages.ts';
import type { Preview } from '../preview/previewer.ts';
import { isStarter } from './starter-id.ts';
import {
  type Adaptation,
  type CorrectedFace,
  type Correcting,
  chosenStyle,
  INITIAL_STATE,
  type Item,
  isEnded,
  NO_PREVIEW,
  type Problem,
  portraitsOf,
  type RendererState,
  type Screen,
  type State,
  shownPortrait,
  type Tier,
  type VideoWork,
} from './state.ts';

export interface Started {
  readonly launch: Launch;
  readonly selection: Selection;
  readonly settings: Settings;
  readonly styles: readonly RecentStyle[];
  readonly jobs: readonly PendingJob[];
}

export type Action =
  | { readonly type: 'started'; readonly started: Started }
  | { readonly type: 'screen'; readonly screen: Screen }
  | { readonly type: 'selection'; readonly selection: Selection }
  | { readonly type: 'show-portrait'; readonly index: number }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'look'; readonly look: Partial<Look> }
  | { readonly type: 'styles'; readonly styles: readonly RecentStyle[] }
  | { readonly type: 'starters'; readonly starters: readonly RecentStyle[] }
  | { readonly type: 'sketches'; readonly sketches: State['sketches'] }
  | { readonly type: 'adding'; readonly isAdding: boolean }
  | { readonly type: 'correct-face'; readonly correcting: State['correcting'] }
  | { readonly type: 'correct'; readonly change: Partial<CorrectedFace> }
  | { readonly type: 'undo-correction' }
  | { readonly type: 'choose-style'; readonly id: string | null }
  | { readonly type: 'tier'; readonly tier: Tier }
  | { readonly type: 'preview-loading'; readonly share: number }
  | { readonly type: 'preview-working' }
  | { readonly type: 'preview-shown'; readonly preview: Preview; readonly isWorking: boolean }
  | { readonly type: 'preview-failed'; readonly problem: Problem }
  | { readonly type: 'renderer'; readonly renderer: RendererState }
  | { readonly type: 'items-added'; readonly items: readonly Item[] }
  | { readonly type: 'item'; readonly id: string; readonly patch: Partial<Item> }
  | { readonly type: 'items-cleared' }
  | { readonly type: 'pace'; readonly msPerPixel: number }
  | { readonly type: 'adaptation'; readonly adaptation: Adaptation | null }
  | { readonly type: 'video'; readonly video: VideoWork | null }
  | { readonly type: 'notice'; readonly problem: Problem | null };

export function reduce(state: State = INITIAL_STATE, action: Action): State {
  switch (action.type) {
    case 'started':
      return start(state, action.started);
    case 'screen':
      return { ...state, screen: action.screen, correcting: null, notice: null };
    case 'selection':
      return select(state, action.selection);
    case 'show-portrait':
      return { ...state, shownIndex: action.index, preview: NO_PREVIEW };
    case 'settings':
      return { ...state, settings: action.settings };
    case 'look': {
      const look = { ...state.settings.look, ...action.look };
      return rememberSitter({ ...state, settings: { ...state.settings, look } });
    }
    case 'styles': {
      return {
        ...state,
        styles: action.styles,
        styleId: isKnown(state.styleId, action.styles) ? state.styleId : null,
      };
    }
    case 'starters': {
      const isThere = [...state.styles, ...action.starters].some(({ id }) => id === state.styleId);
      const styleId = isThere ? state.styleId : (action.starters[0]?.id ?? null);
      return { ...state, starters: action.starters, styleId };
    }
    case 'sketches':
      return { ...state, sketches: action.sketches };
    case 'adding':
      return { ...state, isAdding: action.isAdding };
    case 'correct-face':
      return { ...state, correcting: action.correcting };
    case 'correct':
      return { ...state, correcting: state.correcting && corrected(state.correcting, action.change) };
    case 'undo-correction':
      return { ...state, correcting: state.correcting && uncorrected(state.correcting) };
    case 'choose-style':
      return {
        ...state,
        correcting: null,
        settings: { ...bySitterOf(state, action.id), styleId: action.id },
        styleId: action.id,
        preview: { ...NO_PREVIEW, loading: state.preview.loading },
        notice: null,
      };
    case 'tier':
      return { ...state, tier: action.tier };
    case 'preview-loading':
      return { ...state, preview: { ...state.preview, loading: action.share < 1 ? action.share : null } };
    case 'preview-working':
      return { ...state, preview: { ...state.preview, isWorking: true, problem: null } };
    case 'preview-shown':
      return {
        ...state,
        sitters: state.correcting ? state.sitters : { styleId: state.styleId, of: action.preview.sitters },
        preview: { ...NO_PREVIEW, shown: action.preview, isWorking: action.isWorking },
      };
    case 'preview-failed':
      return { ...state, preview: { ...NO_PREVIEW, problem: action.problem } };
    case 'renderer':
      return { ...state, renderer: action.renderer };
    case 'items-added':
      return { ...state, items: [...state.items, ...action.items] };
    case 'item':
      return {
        ...state,
        items: state.items.map((item) => (item.id === action.id ? { ...item, ...action.patch } : item)),
      };
    case 'items-cleared':
      return { ...state, items: state.items.filter((item) => !isEnded(item)), notice: null };
    case 'pace':
      return { ...state, msPerPixel: action.msPerPixel };
    case 'adaptation':
      return { ...state, adaptation: action.adaptation };
    case 'video':
      return { ...state, video: action.video };
    case 'notice':
      return { ...state, notice: action.problem };
    default:
      action satisfies never;
      return state;
  }
}

const corrected = ({ styleId, now, earlier }: Correcting, change: Partial<CorrectedFace>): Correcting => ({
  styleId,
  now: { ...now, ...change },
  earlier: [...earlier, now],
});

const uncorrected = ({ styleId, now, earlier }: Correcting): Correcting => ({
  styleId,
  now: earlier.at(-1) ?? now,
  earlier: earlier.slice(0, -1),
});

/** Starters may come later. */
const isKnown = (id: string | null, styles: readonly RecentStyle[]): boolean =>
  id !== null && (isStarter(id) || styles.some((style) => style.id === id));

/** A number among the faces of one reference means nothing in another: each style has its own. */
function bySitterOf(state: State, styleId: string | null): Settings {
  const { settings } = state;
  const referenceFace = chosenStyle({ ...state, styleId })?.referenceFace ?? 0;
  return { ...settings, look: { ...settings.look, referenceFace } };
}

/** So that the chosen style has it when it is chosen again. */
function rememberSitter(state: State): State {
  const { referenceFace } = state.settings.look;
  const remember = (styles: readonly RecentStyle[]) =>
    styles.map((style) => (style.id === state.styleId ? { ...style, referenceFace } : style));
  return { ...state, styles: remember(state.styles), starters: remember(state.starters) };
}

function start(state: State, { launch, selection, settings, styles }: Started): State {
  const wished = [launch.styleId, settings.styleId].find((id) => isKnown(id, styles));
  const styleId = wished ?? styles[0]?.id ?? null;
  return {
    ...state,
    isStarted: true,
    screen: launch.command,
    selection,
    settings: styleId === settings.styleId ? settings : bySitterOf({ ...state, settings, styles }, styleId),
    styles,
    styleId,
  };
}

/** A portrait that is still selected stays in view, and its preview with it. */
function select(state: State, selection: Selection): State {
  const shown = shownPortrait(state);
  const index = portraitsOf({ ...state, selection }).findIndex(
    ({ nodeId, fill, imageHash }) =>
      nodeId === shown?.nodeId && fill === shown.fill && imageHash === shown.imageHash,
  );
  if (index >= 0) return { ...state, selection, shownIndex: index };
  const preview = { ...NO_PREVIEW, loading: state.preview.loading };
  return { ...state, selection, shownIndex: 0, preview, notice: null };
}
