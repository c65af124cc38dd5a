import { openChannel } from '../../protocol/channel.ts';
import { type Command, PLUGIN_CALLS, WINDOW_CALLS } from '../../protocol/plugin-messages.ts';
import { listSelectionAsync } from '../selection/list-selection.ts';
import { handlersOf } from './handlers.ts';
import { windowPort } from './window-port.ts';
import { WindowState } from './window-state.ts';

/** Opens Limner's window and answers it until the plugin is closed. */
export function openWindow(command: Command, styleId: string | null): void {
  const state = new WindowState(command, styleId);
  const channel = openChannel(windowPort(state), PLUGIN_CALLS, handlersOf(state), WINDOW_CALLS);
  let timer: number | undefined;
  let latest = 0;
  const tellSelection = async () => {
    const turn = ++latest;
    const selection = await listSelectionAsync();
    // Looking through a large selection takes time; only the newest is told.
    if (turn === latest && state.started) await channel.call('selection', selection).catch(ignoreLateWindow);
  };
  figma.on('selectionchange', () => {
    if (timer !== undefined) clearTimeout(timer);
    timer = setTimeout(tellSelection, SETTLED);
  });
  state.showInlined();
}

/** Milliseconds without another change after which a selection is looked through: dragging a marquee changes it often. */
const SETTLED = 80;

/** The window was replaced or closed while it was told something. */
function ignoreLateWindow(error: unknown): void {
  console.warn(
    'Limner: the window did not take the selection:',
    error instanceof Error ? error.message : error,
  );
}
