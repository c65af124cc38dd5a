import type { Plane } from '../../../models/image/picture.ts';
import { seededRandom } from '../../../models/image/random.ts';
import { type Canvas, cover, glaze } from './canvas.ts';
import { type Rgb, ramp } from './colour.ts';
import { noise } from './noise.ts';
import { type Point, Sweeper, taper } from './stroke.ts';

/** How a dry tool meets the paper. */
export interface Touch {
  /** Half the width, px. */
  readonly radius: number;
  /** Share of the paper's tooth that takes colour, 0..1. */
  readonly pressure: number;
  /** How much colour a touched grain takes, 0..1. */
  readonly strength: number;
  readonly colour: Rgb;
  /** Softness of the grains' edges, in shares of the tooth. */
  readonly softness?: number;
  /** Opaque like pastel, or transparent like graphite. */
  readonly opaque?: boolean;
}

/** Pencils, charcoal and pastel: colour stays on the paper's tooth. */
export class DryTool {
  readonly canvas: Canvas;
  readonly #tooth: Plane;
  readonly #sweeper: Sweeper;
  readonly #random: () => number;
  #count = 0;

  constructor(canvas: Canvas, tooth: Plane, seed: number) {
    this.canvas = canvas;
    this.#tooth = tooth;
    this.#sweeper = new Sweeper(canvas.width, canvas.height);
    this.#random = seededRandom(seed);
  }

  /** @param ends shares of the length that taper */
  draw(path: readonly Point[], touch: Touch, ends: readonly [number, number] = [0.15, 0.3]): void {
    const { radius, strength, colour, softness = 0.25, opaque = false } = touch;
    const id = this.#count++;
    const pressure = touch.pressure * (0.85 + 0.3 * this.#random());
    const lay = opaque ? cover : glaze;
    this.#sweeper.sweep({ path, radius: taper(radius, ...ends) }, ({ i, across, along, t, inside }) => {
      const push =
        pressure * Math.min(1, (t + 0.01) / (ends[0] + 0.01), (1.01 - t) / (ends[1] + 0.01)) ** 0.5;
      const streak = radius > 3 ? 0.7 + 0.5 * noise(across * radius * 0.7, along / 60, id) : 1;
      const held = ramp(this.#tooth.data[i], 1 - push * streak - softness, 1 - push * streak + softness);
      if (held > 0) lay(this.canvas, i, colour, inside * held * strength);
    });
  }
}

/** Lightness 0..1 of what lies at pixel i. */
export const lightnessAt = ({ rgb }: Canvas, i: number): number =>
  (0.3 * rgb[3 * i] + 0.59 * rgb[3 * i + 1] + 0.11 * rgb[3 * i + 2]) / 255;
