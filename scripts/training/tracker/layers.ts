/**
 * What the tracker's training scenes are made of, prepared once and packed into files: heads cut out by the matte, and
 * backdrops. All are RGBA of the same size, with halved copies for reduction without aliasing.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faceSquare, loadFaceNetworks, type Square } from '../../../models/face/index.ts';
import { Sampler } from '../../../models/face/sampler.ts';
import type { Picture, Plane } from '../../../models/image/picture.ts';
import { readPicture } from '../pictures.ts';
import { uniformNumbers } from '../random.ts';

/** Edge (px) of a layer; a head's face square is a third of it. */
export const LAYER_SIDE = 192;
export const FACE_SIDE = LAYER_SIDE / 3;
const BYTES = 4 * LAYER_SIDE ** 2;
const CROPS_PER_PHOTOGRAPH = 12;
const RANGE = { scale: 1, offset: 0 };

/** A picture of `LAYER_SIDE`, then of half the side, and so on. */
export type Layer = readonly Picture[];

/** Heads of portraits, face upright and in the middle; alpha is the person. Portraits without a face are left out. */
export async function loadHeads(files: readonly string[], cache: string): Promise<Layer[]> {
  return load('heads', files, cache, async () => {
    const networks = await loadFaceNetworks({ device: 'cpu' });
    const heads: Uint8Array[] = [];
    for (const [i, file] of files.entries()) {
      if (i % 25 === 0) process.stderr.write(`\rcutting out heads: ${i + 1} of ${files.length} pictures`);
      const picture = await readPicture(file);
      const [face] = await networks.findFaces(picture);
      if (!face) continue;
      const matte = await networks.matte(picture, face);
      const square = faceSquare(face.landmarks);
      heads.push(cutOut(picture, matte, { ...square, size: 3 * square.size }));
    }
    process.stderr.write('\n');
    await networks.release();
    return heads;
  });
}

/** Squares of photographs, from the whole height down to a fifth of it. */
export async function loadBackdrops(files: readonly string[], cache: string): Promise<Layer[]> {
  return load('backdrops', files, cache, async () => {
    const random = uniformNumbers(1);
    const backdrops: Uint8Array[] = [];
    for (const file of files) {
      const picture = await readPicture(file);
      for (let i = 0; i < CROPS_PER_PHOTOGRAPH; i++) {
        const size = Math.min(picture.width, picture.height) * (0.2 + 0.8 * random());
        const [x, y] = [picture.width, picture.height].map((length) => size / 2 + random() * (length - size));
        backdrops.push(cutOut(picture, undefined, { x, y, size, angle: 0 }));
      }
    }
    return backdrops;
  });
}

async function load(
  kind: string,
  files: readonly string[],
  cache: string,
  make: () => Promise<Uint8Array[]>,
): Promise<Layer[]> {
  const key = createHash('sha256')
    .update(JSON.stringify([files, 1]))
    .digest('hex')
    .slice(0, 12);
  const file = join(cache, `${kind}-${key}.rgba`);
  if (!existsSync(file)) {
    const partial = `${file}.${process.pid}`;
    mkdirSync(cache, { recursive: true });
    writeFileSync(partial, Buffer.concat(await make()));
    rmSync(file, { force: true });
    renameSync(partial, file);
  }
  const all = readFileSync(file);
  return Array.from({ length: all.length / BYTES }, (_, i) =>
    layerOf(new Uint8ClampedArray(all.buffer, all.byteOffset + i * BYTES, BYTES)),
  );
}

function cutOut(picture: Picture, matte: Plane | undefined, square: Square): Uint8Array {
  const rgb = new Sampler(picture).sample(square, LAYER_SIDE, RANGE, 'edge').data;
  const alpha = matte && new Sampler(grey(matte)).sample(square, LAYER_SIDE, RANGE, 'edge').data;
  const area = LAYER_SIDE ** 2;
  const out = new Uint8Array(BYTES);
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) out[4 * i + c] = Math.round(rgb[c * area + i]);
    out[4 * i + 3] = alpha ? Math.round(alpha[i]) : 255;
  }
  return out;
}

function grey({ width, height, data }: Plane): Picture {
  const rgba = new Uint8ClampedArray(4 * data.length);
  for (let i = 0; i < data.length; i++) {
    rgba.fill(255 * data[i], 4 * i, 4 * i + 3);
    rgba[4 * i + 3] = 255;
  }
  return { width, height, data: rgba };
}

export function layerOf(data: Uint8ClampedArray): Layer {
  const levels: Picture[] = [{ width: LAYER_SIDE, height: LAYER_SIDE, data }];
  while (levels.length < 3) levels.push(halved(levels[levels.length - 1]));
  return levels;
}

/** Means of 2×2 pixels. */
function halved({ width, data }: Picture): Picture {
  const side = width / 2;
  const half = new Uint8ClampedArray(4 * side * side);
  for (let y = 0, to = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const from = 4 * (2 * y * width + 2 * x);
      for (let c = 0; c < 4; c++, to++) {
        const i = from + c;
        half[to] = (data[i] + data[i + 4] + data[i + 4 * width] + data[i + 4 * width + 4] + 2) >> 2;
      }
    }
  }
  return { width: side, height: side, data: half };
}
