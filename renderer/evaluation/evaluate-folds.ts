/**
 * `limner evaluate proportions --folds`: whether any deformation folds, over many pairs of photographs and styles. Geometry
 * alone: every picture is looked at once, nothing is deformed or found again.
 */
import { LimnerError } from '../../models/errors.ts';
import { type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import { changesFor } from '../../models/proportions/changes.ts';
import { drivenChanges } from '../../models/proportions/driven-changes.ts';
import { findDeformation, studySubject } from '../../models/proportions/find-deformation.ts';
import type { Device } from '../../models/runtime/index.ts';
import {
  listProportionPictures,
  type ProportionPictures,
  type Reference,
  readPhotograph,
  readReference,
} from './proportion-pictures.ts';

export interface FoldEvaluationOptions extends ProportionPictures {
  /** 0..1 */
  readonly proportions: number;
  readonly exaggerate: number;
  readonly device: Device;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number, label: string) => void;
}

export interface FoldPair {
  readonly portrait: string;
  readonly style: string;
  /** See models/proportions/deformation.ts. */
  readonly jacobian: number;
  /** 0..1: how much of the change is made. */
  readonly share: number;
  /** Whether glasses were found. */
  readonly isRigid: boolean;
}

export interface FoldReport {
  readonly pairs: readonly FoldPair[];
  readonly portraits: number;
  readonly styles: number;
  /** Deformations that fold: none, unless the rule against them is broken. */
  readonly folds: number;
  readonly smallestJacobian: number;
  /** Pairs of which less than all is made, and by how much of what was asked, least first. */
  readonly scaledBack: { readonly count: number; readonly shares: Readonly<Record<string, number>> };
  /** Pictures left out: no face, or turned too far. */
  readonly skipped: readonly string[];
}

/** @throws NOT_FOUND, NO_PICTURES, NO_FACE when no pair is left, CANCELLED */
export async function evaluateFolds(options: FoldEvaluationOptions): Promise<FoldReport> {
  const { portraits, styles } = await listProportionPictures(options);
  const networks = await loadFaceNetworks({ device: options.device });
  try {
    return await run(portraits, styles, networks, options);
  } finally {
    await networks.release();
  }
}

async function run(
  portraits: readonly string[],
  styles: readonly string[],
  networks: FaceNetworks,
  { proportions, exaggerate, signal, onProgress }: FoldEvaluationOptions,
): Promise<FoldReport> {
  const skipped: string[] = [];
  const references: Reference[] = [];
  for (const path of styles) {
    const reference = await readReference(path, networks);
    if (reference) references.push(reference);
    else skipped.push(path);
  }
  const pairs: FoldPair[] = [];
  for (const [i, path] of portraits.entries()) {
    const photograph = await readPhotograph(path, networks);
    if (!photograph) skipped.push(path);
    const subject = photograph && studySubject(photograph, photograph.face);
    for (const { name, landmarks } of subject ? references : []) {
      if (signal.aborted) throw new LimnerError('CANCELLED', 'The evaluation was cancelled.');
      if (!subject || !photograph) continue;
      const asked = changesFor(subject.face.landmarks, landmarks, { proportions, exaggerate });
      const { isRigid } = subject;
      const { jacobian, share } = findDeformation(subject, drivenChanges(asked, isRigid));
      pairs.push({ portrait: photograph.name, style: name, jacobian, share, isRigid });
    }
    onProgress((i + 1) / portraits.length, path);
  }
  if (pairs.length === 0) throw new LimnerError('NO_FACE', 'No pair of a portrait and a style is left.');
  return { ...summarizeFolds(pairs), pairs, styles: references.length, skipped };
}

export function summarizeFolds(pairs: readonly FoldPair[]) {
  const shares: Record<string, number> = {};
  const reduced = pairs.map(({ share }) => share).filter((share) => share < 1);
  for (const share of reduced.sort((a, b) => a - b))
    shares[share.toFixed(2)] = (shares[share.toFixed(2)] ?? 0) + 1;
  const smallest = pairs.reduce((least, { jacobian }) => Math.min(least, jacobian), 1);
  return {
    portraits: new Set(pairs.map(({ portrait }) => portrait)).size,
    folds: pairs.filter(({ jacobian }) => !(jacobian > 0)).length,
    smallestJacobian: smallest,
    scaledBack: { count: reduced.length, shares },
  };
}

/** The report for people. */
export function describeFolds(report: FoldReport): string {
  const { pairs, portraits, styles, folds, smallestJacobian, scaledBack, skipped } = report;
  const share = ((100 * scaledBack.count) / pairs.length).toFixed(1);
  const shares = Object.entries(scaledBack.shares).map(([made, count]) => `${made} × ${count}`);
  return [
    `${pairs.length} pairs of ${portraits} portraits and ${styles} styles${skipped.length > 0 ? `; ${skipped.length} pictures without a face or turned too far` : ''}`,
    `folds              ${folds}`,
    `smallest Jacobian  ${smallestJacobian.toFixed(3)}`,
    `scaled back        ${scaledBack.count} (${share} %)${shares.length > 0 ? `: ${shares.join(', ')}` : ''}`,
  ].join('\n');
}
