/** Labelled portraits: NAME.jpg beside label pictures NAME.png, whose samples are indices into PARSING_CLASSES. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import { UNKNOWN } from '../../../models/face/parsing-classes.ts';
import { readLabelMap } from '../../labels/label-map.ts';
import { readPicture } from '../pictures.ts';
import type { Sitter } from './place-scene.ts';

/** Labels of one origin. */
export interface LabelSource {
  readonly folder: string;
  /** 0..1: how much a sample counts at a border of two classes, and inside. */
  readonly atBorder: number;
  readonly inside: number;
}

/** px from a border over which the trust rises. */
const BORDER = 6;

/** The portraits that any of the sources labels; the first source that does counts. */
export async function loadSitters(
  files: readonly string[],
  sources: readonly LabelSource[],
  cache: string,
): Promise<Sitter[]> {
  const landmarksOf = await openLandmarks(join(cache, 'landmarks'));
  const sitters: Sitter[] = [];
  for (const file of files) {
    const name = basename(file).replace(/\.\w+$/, '');
    const source = sources.find(({ folder }) => existsSync(join(folder, `${name}.png`)));
    if (!source) continue;
    const picture = await readPicture(file);
    const landmarks = await landmarksOf.find(name, picture);
    const { width, height, data: labels } = await readLabelMap(join(source.folder, `${name}.png`));
    if (width !== picture.width || height !== picture.height)
      throw new RangeError(
        `${name}: labels of ${width}×${height} px for ${picture.width}×${picture.height}.`,
      );
    if (landmarks) sitters.push({ name, picture, landmarks, labels, trust: trustOf(labels, width, source) });
  }
  await landmarksOf.release();
  return sitters;
}

function trustOf(labels: Uint8Array, width: number, { atBorder, inside }: LabelSource): Uint8Array {
  const height = labels.length / width;
  const distance = new Float32Array(labels.length).fill(BORDER);
  const relax = (i: number, j: number) => {
    if (labels[i] !== labels[j]) distance[i] = Math.min(distance[i], 0.5);
    else distance[i] = Math.min(distance[i], distance[j] + 1);
  };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (x > 0) relax(y * width + x, y * width + x - 1);
      if (y > 0) relax(y * width + x, (y - 1) * width + x);
    }
  for (let y = height - 1; y >= 0; y--)
    for (let x = width - 1; x >= 0; x--) {
      if (x < width - 1) relax(y * width + x, y * width + x + 1);
      if (y < height - 1) relax(y * width + x, (y + 1) * width + x);
    }
  return Uint8Array.from(distance, (d, i) =>
    labels[i] === UNKNOWN ? 0 : Math.round(255 * (atBorder + ((inside - atBorder) * d) / BORDER)),
  );
}

/** Meshes are found once and kept, as [468 · 3] float32. */
async function openLandmarks(folder: string) {
  mkdirSync(folder, { recursive: true });
  let networks: FaceNetworks | undefined;
  return {
    async find(name: string, picture: Sitter['picture']): Promise<Float32Array | null> {
      const file = join(folder, `${name}.f32`);
      if (existsSync(file)) {
        const bytes = new Uint8Array(readFileSync(file));
        return bytes.length > 0 ? new Float32Array(bytes.buffer) : null;
      }
      networks ??= await loadFaceNetworks({ device: 'cpu' });
      const [face] = await networks.findFaces(picture);
      writeFileSync(
        file,
        face
          ? new Uint8Array(face.landmarks.buffer, face.landmarks.byteOffset, face.landmarks.byteLength)
          : '',
      );
      return face?.landmarks ?? null;
    },
    release: async () => networks?.release(),
  };
}
