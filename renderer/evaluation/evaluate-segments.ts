/** `limner evaluate segments`: how well hair, skin, clothes and person are told apart, against labelled faces. */
import { join } from 'node:path';
import { type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import type { Device } from '../../models/runtime/index.ts';
import { SEGMENT_NAMES, type SegmentName, segmentPortrait } from '../../models/segment/segments.ts';
import { readFileBytes } from '../core/files/read-file.ts';
import { checkWritable, saveFile } from '../core/files/save-file.ts';
import { encodePicture } from '../core/pictures/encode-picture.ts';
import { type LabelledFace, type LabelledFile, listLabelled, readLabelled } from './labelled-faces.ts';
import { listReferences, paintCopies } from './painted-copies.ts';
import { meansOf, type SegmentMeans } from './segment-report.ts';
import { SEGMENT_CLASSES, type SegmentClass, type SegmentScore, scoreLabels } from './segment-scores.ts';

export interface SegmentEvaluationOptions {
  /** A folder with images/ and, under the same names as PNG, labels/: see `readFaceLabels`. */
  readonly data: string;
  readonly every: number;
  /** References, or folders of them: each face is painted in one of them in turn, and the painting looked at. */
  readonly painted?: readonly string[];
  /** Where the paintings are kept, as a folder that `data` can be. */
  readonly results?: string;
  readonly device?: Device;
  readonly signal: AbortSignal;
  /** Called after each picture. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SegmentReport extends SegmentMeans {
  /** Pictures in which no face was found. */
  readonly skipped: readonly string[];
  /** The means of each reference that was painted in, by its name. */
  readonly media: Readonly<Record<string, SegmentMeans>>;
  /** Intersection over union of each face, by name: where to look first. */
  readonly faces: Readonly<Record<string, Partial<Record<SegmentClass, number>>>>;
}

interface Scored {
  readonly name: string;
  readonly medium?: string;
  readonly score: Partial<Record<SegmentClass, SegmentScore>>;
}

/** @throws NOT_FOUND, NO_PICTURES, NO_FACE_IN_STYLE, NOT_WRITABLE, and what reading a picture throws; the signal's reason */
export async function evaluateSegments(options: SegmentEvaluationOptions): Promise<SegmentReport> {
  const { painted, results, signal } = options;
  const files = await listLabelled(options.data, options.every);
  const references = painted && (await listReferences(painted));
  if (results) await checkWritable(join(results, 'images', 'face.png'));
  const networks = await loadFaceNetworks({ device: options.device });
  const scored: Scored[] = [];
  const skipped: string[] = [];
  let done = 0;
  try {
    const faces = references ? paintCopies(files, references, networks) : readAll(files);
    for await (const { file, face } of faces) {
      signal.throwIfAborted();
      if (face && results) await saveLabelled(results, file, face, signal);
      const score = face && (await scoreFace(face, networks));
      if (score) scored.push({ name: file.name, medium: face.medium, score });
      else skipped.push(file.name);
      options.onProgress?.(++done, files.length);
    }
  } finally {
    await networks.release();
  }
  return reportOf(scored, skipped);
}

async function* readAll(files: readonly LabelledFile[]) {
  for (const file of files) yield { file, face: await readLabelled(file) };
}

async function saveLabelled(
  folder: string,
  file: LabelledFile,
  { picture }: LabelledFace,
  signal: AbortSignal,
): Promise<void> {
  const name = `${file.name}.png`;
  await saveFile(join(folder, 'images', name), await encodePicture(picture, 'png'), signal);
  await saveFile(join(folder, 'labels', name), await readFileBytes(file.labels), signal);
}

function reportOf(scored: readonly Scored[], skipped: readonly string[]): SegmentReport {
  const media = new Set(scored.flatMap(({ medium }) => medium ?? []));
  const scoresOf = (name?: string) =>
    scored.filter(({ medium }) => name === undefined || medium === name).map(({ score }) => score);
  return {
    ...meansOf(scoresOf()),
    skipped,
    media: Object.fromEntries([...media].map((name) => [name, meansOf(scoresOf(name))])),
    faces: Object.fromEntries(
      scored.map(({ name, score }) => [
        name,
        Object.fromEntries(SEGMENT_CLASSES.flatMap((key) => (score[key] ? [[key, score[key].iou]] : []))),
      ]),
    ),
  };
}

/** Null when no face is found. */
async function scoreFace({ picture, truth }: LabelledFace, networks: FaceNetworks) {
  const [face] = await networks.findFaces(picture);
  if (!face) return null;
  const parsing = await networks.parse(picture, face);
  const segments = segmentPortrait(picture, parsing, await networks.matte(picture, face));
  const planes = SEGMENT_NAMES.map((name) => segments[name].data);
  const found = truth.map((_, i): SegmentName => {
    let best = 0;
    for (let k = 1; k < planes.length; k++) if (planes[k][i] > planes[best][i]) best = k;
    return SEGMENT_NAMES[best];
  });
  return scoreLabels(found, truth, picture.width);
}
