/**
 * Faces over time: the same person keeps the same number while faces move, turn away, cross, leave and come back.
 *
 *   const networks = await loadFaceNetworks();
 *   for await (const faces of trackFaces(frames, { networks })) …
 *
 * Landmarks are as the mesh sees them in each frame: smoothing them is up to the caller, who knows what comes next.
 */
import type { FaceNetworks } from '../face/index.ts';
import type { Picture } from '../image/picture.ts';
import type { SessionOptions } from '../runtime/index.ts';
import { FaceTracker } from './face-tracker.ts';
import { MotionRegressor } from './regressor.ts';
import type { TrackedFace } from './track.ts';

export { BoxTracker } from './box-tracker.ts';
export { DETECT_EVERY, FaceTracker } from './face-tracker.ts';
export { overlapOf } from './overlap.ts';
export type { TrackedFace } from './track.ts';

/** With what faces are tracked. */
export interface FaceTrackerOptions extends SessionOptions {
  /** Detector, mesh and embedding. They stay the caller's: `release` leaves them alone. */
  readonly networks: FaceNetworks;
  /** Frames between detections while everybody is seen, 24 by default. */
  readonly detectEvery?: number;
}

/** @throws DEVICE_UNAVAILABLE, WEIGHTS_MISSING */
export async function loadFaceTracker({
  networks,
  detectEvery,
  device = 'auto',
  threads = 1,
}: FaceTrackerOptions): Promise<FaceTracker> {
  return new FaceTracker(networks, await MotionRegressor.load({ device, threads }), detectEvery);
}

/** The faces of each frame, largest first; an empty array where there is none. Frames of one size. */
export async function* trackFaces(
  frames: AsyncIterable<Picture> | Iterable<Picture>,
  options: FaceTrackerOptions,
): AsyncGenerator<TrackedFace[]> {
  const tracker = await loadFaceTracker(options);
  try {
    for await (const frame of frames) yield await tracker.track(frame);
  } finally {
    await tracker.release();
  }
}
