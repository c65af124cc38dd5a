/** Everything a user can do, for the components to call. */
import type { Look } from '../../protocol/plugin-data.ts';
import type { Portrait } from '../../protocol/portrait.ts';
import { type Adapting, createAdapting } from './adapting.ts';
import type { Context } from './context.ts';
import { type CorrectingActions, createCorrecting } from './correcting.ts';
import { createItems, type Items } from './items.ts';
import { createPairing, type Pairing } from './pairing.ts';
import { problemOf } from './problem-of.ts';
import { chosenStyle, portraitsOf, type Screen } from './state.ts';
import { createStyles, type Styles } from './styles.ts';
import { currentTheme, tellTheme } from './theme.ts';
import { createVideos, type Videos } from './videos.ts';

export interface Actions {
  readonly styles: Styles;
  readonly items: Items;
  readonly pairing: Pairing;
  readonly adapting: Adapting;
  readonly correcting: CorrectingActions;
  readonly videos: Videos;
  /** Asks the plugin what there is. */
  start(): Promise<void>;
  open(screen: Screen): void;
  showPortrait(index: number): void;
  changeLook(look: Partial<Look>): void;
  /** Restyles all portraits of the selection. */
  apply(): void;
  /** Enlarges all portraits of the selection. */
  upscale(scale: 2 | 4): void;
  /** Makes an adapted style of a layer, in about so many seconds. */
  adaptLayer(reference: Portrait, name: string, seconds: number): Promise<void>;
  /** Files that were dropped: videos are painted, others become styles. */
  addFiles(files: readonly File[]): void;
  show(nodeId: string): void;
  dismissNotice(): void;
  resize(size: { readonly width: number; readonly height: number }): void;
}

/** Where the renderer serves the window. */
const HOSTED_PATH = '/ui/';
/** Milliseconds after the last change of a look before it is kept. */
const SETTLED = 500;

export function createActions(context: Context): Actions {
  const { store, plugin } = context;
  const pairing = createPairing(context);
  const items = createItems(context);
  const adapting = createAdapting(context);
  const videos = createVideos(context);
  const styles = createStyles(context);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const report = (error: unknown) => store.dispatch({ type: 'notice', problem: problemOf(error) });

  let isMadeReady = false;

  /** Before anything is selected: networks take seconds to load. Where none can run, the first preview says so. */
  function makeReady(screen: Screen): void {
    if (isMadeReady || screen === 'settings') return;
    isMadeReady = true;
    const loading = context.engine.load().catch(() => undefined);
    // Where a style of the user's own is chosen, its preview comes first.
    const { styles, styleId } = store.state;
    const turn = styles.some(({ id }) => id === styleId) ? loading : Promise.resolve();
    void turn.then(() => context.starters.load()).catch(report);
  }

  async function start(): Promise<void> {
    try {
      const started = await plugin.call('start', {});
      tellTheme(started.launch.theme);
      store.dispatch({ type: 'started', started });
      if (started.launch.window === 'inlined-again') store.dispatch({ type: 'notice', problem: NOT_HOSTED });
      makeReady(started.launch.command);
      await pairing.check();
      if (await leaveForHosted(context, started.launch.window)) return;
      const { renderer } = store.state.settings;
      const jobs = started.jobs.filter(({ rendererUrl }) => rendererUrl === renderer?.url);
      items.resume(jobs);
      adapting.resume(jobs);
      videos.resume(jobs);
    } catch (error) {
      report(error);
    }
  }

  return {
    styles,
    items,
    pairing,
    adapting,
    correcting: createCorrecting(context),
    videos,
    start,
    open(screen) {
      makeReady(screen);
      store.dispatch({ type: 'screen', screen });
    },
    showPortrait: (index) => store.dispatch({ type: 'show-portrait', index }),
    changeLook(look) {
      store.dispatch({ type: 'look', look });
      clearTimeout(timer);
      timer = setTimeout(
        () => void plugin.call('save-settings', { settings: store.state.settings }).catch(report),
        SETTLED,
      );
    },
    apply() {
      const style = chosenStyle(store.state);
      if (style) items.start(portraitsOf(store.state), style, store.state.settings.look);
    },
    upscale(scale) {
      const { selection, settings } = store.state;
      items.start(selection.portraits, null, { ...settings.look, scale });
    },
    async adaptLayer(portrait, name, seconds) {
      const read = async () => (await plugin.call('read-picture', { portrait })).bytes;
      await adapting.start(read, name, seconds);
    },
    addFiles(files) {
      const isVideo = ({ type }: File) => type.startsWith('video/');
      const others = files.filter((file) => !isVideo(file));
      if (others.length > 0) void styles.addFiles(others);
      const video = files.find(isVideo);
      if (video) void videos.start(video);
    },
    show: (nodeId) => void plugin.call('show', { nodeIds: [nodeId] }).catch(report),
    resize: (size) => void plugin.call('resize', size).catch(report),
    dismissNotice: () => store.dispatch({ type: 'notice', problem: null }),
  };
}

const NOT_HOSTED = {
  code: 'HOSTED_WINDOW',
  message: 'The renderer’s window did not open, so previews run on the processor.',
  hint: 'Is the renderer up to date?',
};

/** @returns whether the renderer's page is about to take this one's place */
async function leaveForHosted({ store, plugin }: Context, window: string): Promise<boolean> {
  const { settings, renderer } = store.state;
  if (window !== 'inlined' || !settings.hostedWindow || renderer.kind !== 'online') return false;
  await plugin.call('open-hosted', { path: HOSTED_PATH, theme: currentTheme() });
  return true;
}
