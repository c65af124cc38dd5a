/** `limner evaluate style`: likeness and style over folders of portraits and references. */
import { join } from 'node:path';
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
  groupBy,
  type MeanMetrics,
  meanMetrics,
  roundMetrics,
  type Summary,
  summarize,
} from './style-statistics.ts';
import { describeToneOrder, type ToneOrder, toneOrder } from './tone-order.ts';

export interface StyleEvaluationOptions extends PairOptions {
  /** Folders. */
  readonly portraits: string;
  readonly styles: readonly string[];
  /** Use every n-th portrait only, and at most `limit`. */
  readonly every: number;
  readonly limit?: number;
  /** Where to write a contact sheet. */
  readonly sheet?: string;
  readonly device: Device;
}

export interface StyleReport extends Summary {
  /** By the name of each folder of styles. */
  readonly byFolder: Readonly<Record<string, Summary>>;
  readonly toneOrder: ToneOrder;
  readonly baselines: Readonly<Record<string, MeanMetrics>>;
  readonly skipped: StyleEvaluation['skipped'];
  readonly pairs: readonly Pair[];
}

/** @throws NOT_FOUND, NO_PICTURES, NO_FACE when no pair could be rendered, CANCELLED */
export async function evaluateStyle(options: StyleEvaluationOptions): Promise<StyleReport> {
  const { sheet, results, signal } = options;
  const all = await listPictures(options.portraits);
  const portraits = all.filter((_, i) => i % options.every === 0).slice(0, options.limit);
  const styles = (await Promise.all(options.styles.map(listPictures))).flat();
  if (sheet) await checkSheet(sheet, [...all, ...styles]);
  if (results) await checkWritable(join(results, 'result.png'));
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
  const groups = groupBy(pairs, ({ folder }) => folder);
  return {
    ...summarize(pairs),
    byFolder: Object.fromEntries(groups.map(([folder, group]) => [folder, summarize(group)])),
    toneOrder: toneOrder(pairs),
    baselines: compared,
    skipped,
    pairs: pairs.map(roundMetrics),
  };
}

/** The report for people. */
export function describeStyles({ byFolder, toneOrder: order, baselines, ...summary }: StyleReport): string {
  const folders = Object.entries(byFolder).map(([folder, { mean }]) => [folder, mean] as const);
  const rows = {
    rendered: summary.mean,
    ...Object.fromEntries(folders.length > 1 ? folders : []),
    ...baselines,
  };
  return [describeMeans(rows, summary), ...describeToneOrder(order)].join('\n');
}
