/** `limner evaluate style`: likeness and style over folders of portraits and references. */
import { join } from 'node:path';
import { LimnerError } from '../../models/errors.ts';
import { loadFaceNetworks } from '../../models/face/index.ts';
import type { Io } from '../cli/io.ts';
import type { RenderOptions } from '../cli/render-options.ts';
import { contactSheet } from '../pictures/contact-sheet.ts';
import { encodePicture, outputFormat } from '../pictures/encode-picture.ts';
import { listPictures } from '../pictures/list-pictures.ts';
import { refuseInputs } from '../pictures/plan-outputs.ts';
import { checkWritable, saveFile } from '../pictures/save-file.ts';
import { CELL, StyleEvaluation } from './style-evaluation.ts';
import {
  describeMeans,
  groupBy,
  type MeanMetrics,
  meanMetrics,
  roundMetrics,
  summarize,
} from './style-statistics.ts';
import { describeToneOrder, toneOrder } from './tone-order.ts';

export interface StyleEvaluationOptions extends RenderOptions {
  portraits: string;
  styles: readonly string[];
  every: number;
  limit?: number;
  sheet?: string;
  results?: string;
  baselines: boolean;
}

/** The exit code, 0. @throws NOT_FOUND, NO_PICTURES, NO_FACE when no pair could be rendered, CANCELLED */
export async function evaluateStyle(options: StyleEvaluationOptions, io: Io): Promise<number> {
  const all = await listPictures(options.portraits);
  const portraits = all.filter((_, i) => i % options.every === 0).slice(0, options.limit);
  const styles = (await Promise.all(options.styles.map(listPictures))).flat();
  if (options.sheet) await checkSheet(options.sheet, [...all, ...styles]);
  if (options.results) await checkWritable(join(options.results, 'result.png'));
  const networks = await loadFaceNetworks({ device: options.device });
  try {
    const evaluation = new StyleEvaluation(networks, options, io);
    await evaluation.run(portraits, styles);
    if (options.sheet) await saveSheet(options.sheet, evaluation, io);
    io.out(report(evaluation, options));
    return 0;
  } finally {
    await networks.release();
  }
}

async function checkSheet(path: string, inputs: readonly string[]): Promise<void> {
  outputFormat(path);
  await refuseInputs([path], inputs);
  await checkWritable(path);
}

async function saveSheet(path: string, { rows }: StyleEvaluation, io: Io): Promise<void> {
  await saveFile(path, await encodePicture(contactSheet(rows, CELL), outputFormat(path)), io.signal);
}

function report({ pairs, baselines, skipped }: StyleEvaluation, options: StyleEvaluationOptions): string {
  if (pairs.length === 0) {
    throw new LimnerError('NO_FACE', 'No pair of a portrait and a style could be rendered.');
  }
  const summary = summarize(pairs);
  const groups = groupBy(pairs, ({ folder }) => folder);
  const byFolder = Object.fromEntries(groups.map(([folder, group]) => [folder, summarize(group)]));
  const compared: Record<string, MeanMetrics> = options.baselines
    ? { untouched: meanMetrics(baselines.untouched), reinhard: meanMetrics(baselines.reinhard) }
    : {};
  const tones = toneOrder(pairs);
  if (options.json) {
    const rounded = pairs.map(roundMetrics);
    return JSON.stringify({
      ...summary,
      byFolder,
      toneOrder: tones,
      baselines: compared,
      skipped,
      pairs: rounded,
    });
  }
  const means = groups.length > 1 ? groups.map(([folder]) => [folder, byFolder[folder].mean]) : [];
  const rows = { rendered: summary.mean, ...Object.fromEntries(means), ...compared };
  return [describeMeans(rows, summary), ...describeToneOrder(tones)].join('\n');
}
