/** Keeps the preview in step with what is chosen. */
import type { Look, RecentStyle } from '../../protocol/plugin-data.ts';
import type { Bytes, Portrait } from '../../protocol/portrait.ts';
import { isAnimated } from '../pictures/is-animated.ts';
import { correctedStyle } from '../pictures/read-style-file.ts';
import type { Preview, Previewer, PreviewRequest } from '../preview/previewer.ts';
import { RendererPreviewer } from '../preview/renderer-previewer.ts';
import { animationNote } from './animations.ts';
import { type Context, isOnline, rendererOf } from './context.ts';
import { problemOf } from './problem-of.ts';
import { readStyle } from './read-style.ts';
import { chosenFace, chosenStyle, isMoved, type State, shownPortrait } from './state.ts';

export const portraitKey = ({ nodeId, fill, imageHash, turn }: Portrait): string =>
  [nodeId, fill, imageHash, turn].join('/');

/** Portraits whose file is animated. */
const moving = new Set<string>();

/** Asks for a new preview whenever a change of the state calls for one. */
export function followState(context: Context): void {
  const { store } = context;
  let asked = '';
  let previewer: Previewer | undefined;
  store.subscribe(() => {
    const request = requestOf(context);
    const wanted = request ? signatureOf(request, store.state) : '';
    if (wanted === asked) return;
    asked = wanted;
    previewer?.forget();
    previewer = previewerFor(context);
    // After the change that led here is told to everybody.
    const isLatest = () => wanted === asked;
    if (request && previewer)
      queueMicrotask(() => askPreview(context, previewer as Previewer, request, isLatest));
  });
}

function requestOf(context: Context): PreviewRequest | null {
  const { store, plugin } = context;
  const [portrait, style] = [shownPortrait(store.state), chosenStyle(store.state)];
  if (store.state.screen !== 'stylize' || !portrait || !style) return null;
  return {
    portrait: {
      key: portraitKey(portrait),
      turn: portrait.turn,
      read: async () => {
        const { bytes } = await plugin.call('read-picture', { portrait });
        if (isAnimated(bytes)) moving.add(portraitKey(portrait));
        return bytes as Bytes;
      },
    },
    style: shownStyle(context, style),
    look: shownLook(store.state),
  };
}

/** The chosen style, as far as it is corrected. */
function shownStyle(context: Context, style: RecentStyle): PreviewRequest['style'] {
  const { correcting } = context.store.state;
  const read = () => readStyle(context, style.id);
  if (!correcting || !isMoved(correcting.now)) return { key: style.id, read };
  const { now } = correcting;
  return {
    key: `${style.id} ${now.referenceFace} ${JSON.stringify(now.corrections)}`,
    read: async () => (await correctedStyle({ style, file: await read() }, chosenFace(now))).file,
  };
}

/** By the face that is being corrected. */
function shownLook({ settings: { look }, correcting }: State): Look {
  return correcting ? { ...look, referenceFace: correcting.now.referenceFace } : look;
}

/** Equal for requests that give the same picture. */
function signatureOf({ portrait, style, look }: PreviewRequest, { tier, renderer }: State): string {
  const { scale, quality, ...seen } = look;
  const place = tier === 'none' ? renderer.kind : 'here';
  return JSON.stringify([portrait.key, style.key, seen, place]);
}

function previewerFor(context: Context): Previewer | undefined {
  const { tier, renderer } = context.store.state;
  if (tier !== 'none' && tier !== 'renderer') return context.engine;
  const client = renderer.kind === 'online' ? rendererOf(context) : null;
  return client ? new RendererPreviewer(client) : undefined;
}

/** @param isLatest whether no later request followed, whose preview is still to come */
async function askPreview(
  context: Context,
  previewer: Previewer,
  request: PreviewRequest,
  isLatest: () => boolean,
): Promise<void> {
  const { store } = context;
  store.dispatch({ type: 'preview-working' });
  try {
    const show = (preview: Preview, isWorking: boolean) => {
      const { portrait, style } = request;
      const wish = { turn: portrait.turn, styleId: style.key, isRemote: isOnline(context) };
      const notes = moving.has(portrait.key) ? [animationNote(wish)] : [];
      const warnings = [...notes, ...preview.warnings];
      store.dispatch({ type: 'preview-shown', preview: { ...preview, warnings }, isWorking });
    };
    const onCoarse = (preview: Preview) => show(preview, true);
    const preview = await previewer.preview({ ...request, onCoarse });
    if (preview) show(preview, !isLatest());
  } catch (error) {
    store.dispatch({ type: 'preview-failed', problem: problemOf(error) });
  }
}
