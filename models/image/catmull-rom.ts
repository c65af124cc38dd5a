/**
 * Weights of the four samples around a position that lies `t` (0..1) past the second.
 * Catmull, Rom 1974; the same cubic as Keys 1981 with a = -0.5.
 */
export function catmullRom(t: number): [number, number, number, number] {
  return [
    t * (t * (1 - 0.5 * t) - 0.5),
    t * t * (1.5 * t - 2.5) + 1,
    t * (t * (2 - 1.5 * t) + 0.5),
    t * t * (0.5 * t - 0.5),
  ];
}
