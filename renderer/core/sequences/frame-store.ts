/**
 * Painted pictures on disk until all are there: a run that was killed goes on with them, and memory does not grow with
 * their number.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Picture } from '../../../models/image/picture.ts';

/** A painted picture: where it lies, and its times as in `TimedPicture`. */
export interface StoredFrame {
  readonly file: string;
  readonly at: number;
  readonly lasts: number | null;
}

/** Fast rather than small: they are read once. */
const EFFORT = { compressionLevel: 1 };
/** Which pictures there are, and what painting goes on from. */
export const JOURNAL = 'frames.json';
export const MEMORY = 'memory.bin';

export class FrameStore {
  readonly folder: string;
  readonly #key: string;
  readonly frames: StoredFrame[];

  private constructor(folder: string, key: string, frames: StoredFrame[]) {
    this.folder = folder;
    this.#key = key;
    this.frames = frames;
  }

  /** @param key of input and settings: pictures that were painted otherwise are thrown away */
  static async open(folder: string, key: string): Promise<FrameStore> {
    const journal = await readFile(join(folder, JOURNAL), 'utf8').then(
      (text) => JSON.parse(text) as { key: string; frames: StoredFrame[] },
      () => null,
    );
    if (journal?.key !== key) await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const there = new Set(await readdir(folder));
    const frames = journal?.key === key ? journal.frames : [];
    const whole = frames.findIndex(({ file }) => !there.has(file));
    return new FrameStore(folder, key, whole < 0 ? frames : frames.slice(0, whole));
  }

  async add(picture: Picture, at: number, lasts: number | null): Promise<void> {
    const file = `${String(this.frames.length + 1).padStart(6, '0')}.png`;
    await this.#write(file, await rawPicture(picture).png(EFFORT).toBuffer());
    this.frames.push({ file, at, lasts });
    const journal = JSON.stringify({ key: this.#key, frames: this.frames });
    await this.#write(JOURNAL, Buffer.from(journal));
  }

  /** Drops all from the n-th on. */
  cut(length: number): void {
    this.frames.length = Math.min(length, this.frames.length);
  }

  async read({ file }: StoredFrame): Promise<Picture> {
    const { data, info } = await sharp(join(this.folder, file))
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
  }

  /** Something else to go on with, whole or not there. */
  async keep(name: string, bytes: Uint8Array): Promise<void> {
    await this.#write(name, bytes);
  }

  async kept(name: string): Promise<Uint8Array | null> {
    return readFile(join(this.folder, name)).catch(() => null);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async #write(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.folder, name);
    await writeFile(`${path}.part`, bytes);
    await rename(`${path}.part`, path);
  }
}

export const rawPicture = ({ width, height, data }: Picture) =>
  sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });
