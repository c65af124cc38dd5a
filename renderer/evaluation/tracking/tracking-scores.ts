/** The scores of the object tracking benchmark, one-pass evaluation (Wu, Lim & Yang 2013, section 4). */
import type { Rect } from '../../../models/image/picture.ts';
import { overlapOf } from '../../../models/track/index.ts';

export interface TrackingScores {
  readonly frames: number;
  /** Area under the success curve: the share of frames whose overlap exceeds 0, 0.05 … 1, on average over these. */
  readonly auc: number;
  /** Share of frames whose middle is at most 20 px from the truth. */
  readonly precision20: number;
  /** Frames without a box, or with one that does not touch the truth. */
  readonly lost: number;
}

const THRESHOLDS = Array.from({ length: 21 }, (_, i) => i / 20);
/** Pixels. */
const NEAR = 20;

/** @param found one a frame; undefined where nothing was found */
export function scoreTracking(found: readonly (Rect | undefined)[], truth: readonly Rect[]): TrackingScores {
  const overlaps = truth.map((box, i) => overlapOf(found[i] ?? NOWHERE, box));
  const share = (isSo: (value: number, i: number) => boolean) => overlaps.filter(isSo).length / truth.length;
  const successes = THRESHOLDS.map((threshold) => share((overlap) => overlap > threshold));
  return {
    frames: truth.length,
    auc: successes.reduce((sum, success) => sum + success, 0) / THRESHOLDS.length,
    precision20: share((_, i) => distance(found[i], truth[i]) <= NEAR),
    lost: overlaps.filter((overlap) => overlap === 0).length,
  };
}

const NOWHERE: Rect = { x: 0, y: 0, width: 0, height: 0 };

function distance(a: Rect | undefined, b: Rect): number {
  if (!a) return Number.POSITIVE_INFINITY;
  return Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);
}
