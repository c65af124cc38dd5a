/** Sequences of the object tracking benchmark (Wu, Lim & Yang 2013): frames, and where the target is in each. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';
import type { Rect } from '../../../models/image/picture.ts';
import { listPictures } from '../../core/pictures/list-pictures.ts';

export interface TrackingSequence {
  /** Paths, in order. */
  readonly frames: readonly string[];
  /** One a frame. */
  readonly truth: readonly Rect[];
}

const TRUTH = 'groundtruth_rect.txt';

/**
 * The frames of a folder, or of its sub-folder `img`, by name, and the boxes in its `groundtruth_rect.txt`: a line a frame,
 * x, y, width and height separated by commas, spaces or tabs.
 * @throws NOT_FOUND, NO_PICTURES, BAD_GROUND_TRUTH
 */
export async function readTrackingSequence(folder: string): Promise<TrackingSequence> {
  const text = await readFile(join(folder, TRUTH), 'utf8').catch((cause: unknown) => {
    throw new LimnerError('NOT_FOUND', `There is no ${TRUTH} in ${folder}.`, { cause });
  });
  const truth = text.trim().split(/\r?\n/).map(parseBox);
  const frames = await listPictures(join(folder, 'img')).catch((error: unknown) => {
    if (error instanceof LimnerError && error.code === 'NOT_FOUND') return listPictures(folder);
    throw error;
  });
  if (frames.length !== truth.length)
    throw new LimnerError(
      'BAD_GROUND_TRUTH',
      `${folder} has ${frames.length} frames, but ${TRUTH} has ${truth.length} lines.`,
    );
  return { frames, truth };
}

function parseBox(line: string, index: number): Rect {
  const numbers = line
    .trim()
    .split(/[,\s]+/)
    .map(Number);
  const [x, y, width, height] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isFinite) || width <= 0 || height <= 0)
    throw new LimnerError('BAD_GROUND_TRUTH', `Line ${index + 1} of ${TRUTH} is no box: "${line}".`);
  return { x, y, width, height };
}
