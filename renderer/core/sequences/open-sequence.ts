import { stat } from 'node:fs/promises';
import { LimnerError } from '../../../models/errors.ts';
import { readFileBytes, readHead } from '../files/read-file.ts';
import { sniffFormat } from '../pictures/sniff-format.ts';
import { refuseMore } from './limit-part.ts';
import { mayBeAnimation, openAnimation } from './read-animation.ts';
import { openSeries } from './read-series.ts';
import { openVideo } from './read-video.ts';
import type { Sequence, SequenceLimits, SequencePart } from './sequence.ts';

/**
 * A folder of pictures, a GIF or animated WebP, or a video. What it is, is told from its first bytes.
 * @throws NOT_FOUND, EMPTY_FILE, NO_FRAMES for a still, TOO_MANY_FRAMES and all that opening each kind throws
 */
export async function openSequence(
  path: string,
  limits: SequenceLimits,
  part: SequencePart,
  name = path,
): Promise<Sequence> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new LimnerError('NOT_FOUND', `There is no file or folder ${name}.`);
  if (!found.isFile() && !found.isDirectory())
    throw new LimnerError('NOT_A_FILE', `${name} is neither a file nor a folder.`);
  const sequence = await openKind(path, name, found.isDirectory(), limits, part);
  const isPart = part.from !== undefined || part.to !== undefined || part.fps !== undefined;
  if (!isPart && sequence.count !== null) refuseMore(sequence.count, 0, limits, name);
  return sequence;
}

async function openKind(
  path: string,
  name: string,
  isFolder: boolean,
  { maxPixels }: SequenceLimits,
  part: SequencePart,
) {
  if (isFolder) return openSeries(path, maxPixels, part.fps);
  const head = await readHead(path).catch((cause) => {
    throw new LimnerError('NOT_READABLE', `${name} cannot be read.`, { cause });
  });
  if (head.length === 0) throw new LimnerError('EMPTY_FILE', `${name} is empty.`);
  if (mayBeAnimation(head)) return openAnimation(await readFileBytes(path), name, maxPixels);
  const still = sniffFormat(head);
  if (still)
    throw new LimnerError('NO_FRAMES', `${name} is a single picture (${still.toUpperCase()}).`, {
      hint: 'Use limner render, or a folder of such pictures; make a GIF or WebP of an animated PNG or AVIF first.',
    });
  return openVideo(path, maxPixels, part, name);
}
