import { LimnerError } from '../../models/errors.ts';
import type { Picture } from '../../models/image/picture.ts';
import { MAX_IMAGE_EDGE, type Tile } from '../../protocol/plugin-messages.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import { createContext, decodeBitmap, type Turn, turned } from './decode-picture.ts';

/** Pixels by which tiles overlap, so that no seam shows when the canvas is zoomed. */
const OVERLAP = 4;

export interface TiledPicture {
  readonly width: number;
  readonly height: number;
  /** PNG files no larger than Figma takes; see plugin-messages.ts for their order. */
  readonly tiles: Tile[];
}

export interface Watch {
  readonly signal?: AbortSignal;
  /** Called after each tile with the share that is done, 0..1. */
  readonly onProgress?: (share: number) => void;
}

/** @param turn degrees clockwise by which the picture was turned, which is undone */
export async function encodeTiles(picture: Picture, turn: Turn, watch: Watch = {}): Promise<TiledPicture> {
  const canvas = createContext(picture.width, picture.height);
  canvas.putImageData(new ImageData(picture.data.slice(), picture.width, picture.height), 0, 0);
  return cutTiles(canvas.canvas.transferToImageBitmap(), turn, watch);
}

/** A picture file as the plugin can place it: as it is where it is small enough. */
export async function fileToTiles(file: Bytes, turn: Turn): Promise<TiledPicture> {
  const bitmap = await decodeBitmap(file);
  const { width, height } = bitmap;
  if (turn !== 0 || Math.max(width, height) > MAX_IMAGE_EDGE) return cutTiles(bitmap, turn);
  bitmap.close();
  return { width, height, tiles: [{ x: 0, y: 0, width, height, bytes: file }] };
}

async function cutTiles(
  bitmap: ImageBitmap,
  turn: Turn,
  { signal, onProgress }: Watch = {},
): Promise<TiledPicture> {
  const { width, height } = turned(bitmap, turn);
  const tiles: Tile[] = [];
  const [rows, columns] = [starts(height), starts(width)];
  for (const y of rows) {
    for (const x of columns) {
      if (signal?.aborted) throw new LimnerError('CANCELLED', 'The render was cancelled.');
      const size = {
        width: Math.min(MAX_IMAGE_EDGE, width - x),
        height: Math.min(MAX_IMAGE_EDGE, height - y),
      };
      const context = createContext(size.width, size.height);
      context.translate(width / 2 - x, height / 2 - y);
      context.rotate((-turn * Math.PI) / 180);
      context.drawImage(bitmap, -bitmap.width / 2, -bitmap.height / 2);
      const file = await context.canvas.convertToBlob({ type: 'image/png' });
      tiles.push({ x, y, ...size, bytes: new Uint8Array(await file.arrayBuffer()) });
      onProgress?.(tiles.length / (rows.length * columns.length));
    }
  }
  bitmap.close();
  return { width, height, tiles };
}

function starts(length: number): number[] {
  const step = MAX_IMAGE_EDGE - OVERLAP;
  return Array.from(
    { length: 1 + Math.max(0, Math.ceil((length - MAX_IMAGE_EDGE) / step)) },
    (_, i) => i * step,
  );
}
