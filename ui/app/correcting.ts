/** The face of a style's reference, corrected by hand. */
import type { Corrections } from '../../models/stylize/handles.ts';
import { correctedStyle, withoutNetwork } from '../pictures/read-style-file.ts';
import { type Context, keepStyle } from './context.ts';
import { problemOf } from './problem-of.ts';
import { readStyle } from './read-style.ts';
import { isStarter } from './starter-id.ts';
import { type CorrectedFace, chosenFace } from './state.ts';
import { readWholeStyle } from './whole-style.ts';

export interface CorrectingActions {
  /** Shows the chosen face of a style's reference with handles. */
  start(styleId: string): Promise<void>;
  change(corrections: Corrections): void;
  /** Shows another face of the reference, with what was changed of it before. @param number from the left */
  choose(number: number): Promise<void>;
  /** Takes the last change, or choice of a face, back. */
  undo(): void;
  /** Keeps the style as it was corrected in place of the one before; a starter stays beside it. */
  keep(): Promise<void>;
  cancel(): void;
}

export function createCorrecting(context: Context): CorrectingActions {
  const { store, plugin } = context;
  /** The face that was chosen last: with the arrow keys others may follow before it is there. */
  let wished = 0;

  const working = async (work: () => Promise<void>): Promise<void> => {
    store.dispatch({ type: 'notice', problem: null });
    store.dispatch({ type: 'adding', isAdding: true });
    try {
      await work();
    } catch (error) {
      store.dispatch({ type: 'notice', problem: problemOf(error) });
    } finally {
      store.dispatch({ type: 'adding', isAdding: false });
    }
  };

  const faceOf = async (styleId: string, referenceFace: number): Promise<CorrectedFace> => {
    const face = await context.engine.styleFace(await readStyle(context, styleId), referenceFace);
    return { face, referenceFace, corrections: face.corrections };
  };

  return {
    start: (styleId) =>
      working(async () => {
        const { referenceFace } = store.state.settings.look;
        const now = await faceOf(styleId, referenceFace);
        store.dispatch({ type: 'correct-face', correcting: { styleId, now, earlier: [] } });
      }),
    change: (corrections) => store.dispatch({ type: 'correct', change: { corrections } }),
    choose: (number) =>
      working(async () => {
        const { correcting } = store.state;
        wished = number;
        if (!correcting || correcting.now.face.number === number) return;
        const { styleId, earlier } = correcting;
        const before = earlier.findLast(({ face }) => face.number === number);
        const change = before ?? (await faceOf(styleId, number));
        const isWanted = wished === number && store.state.correcting?.styleId === styleId;
        if (isWanted) store.dispatch({ type: 'correct', change });
      }),
    undo: () => store.dispatch({ type: 'undo-correction' }),
    keep: () =>
      working(async () => {
        const { correcting, styles, starters } = store.state;
        const style = [...styles, ...starters].find(({ id }) => id === correcting?.styleId);
        if (!correcting || !style) return;
        const file = await readWholeStyle(context, style);
        const corrected = await correctedStyle({ style, file }, chosenFace(correcting.now));
        context.wholeStyles.set(corrected.style.id, corrected.file);
        await keepStyle(context, { ...corrected, file: withoutNetwork(corrected.file) });
        if (isStarter(style.id) || store.state.styleId === style.id) return;
        const left = await plugin.call('remove-style', { id: style.id });
        store.dispatch({ type: 'styles', styles: left.styles });
      }),
    cancel: () => store.dispatch({ type: 'correct-face', correcting: null }),
  };
}
