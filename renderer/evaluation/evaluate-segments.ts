/** `limner evaluate segments`: how well hair, skin, clothes and person are told apart, against labelled faces. */
import { basename, join } from 'node:path';
import { type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import type { Device } from '../../models/runtime/index.ts';
import { SEGMENT_NAMES, type SegmentName, segmentPortrait } from '../../models/segment/segments.ts';
import { listPictures } from '../core/pictures/list-pictures.ts';
import { readPicture } from '../core/pictures/read-picture.ts';
import { readFaceLabels } from './face-labels.ts';
import { SEGMENT_CLASSES, type SegmentClass, type SegmentScore, scoreLabels } from './segment-scores.ts';

export interface SegmentEvaluationOptions {
  /** A folder with images/ and, under the same names as PNG, labels/: see `readFaceLabels`. */
  readonly data: string;
  readonly every: number;
  readonly device?: Device;
  readonly signal: AbortSignal;
  /** Called after each picture. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SegmentReport {
  readonly count: number;
  /** Pictures in which no face was found. */
  readonly skipped: readonly string[];
  /** Means over the faces that show the class. */
  readonly iou: Readonly<Record<SegmentClass, number>>;
  readonly boundary: Readonly<Record<SegmentClass, number>>;
  /** Intersection over union of each face, by name: where to look first. */
  readonly faces: Readonly<Record<string, Partial<Record<SegmentClass, number>>>>;
}

/** @throws NOT_FOUND, NO_PICTURES, and what reading a picture throws; the signal's reason */
export async function evaluateSegments(options: SegmentEvaluationOptions): Promise<SegmentReport> {
  const images = (await listPictures(join(options.data, 'images'))).filter((_, i) => i % options.every === 0);
  const networks = await loadFaceNetworks({ device: options.device });
  const scores = new Map<string, Partial<Record<SegmentClass, SegmentScore>>>();
  const skipped: string[] = [];
  try {
    for (const [i, image] of images.entries()) {
      options.signal.throwIfAborted();
      const name = basename(image).replace(/\.\w+$/, '');
      const score = await scoreFace(image, join(options.data, 'labels', `${name}.png`), networks);
      if (score) scores.set(name, score);
      else skipped.push(name);
      options.onProgress?.(i + 1, images.length);
    }
  } finally {
    await networks.release();
  }
  const means = (measure: keyof SegmentScore) => {
    const mean = (name: SegmentClass) => {
      const known = [...scores.values()].flatMap((score) => score[name]?.[measure] ?? []);
      return known.reduce((sum, value) => sum + value, 0) / known.length;
    };
    return { hair: mean('hair'), skin: mean('skin'), clothes: mean('clothes'), person: mean('person') };
  };
  const faces = Object.fromEntries(
    [...scores].map(([name, score]) => [
      name,
      Object.fromEntries(SEGMENT_CLASSES.flatMap((key) => (score[key] ? [[key, score[key].iou]] : []))),
    ]),
  );
  return { count: scores.size, skipped, iou: means('iou'), boundary: means('boundary'), faces };
}

export function describeSegments({ count, skipped, iou, boundary }: SegmentReport): string {
  const rows = SEGMENT_CLASSES.map(
    (name) => `${name.padEnd(12)}  ${iou[name].toFixed(3)}  ${boundary[name].toFixed(3)}`,
  );
  const missed = skipped.length > 0 ? `; no face found in ${skipped.length}` : '';
  const head = `${count} faces${missed}\n${'class'.padEnd(12)}  IoU    borders (F-measure)`;
  return [head, ...rows].join('\n');
}

/** Null when no face is found. */
async function scoreFace(image: string, labels: string, networks: FaceNetworks) {
  const picture = await readPicture(image);
  const truth = readFaceLabels(await readPicture(labels));
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
