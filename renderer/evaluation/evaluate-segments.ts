/** `limner evaluate segments`: how well hair, skin, clothes and person are told apart, against labelled faces. */
import { basename, join } from 'node:path';
import { type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import type { Device } from '../../models/runtime/index.ts';
import { SEGMENT_NAMES, type SegmentName, segmentPortrait } from '../../models/segment/segments.ts';
import { listPictures } from '../core/pictures/list-pictures.ts';
import { readPicture } from '../core/pictures/read-picture.ts';
import { readFaceLabels } from './face-labels.ts';

export interface SegmentEvaluationOptions {
  /** A folder with images/ and, under the same names as PNG, labels/ in the colours of CelebAMask-HQ. */
  readonly data: string;
  readonly every: number;
  readonly device?: Device;
  readonly signal: AbortSignal;
  /** Called after each picture. */
  readonly onProgress?: (done: number, total: number) => void;
}

export const SEGMENT_CLASSES = ['hair', 'skin', 'clothes', 'person'] as const;
export type SegmentClass = (typeof SEGMENT_CLASSES)[number];

export interface SegmentReport {
  readonly count: number;
  /** Pictures in which no face was found. */
  readonly skipped: readonly string[];
  /** Mean over the faces that show the class of intersection over union. */
  readonly iou: Readonly<Record<SegmentClass, number>>;
}

/** A class on a smaller share of the picture than this is not shown, or only by a slip of the label. */
const LEAST_SHARE = 0.005;

/** @throws NOT_FOUND, NO_PICTURES, and what reading a picture throws; the signal's reason */
export async function evaluateSegments(options: SegmentEvaluationOptions): Promise<SegmentReport> {
  const images = (await listPictures(join(options.data, 'images'))).filter((_, i) => i % options.every === 0);
  const networks = await loadFaceNetworks({ device: options.device });
  const scores: Partial<Record<SegmentClass, number>>[] = [];
  const skipped: string[] = [];
  try {
    for (const [i, image] of images.entries()) {
      options.signal.throwIfAborted();
      const name = basename(image).replace(/\.\w+$/, '');
      const score = await scoreFace(image, join(options.data, 'labels', `${name}.png`), networks);
      if (score) scores.push(score);
      else skipped.push(name);
      options.onProgress?.(i + 1, images.length);
    }
  } finally {
    await networks.release();
  }
  const mean = (name: SegmentClass) => {
    const known = scores.flatMap((score) => score[name] ?? []);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const iou = { hair: mean('hair'), skin: mean('skin'), clothes: mean('clothes'), person: mean('person') };
  return { count: scores.length, skipped, iou };
}

export function describeSegments({ count, skipped, iou }: SegmentReport): string {
  const rows = SEGMENT_CLASSES.map((name) => `${name.padEnd(12)}  ${iou[name].toFixed(3)}`);
  const missed = skipped.length > 0 ? `; no face found in ${skipped.length}` : '';
  return [`intersection over union, ${count} faces${missed}`, ...rows].join('\n');
}

/** Null when no face is found. */
async function scoreFace(image: string, labels: string, networks: FaceNetworks) {
  const picture = await readPicture(image);
  const truth = readFaceLabels(await readPicture(labels));
  const [face] = await networks.findFaces(picture);
  if (!face) return null;
  const segments = segmentPortrait(picture, face.landmarks, await networks.matte(picture, face));
  const planes = SEGMENT_NAMES.map((name) => segments[name].data);
  const found = truth.map((_, i): SegmentName => {
    let best = 0;
    for (let k = 1; k < planes.length; k++) if (planes[k][i] > planes[best][i]) best = k;
    return SEGMENT_NAMES[best];
  });
  return scoreLabels(found, truth);
}

/** Intersection over union of each class that the truth shows; pixels of unknown truth do not count. */
export function scoreLabels(
  found: readonly SegmentName[],
  truth: readonly (SegmentName | undefined)[],
): Partial<Record<SegmentClass, number>> {
  return Object.fromEntries(
    SEGMENT_CLASSES.flatMap((name) => {
      const isShown = (segment: SegmentName) =>
        name === 'person' ? segment !== 'background' : segment === name;
      let [both, either, shown] = [0, 0, 0];
      truth.forEach((segment, i) => {
        if (!segment) return;
        const [a, b] = [isShown(found[i]), isShown(segment)];
        if (a && b) both++;
        if (a || b) either++;
        if (b) shown++;
      });
      return shown > LEAST_SHARE * truth.length ? [[name, both / either]] : [];
    }),
  );
}
