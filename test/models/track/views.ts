/** Made-up sequences: a still seen by a camera that moves, and people who walk before a wall. */
import sharp from 'sharp';
import { Sampler, type Square } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { toPicture } from '../face/pictures.ts';

/** What a square of a picture shows, at `side` px; `light` multiplies it. */
export function viewOf(picture: Picture, square: Square, side: number, light = 1): Picture {
  const { data } = new Sampler(picture).sample(square, side, { scale: light, offset: 0 }, 'edge');
  const area = side * side;
  const rgba = new Uint8ClampedArray(4 * area);
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = data[c * area + i];
    rgba[4 * i + 3] = 255;
  }
  return { width: side, height: side, data: rgba };
}

/** Where a square of the picture is in a view of it. */
export function inView(square: Square, view: Square, side: number): Square {
  const [dx, dy] = [square.x - view.x, square.y - view.y];
  const [cos, sin, scale] = [Math.cos(view.angle), Math.sin(view.angle), side / view.size];
  return {
    x: side / 2 + scale * (dx * cos + dy * sin),
    y: side / 2 + scale * (dy * cos - dx * sin),
    size: square.size * scale,
    angle: square.angle - view.angle,
  };
}

export interface Walker {
  /** A portrait of some size. */
  readonly portrait: Buffer;
  readonly left: number;
}

const WALL = { width: 480, height: 240, channels: 3 as const, background: '#8a8f98' };
export const PORTRAIT_SIDE = 180;

export const portraitOf = (path: string): Promise<Buffer> =>
  sharp(path).resize(PORTRAIT_SIDE, PORTRAIT_SIDE, { fit: 'cover', position: 'top' }).png().toBuffer();

/** People before a wall of 480×240, later ones in front; who is outside is not drawn. */
export async function wallWith(walkers: readonly Walker[]): Promise<Picture> {
  const layers = await Promise.all(
    walkers
      .filter(({ left }) => left > -PORTRAIT_SIDE && left < WALL.width)
      .map(async ({ portrait, left }) => {
        const from = Math.max(0, -left);
        const width = Math.min(PORTRAIT_SIDE, WALL.width - left) - from;
        const part = sharp(portrait).extract({ left: from, top: 0, width, height: PORTRAIT_SIDE });
        return { input: await part.png().toBuffer(), left: left + from, top: 40 };
      }),
  );
  const image = await sharp({ create: WALL }).composite(layers).png().toBuffer();
  return toPicture(sharp(image));
}
