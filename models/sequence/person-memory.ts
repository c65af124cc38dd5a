import type { Canvas } from '../stylize/canvas.ts';
import type { PersonSize } from '../stylize/plan.ts';
import type { PaintState } from '../synthesis/repaint.ts';
import type { Leaving } from './leaving.ts';
import type { NodeMap } from './node-map.ts';
import type { Shown } from './warp.ts';

/** A person through a shot as plain data, for a run that goes on later. */
export interface PersonMemory {
  /** Of the canvas that there is. */
  readonly size: PersonSize;
  readonly map: NodeMap;
  readonly inverse: NodeMap | null;
  readonly canvas: Canvas;
  readonly state: PaintState | null;
  readonly shown: Shown | null;
  readonly leaving: Leaving | null;
  readonly paintings: number;
}
