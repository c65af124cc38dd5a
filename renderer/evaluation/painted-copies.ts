/** Labelled faces painted by the product: where things are stays, so the labels of the photograph are those of the painting. */
import { stat } from 'node:fs/promises';
import { LimnerError } from '../../models/errors.ts';
import type { FaceNetworks } from '../../models/face/index.ts';
import type { Picture } from '../../models/image/picture.ts';
import { resizePicture } from '../../models/image/resize.ts';
import { checkResult } from '../../models/stylize/check-result.ts';
import { type PreparedStyle, prepareStyle, stylize } from '../../models/stylize/stylize.ts';
import { listPictures } from '../core/pictures/list-pictures.ts';
import { readPicture } from '../core/pictures/read-picture.ts';
import { bareName, type LabelledFace, type LabelledFile, readLabelled } from './labelled-faces.ts';

/** px: the longest side at which a draft is painted, as previews are. */
const EDGE = 384;

/** Pictures, and those of folders. @throws NOT_FOUND, NO_PICTURES */
export async function listReferences(paths: readonly string[]): Promise<readonly string[]> {
  const isFolder = async (path: string) => (await stat(path).catch(() => null))?.isDirectory() ?? false;
  const listed = paths.map(async (path) => ((await isFolder(path)) ? listPictures(path) : [path]));
  return (await Promise.all(listed)).flat();
}

/**
 * Each face in one of the references in turn, one reference after the other, since each is prepared but once.
 * @returns null for a face that is not found
 * @throws NO_FACE_IN_STYLE, and what reading a picture throws
 */
export async function* paintCopies(
  files: readonly LabelledFile[],
  references: readonly string[],
  networks: FaceNetworks,
): AsyncGenerator<{ readonly file: LabelledFile; readonly face: LabelledFace | null }> {
  for (const [r, reference] of references.entries()) {
    const own = files.filter((_, i) => i % references.length === r);
    if (own.length === 0) continue;
    const style = await prepareStyle(await readPicture(reference), networks);
    for (const file of own) {
      const face = await readLabelled(file);
      const picture = await paint(face.picture, style, networks);
      yield { file, face: picture && { ...face, picture, medium: bareName(reference) } };
    }
  }
}

/** A draft of the portrait's size; null where no face is found. */
async function paint(
  portrait: Picture,
  style: PreparedStyle,
  networks: FaceNetworks,
): Promise<Picture | null> {
  const { width, height } = portrait;
  const scale = Math.min(1, EDGE / Math.max(width, height));
  const small = resizePicture(portrait, Math.round(width * scale), Math.round(height * scale));
  try {
    const { picture } = await stylize(small, style, networks, { quality: 'draft', faces: 'largest' });
    checkResult(picture, small.width, small.height);
    return resizePicture(picture, width, height);
  } catch (error) {
    if (error instanceof LimnerError && error.code === 'NO_FACE') return null;
    throw error;
  }
}
