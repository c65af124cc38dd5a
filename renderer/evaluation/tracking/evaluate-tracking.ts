/** `limner evaluate tracking`: how well a face is followed through a sequence with known boxes. */
import type { Rect } from '../../../models/image/picture.ts';
import type { Device } from '../../../models/runtime/index.ts';
import { readPicture } from '../../core/pictures/read-picture.ts';
import { followBox, followByMesh, followFace } from './followers.ts';
import { readTrackingSequence } from './sequence.ts';
import { scoreTracking, type TrackingScores } from './tracking-scores.ts';

/** `together`: detector, mesh and regression; `regression`: that network alone; `detector`: detector and mesh alone. */
const FOLLOWERS = { together: followFace, regression: followBox, detector: followByMesh };
export type TrackingMethod = keyof typeof FOLLOWERS;
export const TRACKING_METHODS = Object.keys(FOLLOWERS) as TrackingMethod[];

export interface TrackingEvaluationOptions {
  readonly method: TrackingMethod;
  readonly device?: Device;
  readonly signal: AbortSignal;
  /** Called after each frame. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * @param folder frames with `groundtruth_rect.txt`; the first box initialises
 * @throws NOT_FOUND, NO_PICTURES, BAD_GROUND_TRUTH, NO_FACE when none is in the first box, what reading a picture throws,
 * and the signal's reason
 */
export async function evaluateTracking(
  folder: string,
  { method, device = 'auto', signal, onProgress }: TrackingEvaluationOptions,
): Promise<TrackingScores> {
  const { frames, truth } = await readTrackingSequence(folder);
  const follower = await FOLLOWERS[method](truth[0], device);
  const found: (Rect | undefined)[] = [];
  try {
    for (const frame of frames) {
      signal.throwIfAborted();
      found.push(await follower.next(await readPicture(frame)));
      onProgress?.(found.length, frames.length);
    }
  } finally {
    await follower.release();
  }
  return scoreTracking(found, truth);
}

export function describeTracking({ frames, auc, precision20, lost }: TrackingScores): string {
  return [
    `frames           ${frames}`,
    `success AUC      ${auc.toFixed(3)}`,
    `within 20 px     ${precision20.toFixed(3)}`,
    `lost             ${lost}`,
  ].join('\n');
}
