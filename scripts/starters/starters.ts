/** The starter styles: who is painted in which medium. */
import type { Canvas } from './kit/canvas.ts';
import type { Layout, Sitter } from './kit/sitter.ts';
import { paintCharcoal } from './media/charcoal.ts';
import { paintEngraving } from './media/engraving.ts';
import { paintGouache } from './media/gouache.ts';
import { paintInk } from './media/ink.ts';
import { paintLinocut } from './media/linocut.ts';
import { paintOil } from './media/oil.ts';
import { paintPapercut } from './media/papercut.ts';
import { paintPastel } from './media/pastel.ts';
import { paintPencil } from './media/pencil.ts';
import { paintRisograph } from './media/risograph.ts';
import { paintWatercolour } from './media/watercolour.ts';

export interface Starter {
  readonly name: string;
  /** Of the photograph in `sources/`. */
  readonly source: string;
  readonly layout: Layout;
  readonly seed: number;
  readonly paint: (sitter: Sitter, seed: number) => Canvas;
}

const large = { width: 704, height: 784, top: 0.08 };
const sheet = { width: 768, height: 872, top: 0.09 };

export const STARTERS: readonly Starter[] = [
  { name: 'charcoal', source: 'ritchie-torres', layout: large, seed: 1, paint: paintCharcoal },
  { name: 'engraving', source: 'maria-cantwell', layout: large, seed: 10, paint: paintEngraving },
  { name: 'gouache', source: 'rand-paul', layout: sheet, seed: 2, paint: paintGouache },
  { name: 'ink', source: 'andrew-kim', layout: { ...large, top: 0.1 }, seed: 3, paint: paintInk },
  { name: 'linocut', source: 'doris-matsui', layout: sheet, seed: 4, paint: paintLinocut },
  { name: 'oil', source: 'lisa-blunt-rochester', layout: large, seed: 5, paint: paintOil },
  { name: 'papercut', source: 'stephanie-murphy', layout: sheet, seed: 11, paint: paintPapercut },
  { name: 'pastel', source: 'grace-napolitano', layout: sheet, seed: 6, paint: paintPastel },
  {
    name: 'pencil',
    source: 'jake-auchincloss',
    layout: { width: 768, height: 960, top: 0.05, scale: 1.3 },
    seed: 7,
    paint: paintPencil,
  },
  { name: 'risograph', source: 'cori-bush', layout: sheet, seed: 8, paint: paintRisograph },
  { name: 'watercolour', source: 'debra-haaland', layout: sheet, seed: 9, paint: paintWatercolour },
];
