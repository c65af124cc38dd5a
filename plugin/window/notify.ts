import { showLayersAsync } from '../results/show-layers.ts';

/** Figma refuses longer messages. */
const LONGEST = 100;

/** A short message at the bottom of Figma, with a button where it is about layers: the user may be busy elsewhere. */
export function notify(message: string, error: boolean, nodeIds: readonly string[]): void {
  const button = { text: 'Show', action: () => void showLayersAsync(nodeIds) };
  figma.notify(message.length <= LONGEST ? message : `${message.slice(0, LONGEST - 1)}…`, {
    error,
    ...(nodeIds.length > 0 && { button }),
  });
}
