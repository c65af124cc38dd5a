/** What pressing the button will make, in a line: how large, where, and how long it takes where that is known. */
import type { Look } from '../../protocol/plugin-data.ts';
import type { Portrait } from '../../protocol/portrait.ts';
import { MOST_PIXELS, type OutputSize, outputSize } from './output-size.ts';
import type { State } from './state.ts';

export function describeOutput(state: State, portraits: readonly Portrait[], wanted: Look['scale']): string {
  const place = state.renderer.kind === 'online' ? 'renderer' : 'here';
  const sizes = portraits.map((portrait) => outputSize(portrait, wanted, MOST_PIXELS[place]));
  if (sizes.length === 0) return '';
  const largest = sizes.reduce((most, size) => (area(size) > area(most) ? size : most));
  const pixels = `${sizes.length > 1 ? 'up to ' : ''}${largest.width} × ${largest.height} px`;
  const most = largest.isLimited ? ', the most that is made here' : '';
  return [`${pixels}${most}`, PLACES[state.renderer.kind], ...timeOf(state, place, sizes)].join(' · ');
}

const PLACES: Record<State['renderer']['kind'], string> = {
  none: 'in this window',
  checking: 'in this window',
  online: 'by your renderer',
  offline: 'renderer offline, so in this window',
  refused: 'renderer refused the token, so in this window',
};

const area = ({ width, height }: OutputSize) => width * height;

/** From what the last result took in this window. */
function timeOf({ msPerPixel }: State, place: string, sizes: readonly OutputSize[]): string[] {
  if (msPerPixel === null || place !== 'here') return [];
  const seconds = (msPerPixel * sizes.reduce((sum, size) => sum + area(size), 0)) / 1000;
  return [seconds < 60 ? `about ${Math.ceil(seconds)} s` : `about ${Math.ceil(seconds / 60)} min`];
}
