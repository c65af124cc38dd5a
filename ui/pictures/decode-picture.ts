/** Picture files to pixels and back, by the browser, upright and in sRGB. Runs in a worker. */
import { LimnerError } from '../../models/errors.ts';
import { bleedColours } from '../../models/image/bleed.ts';
import type { Picture } from '../../models/image/picture.ts';
import type { Bytes } from '../../protocol/portrait.ts';

/** Degrees clockwise. */
export type Turn = 0 | 90 | 180 | 270;

/** Shorter edges (px) cannot show a face. */
const SMALLEST_EDGE = 16;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** In shares of a picture's width and height. */
export interface Part extends Size {
  readonly x: number;
  readonly y: number;
}

const WHOLE: Part = { x: 0, y: 0, width: 1, height: 1 };

/**
 * @param turn by which the picture is turned once decoded
 * @param within a larger picture, or part, is shrunk to fit into so many pixels
 * @param part of the turned picture that is wanted
 * @throws CORRUPT_PICTURE, PICTURE_TOO_SMALL
 */
export async function decodePicture(
  file: Bytes,
  turn: Turn = 0,
  within?: Size,
  part: Part = WHOLE,
): Promise<Picture> {
  const whole = await decodeBitmap(file);
  const room = within && { width: within.width / part.width, height: within.height / part.height };
  const bitmap = room ? await shrinkBitmap(whole, turned(room, turn)) : whole;
  const size = turned(bitmap, turn);
  const [width, height] = [Math.round(size.width * part.width), Math.round(size.height * part.height)];
  if (Math.min(width, height) < SMALLEST_EDGE) {
    throw new LimnerError('PICTURE_TOO_SMALL', `The picture is only ${width}×${height} px.`);
  }
  const context = createContext(width, height);
  context.translate(
    size.width / 2 - Math.round(part.x * size.width),
    size.height / 2 - Math.round(part.y * size.height),
  );
  context.rotate((turn * Math.PI) / 180);
  context.drawImage(bitmap, -bitmap.width / 2, -bitmap.height / 2);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  // A canvas has black wherever nothing is visible.
  return bleedColours({ width, height, data });
}

/** A size once turned. */
export function turned({ width, height }: Size, turn: Turn): Size {
  return turn === 90 || turn === 270 ? { width: height, height: width } : { width, height };
}

export async function decodeBitmap(file: Bytes): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([file]));
  } catch (cause) {
    throw new LimnerError('CORRUPT_PICTURE', 'The picture cannot be read.', { cause });
  }
}

async function shrinkBitmap(bitmap: ImageBitmap, within: Size): Promise<ImageBitmap> {
  const scale = Math.min(within.width / bitmap.width, within.height / bitmap.height);
  if (scale >= 1) return bitmap;
  const small = await createImageBitmap(bitmap, {
    resizeWidth: Math.max(1, Math.round(bitmap.width * scale)),
    resizeHeight: Math.max(1, Math.round(bitmap.height * scale)),
    resizeQuality: 'high',
  });
  bitmap.close();
  return small;
}

export function createContext(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new LimnerError('DEVICE_UNAVAILABLE', 'The browser gives no canvas of this size.');
  return context;
}
