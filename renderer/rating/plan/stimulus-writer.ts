/** Pictures as they are shown: of one size, without a name or metadata that would tell where they are from. */
import { join } from 'node:path';
import sharp from 'sharp';
import { LimnerError } from '../../../models/errors.ts';
import { cropPicture } from '../../../models/image/crop.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { saveFile } from '../../core/files/save-file.ts';
import { encodePicture } from '../../core/pictures/encode-picture.ts';
import { sha256 } from '../../provenance/origin.ts';
import type { Stimulus } from './plan.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Origin {
  readonly item: string;
  readonly condition: string;
  /** Path of the file that it is made from. */
  readonly source: string;
}

export class StimulusWriter {
  readonly stimuli: Stimulus[] = [];
  readonly #folder: string;
  readonly #seed: number;

  constructor(folder: string, seed: number) {
    this.#folder = folder;
    this.#seed = seed;
  }

  /** @returns its opaque name */
  async addPicture(origin: Origin, picture: Picture): Promise<string> {
    return this.#add(origin, picture, 'png', await encodePicture(picture, 'png'));
  }

  /** A GIF or WebP of several frames as lossless WebP, repeated for ever. */
  async addSequence(origin: Origin, { size, bytes }: Sequence): Promise<string> {
    const webp = await sharp(bytes, { animated: true })
      .webp({ lossless: true, effort: 1, loop: 0 })
      .toBuffer();
    return this.#add(origin, size, 'webp', webp);
  }

  async #add(
    { item, condition, source }: Origin,
    { width, height }: Size,
    ending: string,
    bytes: Uint8Array,
  ): Promise<string> {
    const id = sha256(JSON.stringify([this.#seed, item, condition])).slice(0, 16);
    const file = `pictures/${id}.${ending}`;
    await saveFile(join(this.#folder, file), bytes);
    const ofSource = sha256(await readFileBytes(source));
    this.stimuli.push({
      id,
      file,
      sha256: sha256(bytes),
      width,
      height,
      item,
      condition,
      source: ofSource,
    });
    return id;
  }
}

export interface Sequence {
  readonly size: Size;
  readonly frames: number;
  readonly bytes: Uint8Array;
}

/** @returns null for a file with one frame. @throws as `readFileBytes`; CORRUPT_PICTURE */
export async function readSequence(path: string): Promise<Sequence | null> {
  const bytes = await readFileBytes(path);
  try {
    const { width, height, pageHeight = height, pages = 1 } = await sharp(bytes).metadata();
    return pages > 1 ? { size: { width, height: pageHeight }, frames: pages, bytes } : null;
  } catch (cause) {
    throw new LimnerError('CORRUPT_PICTURE', `${path} is damaged and cannot be decoded.`, { cause });
  }
}

/** The middle of a picture, at most `edge` pixels wide and high. */
export function cropMiddle(picture: Picture, edge: number): Picture {
  const [width, height] = [Math.min(edge, picture.width), Math.min(edge, picture.height)];
  const x = Math.floor((picture.width - width) / 2);
  const y = Math.floor((picture.height - height) / 2);
  return cropPicture(picture, { x, y, width, height });
}
