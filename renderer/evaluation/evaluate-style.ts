/** `limner evaluate style`: likeness and style over folders of portraits and references. */
import { LimnerError } from '../../models/errors.ts';
import { loadFaceNetworks } from '../../models/face/index.ts';
import type { RenderOptions } from '../cli/options/render-options.ts';
import type { Io } from '../cli/terminal/io.ts';
import { checkWritable, saveFile } from '../core/files/save-file.ts';
import { contactSheet } from '../core/pictures/contact-sheet.ts';
import { encodePicture, outputFormat } from '../core/pictures/encode-picture.ts';
import { listPictures } from '../core/pictures/list-pictures.ts';
import { refuseInputs } from '../core/pictures/plan-outputs.ts';
import { CELL, StyleEvaluation } from './style-evaluation.ts';
import {
  describeMeans,
  type MeanMetrics,
  meanMetrics,
  percentile,
  roundMetrics,
  toneCorrelations,
} from './style-statistics.ts';

export interface StyleEvaluationOptions extends RenderOptions {
  portraits: string;
  styles: string;
  every: number;
  limit?: number;
  sheet?: string;
  baselines: boolean;
}

/** The exit code, 0. @throws NOT_FOUND, NO_PICTURES, NO_FACE when no pair could be rendered, CANCELLED */
export async function evaluateStyle(options: StyleEvaluationOptions, io: Io): Promise<number> {
  const all = await listPictures(options.portraits);
  const portraits = all.filter((_, i) => i % options.every === 0).slice(0, options.limit);
  const styles = await listPictures(options.styles);
  if (options.sheet) await checkSheet(options.sheet, [...all, ...styles]);
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
  const mean = meanMetrics(pairs);
  const compared: Record<string, MeanMetrics> = options.baselines
    ? { untouched: meanMetrics(baselines.untouched), reinhard: meanMetrics(baselines.reinhard) }
    : {};
  const count = pairs.length;
  const found = pairs.filter((pair) => pair.found).length;
  const p10 = { identity: percentile(pairs, 0.1) };
  const tones = toneCorrelations(pairs);
  if (!options.json) return describeMeans({ rendered: mean, ...compared }, count, found, p10.identity, tones);
  const rounded = pairs.map(({ portrait, style, ...rest }) => ({ portrait, style, ...roundMetrics(rest) }));
  return JSON.stringify({ count, found, mean, p10, tones, baselines: compared, skipped, pairs: rounded });
}
