/** Paints the starters small on the portrait that is shown, one after another, while nothing else is to be painted. */
import type { Picture } from '../../models/image/picture.ts';
import type { Context } from './context.ts';
import { portraitKey } from './previewing.ts';
import { isEnded, type State, shownPortrait } from './state.ts';

export function sketchStarters(context: Context): void {
  const { store } = context;
  let key = '';
  let isBusy = false;
  store.subscribe(() => {
    const wanted = keyOf(store.state);
    if (wanted !== key) {
      key = wanted;
      if (Object.keys(store.state.sketches).length > 0) store.dispatch({ type: 'sketches', sketches: {} });
    }
    if (!isBusy && nextOf(store.state)) void work();
  });

  async function work(): Promise<void> {
    isBusy = true;
    for (let id = nextOf(store.state); id; id = nextOf(store.state)) {
      const about = key;
      const sketch = await sketchOf(context, id);
      if (!sketch) break;
      if (about === key)
        store.dispatch({ type: 'sketches', sketches: { ...store.state.sketches, [id]: sketch } });
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    isBusy = false;
  }
}

/** Milliseconds between sketches, in which whatever the user does comes first. */
const PAUSE = 120;

const keyOf = (state: State): string => {
  const portrait = shownPortrait(state);
  return portrait ? portraitKey(portrait) : '';
};

/** A starter to be painted now, if any: the portrait must have been studied for its own preview. */
function nextOf(state: State): string | undefined {
  const { preview, items, starters, sketches, screen } = state;
  const isIdle = preview.shown && !preview.isWorking && items.every(isEnded) && screen === 'stylize';
  return isIdle ? starters.find(({ id }) => !sketches[id])?.id : undefined;
}

/** Null where it cannot be painted: the tile then shows the reference itself. */
async function sketchOf({ engine, starters, store }: Context, id: string): Promise<Picture | null> {
  const portrait = shownPortrait(store.state);
  if (!portrait) return null;
  return engine.sketch(portraitKey(portrait), starters.read(id)).catch(() => null);
}
