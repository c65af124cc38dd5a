/** 0 up to 0, 1 from 1 on, and smooth between: 3t² − 2t³. */
export function smoothstep(t: number): number {
  const s = Math.min(1, Math.max(0, t));
  return s * s * (3 - 2 * s);
}
