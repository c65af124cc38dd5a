/** Strokes as swept discs: a path with a radius that changes along it, and a visitor that says what the tool leaves behind. */

export type Point = readonly [x: number, y: number];

export interface Stroke {
  /** At least two points, in px; pixel (0, 0) covers 0..1. */
  readonly path: readonly Point[];
  /** Half the width (px) at 0..1 of the length. */
  readonly radius: (t: number) => number;
}

export interface Mark {
  /** Pixel. */
  readonly i: number;
  readonly x: number;
  readonly y: number;
  /** Across the stroke, -1..1, left to right of its direction. */
  readonly across: number;
  /** Along the stroke, px from its start. */
  readonly along: number;
  /** Along the stroke, 0..1. */
  readonly t: number;
  /** How much of the pixel lies inside the stroke, 0..1. */
  readonly inside: number;
}

/** A full pressure in the middle that runs out at both ends. @param start, end shares of the length that taper; 0 for a blunt end */
export function taper(radius: number, start = 0.25, end = 0.4): (t: number) => number {
  const rise = (t: number, share: number) => (share > 0 ? Math.sqrt(Math.max(0, t) / share) : 1);
  return (t) => radius * Math.max(0.05, Math.min(1, rise(t, start), rise(1 - t, end)));
}

export class Sweeper {
  readonly #width: number;
  readonly #height: number;
  readonly #distance: Float32Array;
  readonly #across: Float32Array;
  readonly #along: Float32Array;
  readonly #radius: Float32Array;
  readonly #owner: Int32Array;
  #stroke = 0;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    const size = width * height;
    this.#distance = new Float32Array(size);
    this.#across = new Float32Array(size);
    this.#along = new Float32Array(size);
    this.#radius = new Float32Array(size);
    this.#owner = new Int32Array(size);
  }

  /** Calls `visit` once for every pixel that the stroke touches. */
  sweep({ path, radius }: Stroke, visit: (mark: Mark) => void): void {
    this.#stroke++;
    const lengths = [0];
    for (let k = 1; k < path.length; k++) {
      lengths.push(lengths[k - 1] + Math.hypot(path[k][0] - path[k - 1][0], path[k][1] - path[k - 1][1]));
    }
    const total = lengths[path.length - 1] || 1;
    const touched: number[] = [];
    for (let k = 1; k < path.length; k++) {
      const [from, to] = [lengths[k - 1], lengths[k]];
      this.#segment(path[k - 1], path[k], [from, to], [radius(from / total), radius(to / total)], touched);
    }
    for (const i of touched) {
      const r = this.#radius[i];
      visit({
        i,
        x: i % this.#width,
        y: Math.floor(i / this.#width),
        across: this.#across[i],
        along: this.#along[i],
        t: this.#along[i] / total,
        inside: Math.min(1, Math.min(2 * r, r - this.#distance[i] + 0.5)),
      });
    }
  }

  #segment(a: Point, b: Point, along: readonly number[], radii: readonly number[], touched: number[]): void {
    const reach = Math.max(...radii) + 0.5;
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const squared = dx * dx + dy * dy || 1e-6;
    const length = Math.sqrt(squared);
    const left = Math.max(0, Math.floor(Math.min(a[0], b[0]) - reach));
    const right = Math.min(this.#width - 1, Math.ceil(Math.max(a[0], b[0]) + reach));
    const top = Math.max(0, Math.floor(Math.min(a[1], b[1]) - reach));
    const bottom = Math.min(this.#height - 1, Math.ceil(Math.max(a[1], b[1]) + reach));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const [px, py] = [x + 0.5 - a[0], y + 0.5 - a[1]];
        const s = Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
        const distance = Math.hypot(px - s * dx, py - s * dy);
        const r = radii[0] + (radii[1] - radii[0]) * s;
        if (distance >= r + 0.5) continue;
        const i = y * this.#width + x;
        if (this.#owner[i] !== this.#stroke) {
          this.#owner[i] = this.#stroke;
          touched.push(i);
        } else if (distance / r >= this.#distance[i] / this.#radius[i]) continue;
        this.#distance[i] = distance;
        this.#radius[i] = r;
        this.#across[i] = (Math.sign(px * dy - py * dx) * distance) / Math.max(r, 0.5);
        this.#along[i] = along[0] + s * length;
      }
    }
  }
}
