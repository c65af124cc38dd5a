/** Pictures of faces whose pixels somebody labelled: a folder with images/ and, under the same names as PNG, labels/. */
import { basename, join } from 'node:path';
import type { Picture } from '../../models/image/picture.ts';
import type { SegmentName } from '../../models/segment/segments.ts';
import { listPictures } from '../core/pictures/list-pictures.ts';
import { readPicture } from '../core/pictures/read-picture.ts';
import { readFaceLabels } from './face-labels.ts';

/** Where they lie. */
export interface LabelledFile {
  readonly name: string;
  readonly image: string;
  readonly labels: string;
}

export interface LabelledFace {
  readonly name: string;
  readonly picture: Picture;
  /** The segment of each pixel; undefined where nobody knows. */
  readonly truth: readonly (SegmentName | undefined)[];
  /** The name of the reference that it is painted in; undefined for the picture as it is. */
  readonly medium?: string;
}

/** @param every n: every n-th only @throws NOT_FOUND, NO_PICTURES */
export async function listLabelled(data: string, every: number): Promise<readonly LabelledFile[]> {
  const images = (await listPictures(join(data, 'images'))).filter((_, i) => i % every === 0);
  return images.map((image) => {
    const name = bareName(image);
    return { name, image, labels: join(data, 'labels', `${name}.png`) };
  });
}

/** @throws what reading a picture throws */
export async function readLabelled({ name, image, labels }: LabelledFile): Promise<LabelledFace> {
  return { name, picture: await readPicture(image), truth: readFaceLabels(await readPicture(labels)) };
}

/** The name of a file without folder and ending. */
export const bareName = (path: string): string => basename(path).replace(/\.\w+$/, '');
