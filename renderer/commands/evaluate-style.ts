/** Every portrait in every style: rendered, measured, compared with two baselines, laid out on a contact sheet. */
import { basename } from 'node:path';
import { ERRORS, LimnerError } from '../../models/errors.ts';
import { type Face, type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import { transferColour } from '../../models/image/colour-transfer.ts';
import type { Picture } from '../../models/image/picture.ts';
import { type Metrics, measure } from '../../models/style/measure.ts';
import { type PreparedStyle, prepareStyle, stylize } from '../../models/style/stylize.ts';
import type { Io } from '../cli/io.ts';
import { createProgress } from '../cli/progress.ts';
import type { RenderOptions } from '../cli/render-options.ts';
import { toLimnerError } from '../cli/report-error.ts';
import { checkResult } from '../pictures/check-result.ts';
import { type Cell, contactSheet, thumbnail } from '../pictures/contact-sheet.ts';
import { encodePicture, outputFormat } from '../pictures/encode-picture.ts';
import { listPictures } from '../pictures/list-pictures.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { checkWritable, saveFile } from '../pictures/save-file.ts';
import {
  describeMeans,
  type MeanMetrics,
  meanMetrics,
  percentile,
  roundMetrics,
} from './style-statistics.ts';

export interface StyleEvaluationOptions extends RenderOptions {
  portraits: string;
  styles: string;
  every: number;
  limit?: number;
  sheet?: string;
  baselines: boolean;
}

interface Subject {
  readonly name: string;
  readonly picture: Picture;
  readonly face: Face;
}

interface Pair extends Metrics {
  readonly portrait: string;
  readonly style: string;
}

interface Evaluation {
  readonly pairs: Pair[];
  readonly baselines: Record<'untouched' | 'reinhard', Metrics[]>;
  /** Pictures and pairs left out, with the error's code. */
  readonly skipped: { name: string; code: string }[];
  readonly rows: (Cell | null)[][];
}

/** Edge (px) of a picture on the contact sheet. */
const CELL = 224;

export async function evaluateStyle(options: StyleEvaluationOptions, io: Io): Promise<number> {
  if (options.sheet) {
    outputFormat(options.sheet);
    await checkWritable(options.sheet);
  }
  const all = await listPictures(options.portraits);
  const portraits = all.filter((_, i) => i % options.every === 0).slice(0, options.limit);
  const styles = await listPictures(options.styles);
  const networks = await loadFaceNetworks({ device: options.device });
  try {
    const evaluation = await evaluatePairs(portraits, styles, networks, options, io);
    if (options.sheet) {
      const sheet = contactSheet(evaluation.rows, CELL);
      await saveFile(options.sheet, await encodePicture(sheet, outputFormat(options.sheet)), io.signal);
    }
    return report(evaluation, options, io);
  } finally {
    await networks.release();
  }
}

async function evaluatePairs(
  portraits: readonly string[],
  styles: readonly string[],
  networks: FaceNetworks,
  options: StyleEvaluationOptions,
  io: Io,
): Promise<Evaluation> {
  const evaluation: Evaluation = {
    pairs: [],
    baselines: { untouched: [], reinhard: [] },
    skipped: [],
    rows: [],
  };
  const progress = createProgress(io);
  const attempt = async <T>(name: string, work: () => Promise<T>): Promise<T | null> => {
    io.signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      const { code, message } = toLimnerError(error);
      if (ERRORS[code].exit !== ERRORS.NO_FACE.exit && code !== 'BAD_OUTPUT') throw error;
      progress.clear();
      io.err(`limner: skipped ${name}: ${message} [${code}]`);
      evaluation.skipped.push({ name, code });
      return null;
    }
  };
  try {
    const subjects: Subject[] = [];
    for (const path of portraits) {
      const subject = await attempt(path, () => readSubject(path, networks, options));
      if (subject) subjects.push(subject);
    }
    evaluation.rows.push([null, ...subjects.map(({ picture, name }) => cell(picture, name))]);
    for (const [j, path] of styles.entries()) {
      const style = await attempt(path, async () => prepareStyle(await readPicture(path, options), networks));
      if (!style) continue;
      const row: (Cell | null)[] = [cell(style.reference, basename(path))];
      for (const [i, subject] of subjects.entries()) {
        progress.update((j + i / subjects.length) / styles.length, `${subject.name} × ${basename(path)}`);
        const pair = `${subject.name} × ${basename(path)}`;
        row.push(
          await attempt(pair, () =>
            evaluatePair(subject, basename(path), style, networks, options, evaluation),
          ),
        );
      }
      evaluation.rows.push(row);
    }
    return evaluation;
  } finally {
    progress.clear();
  }
}

const cell = (picture: Picture, label: string): Cell => ({ picture: thumbnail(picture, CELL), label });

async function readSubject(path: string, networks: FaceNetworks, options: RenderOptions): Promise<Subject> {
  const picture = await readPicture(path, options);
  const [face] = await networks.findFaces(picture);
  if (!face) throw new LimnerError('NO_FACE', `No face was found in ${path}.`);
  return { name: basename(path), picture, face };
}

/** Adds a pair and its baselines to the evaluation; the answer is its cell of the contact sheet. */
async function evaluatePair(
  { name, picture, face }: Subject,
  styleName: string,
  style: PreparedStyle,
  networks: FaceNetworks,
  { likeness, strength, background, faces, baselines }: StyleEvaluationOptions,
  evaluation: Evaluation,
): Promise<Cell> {
  const result = await stylize(picture, style, networks, { likeness, strength, background, faces });
  checkResult(result.picture, picture.width, picture.height);
  const judge = (judged: Picture) => measure(picture, face, judged, style.reference, style.face, networks);
  const metrics = await judge(result.picture);
  evaluation.pairs.push({ portrait: name, style: styleName, ...metrics });
  if (baselines) {
    evaluation.baselines.untouched.push(await judge(picture));
    evaluation.baselines.reinhard.push(await judge(transferColour(picture, style.reference)));
  }
  const label = `${metrics.identity === null ? 'LOST' : metrics.identity.toFixed(2)} ${metrics.styleDistance.toFixed(3)}`;
  return cell(result.picture, label);
}

function report({ pairs, baselines, skipped }: Evaluation, options: StyleEvaluationOptions, io: Io): number {
  if (pairs.length === 0)
    throw new LimnerError('NO_FACE', 'No pair of a portrait and a style could be rendered.');
  const mean = meanMetrics(pairs);
  const compared: Record<string, MeanMetrics> = options.baselines
    ? { untouched: meanMetrics(baselines.untouched), reinhard: meanMetrics(baselines.reinhard) }
    : {};
  const found = pairs.filter((pair) => pair.found).length;
  const p10 = { identity: percentile(pairs, 0.1) };
  io.out(
    options.json
      ? JSON.stringify({
          count: pairs.length,
          found,
          mean,
          p10,
          baselines: compared,
          skipped,
          pairs: pairs.map(({ portrait, style, ...metrics }) => ({
            portrait,
            style,
            ...roundMetrics(metrics),
          })),
        })
      : describeMeans({ rendered: mean, ...compared }, pairs.length, found, p10.identity),
  );
  return 0;
}
