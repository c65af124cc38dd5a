/** `limner evaluate style`: likeness and style over folders of portraits and references. */
import { LimnerError } from '../../models/errors.ts';
import { loadFaceNetworks } from '../../models/face/index.ts';
import type { Device } from '../../models/runtime/index.ts';
import { checkWritable, saveFile } from '../core/files/save-file.ts';
import { contactSheet } from '../core/pictures/contact-sheet.ts';
import { encodePicture, outputFormat } from '../core/pictures/encode-picture.ts';
import { listPictures } from '../core/pictures/list-pictures.ts';
import { refuseInputs } from '../core/pictures/plan-outputs.ts';
import { CELL, type Pair, type PairOptions, StyleEvaluation } from './style-evaluation.ts';
import {
  describeMeans,
  type MeanMetrics,
  meanMetrics,
  percentile,
  roundMetrics,
  toneCorrelations,
} from './style-statistics.ts';

export interface StyleEvaluationOptions extends PairOptions {
  /** Folders. */
  readonly portraits: string;
  readonly styles: string;
  /** Use every n-th portrait only, and at most `limit`. */
  readonly every: number;
  readonly limit?: number;
  /** Where to write a contact sheet. */
  readonly sheet?: string;
  readonly device: Device;
}

export interface StyleReport {
  /** Pairs, and those in whose result a face was found again. */
  readonly count: number;
  readonly found: number;
  readonly mean: MeanMetrics;
  /** What a tenth of the results does not reach. */
  readonly p10: { readonly identity: number | null };
  readonly tones: Readonly<Record<string, number>>;
  readonly baselines: Readonly<Record<string, MeanMetrics>>;
  readonly skipped: StyleEvaluation['skipped'];
  readonly pairs: readonly Pair[];
}

/** @throws NOT_FOUND, NO_PICTURES, NO_FACE when no pair could be rendered, CANCELLED */
export async function evaluateStyle(options: StyleEvaluationOptions): Promise<StyleReport> {
  const { sheet, signal } = options;
  const all = await listPictures(options.portraits);
  const portraits = all.filter((_, i) => i % options.every === 0).slice(0, options.limit);
  const styles = await listPictures(options.styles);
  if (sheet) await checkSheet(sheet, [...all, ...styles]);
  const networks = await loadFaceNetworks({ device: options.device });
  try {
    const evaluation = new StyleEvaluation(networks, options);
    await evaluation.run(portraits, styles);
    if (sheet) await saveSheet(sheet, evaluation, signal);
    return reportOf(evaluation, options.baselines);
  } finally {
    await networks.release();
  }
}

async function checkSheet(path: string, inputs: readonly string[]): Promise<void> {
  outputFormat(path);
  await refuseInputs([path], inputs);
  await checkWritable(path);
}

async function saveSheet(path: string, { rows }: StyleEvaluation, signal: AbortSignal): Promise<void> {
  await saveFile(path, await encodePicture(contactSheet(rows, CELL), outputFormat(path)), signal);
}

function reportOf({ pairs, baselines, skipped }: StyleEvaluation, isCompared: boolean): StyleReport {
  if (pairs.length === 0) {
    throw new LimnerError('NO_FACE', 'No pair of a portrait and a style could be rendered.');
  }
  const compared: Record<string, MeanMetrics> = isCompared
    ? { untouched: meanMetrics(baselines.untouched), reinhard: meanMetrics(baselines.reinhard) }
    : {};
  return {
    count: pairs.length,
    found: pairs.filter((pair) => pair.found).length,
    mean: meanMetrics(pairs),
    p10: { identity: percentile(pairs, 0.1) },
    tones: toneCorrelations(pairs),
    baselines: compared,
    skipped,
    pairs: pairs.map(({ portrait, style, ...rest }) => ({ portrait, style, ...roundMetrics(rest) })),
  };
}

/** The report for people. */
export const describeStyles = ({ mean, baselines, count, found, p10, tones }: StyleReport): string =>
  describeMeans({ rendered: mean, ...baselines }, count, found, p10.identity, tones);
