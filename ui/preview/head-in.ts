import type { Face } from '../../models/face/index.ts';
import type { Picture } from '../../models/image/picture.ts';
import { turnRect } from '../../models/image/turn.ts';
import type { Part } from '../pictures/decode-picture.ts';

/** Width of a head with its hair and some shoulder, in widths of the face. */
const AROUND = 2.3;
/** Height over width of what is shown. */
const ASPECT = 4 / 3;
/** A part this large (share of the picture's area) is not worth coming nearer. */
const MOST = 0.6;

/**
 * The part of a picture (shares) with a face's head; null where that is most of it.
 * @param picture upright
 * @param quarters by which it was turned clockwise for that; the part is one of the picture before
 */
export function headIn(
  picture: Pick<Picture, 'width' | 'height'>,
  { box }: Pick<Face, 'box'>,
  quarters = 0,
): Part | null {
  const width = Math.min(1, (AROUND * box.width) / picture.width);
  const height = Math.min(1, (ASPECT * AROUND * box.width) / picture.height);
  if (width * height > MOST) return null;
  const x = (box.x + box.width / 2) / picture.width - width / 2;
  // A face's box ends at the brows: the hair above it needs room, too.
  const y = (box.y + 0.4 * box.height) / picture.height - height / 2;
  const part = { x: within(x, width), y: within(y, height), width, height };
  return turnRect(part, -quarters, { width: 1, height: 1 });
}

const within = (start: number, length: number) => Math.min(1 - length, Math.max(0, start));
