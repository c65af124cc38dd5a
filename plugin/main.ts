/** Limner in Figma's main thread: the document in, layers out. No DOM, no network, no image maths. */
import { COMMANDS, type Command } from '../protocol/plugin-messages.ts';
import { suggestStylesAsync } from './storage/suggest-styles.ts';
import { openWindow } from './window/open-window.ts';

// A component's hidden layers are never portraits, and skipping them makes large documents many times faster.
figma.skipInvisibleInstanceChildren = true;

figma.parameters.on('input', ({ result }) => suggestStylesAsync(result));

figma.on('run', ({ command, parameters }) => {
  const styleId = parameters?.['style'];
  openWindow(
    COMMANDS.find((known): known is Command => known === command) ?? 'stylize',
    typeof styleId === 'string' ? styleId : null,
  );
});
