/** How a head is turned, and what to do where portrait and reference are turned too differently. */

/** Mesh points on the sides of the face at eye height, and the middle of forehead and chin. */
const [LEFT, RIGHT, TOP, BOTTOM] = [234, 454, 10, 152];
/** From the first difference (degrees) on, places on the face mean less; from the second on, as little as they may. */
const FALLBACK = { begins: 35, complete: 60 } as const;
/** The hair of a head that is turned further (degrees) away does not sit on this one. */
export const WEARABLE = 30;

/**
 * The larger of the differences in turning sideways and in nodding, in degrees.
 * @param from, @param to 468 · 3 coordinates; depth at the same scale as x and y
 */
export function poseGap(from: Float32Array, to: Float32Array): number {
  const difference = (a: number, b: number) => {
    const turn = Math.abs(angleOf(from, a, b) - angleOf(to, a, b));
    return (Math.min(turn, 2 * Math.PI - turn) * 180) / Math.PI;
  };
  return Math.max(difference(LEFT, RIGHT), difference(TOP, BOTTOM));
}

/** How far (degrees) a head is turned to the right of the picture; to the left it is negative. */
export const yawOf = (landmarks: Float32Array): number => (angleOf(landmarks, LEFT, RIGHT) * 180) / Math.PI;

/** Between the line through two points and the plane of the picture. */
function angleOf(landmarks: Float32Array, a: number, b: number): number {
  const [dx, dy, dz] = [0, 1, 2].map((c) => landmarks[b * 3 + c] - landmarks[a * 3 + c]);
  return Math.atan2(dz, Math.hypot(dx, dy));
}

/** 0..1: how far synthesis falls back from places on the face to texture. */
export function poseFallback(gap: number): number {
  return Math.min(1, Math.max(0, (gap - FALLBACK.begins) / (FALLBACK.complete - FALLBACK.begins)));
}
