/**
 * Painted pictures on disk until all are there: a run that was killed goes on with them, and memory does not grow with
 * their number.
 */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { LimnerError } from '../../../models/errors.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { notWritable } from '../files/make-folder.ts';
import { refuseOthers, removeOwn } from './own-folder.ts';

/** A painted picture: where it lies, and its times as in `TimedPicture`. */
export interface StoredFrame {
  readonly file: string;
  readonly at: number;
  readonly lasts: number | null;
  /** Whether anything of it is transparent. */
  readonly hasAlpha: boolean;
}

/** Fast rather than small: they are read once. */
const EFFORT = { compressionLevel: 1 };
/** Which pictures there are, and what painting goes on from. */
export const JOURNAL = 'frames.json';
export const MEMORY = 'memory.bin';
/** All that a store writes; a file is a `.part` until it is whole. */
const OWN = /^(\d{6,}\.png|frames\.json|memory\.bin)(\.part)?$/;
/** What a run leaves that was killed before it had a journal. */
const BEGUN = /\.part$/;

export class FrameStore {
  readonly folder: string;
  readonly #key: string;
  readonly frames: StoredFrame[];

  private constructor(folder: string, key: string, frames: StoredFrame[]) {
    this.folder = folder;
    this.#key = key;
    this.frames = frames;
  }

  /**
   * @param key of input and settings: pictures that were painted otherwise are thrown away
   * @throws NOT_EMPTY for a folder that no store has made, NOT_WRITABLE
   */
  static async open(folder: string, key: string): Promise<FrameStore> {
    try {
      const journal = await readJournal(folder);
      if (!journal) await refuseOthers(folder, BEGUN);
      if (journal?.key !== key) await removeOwn(folder, OWN);
      await mkdir(folder, { recursive: true });
      const there = new Set(await readdir(folder));
      const frames = journal?.key === key ? journal.frames : [];
      const whole = frames.findIndex(({ file }) => !there.has(file));
      const store = new FrameStore(folder, key, whole < 0 ? frames : frames.slice(0, whole));
      await store.#writeJournal();
      return store;
    } catch (cause) {
      throw cause instanceof LimnerError ? cause : notWritable(folder, cause);
    }
  }

  async add(picture: Picture, at: number, lasts: number | null): Promise<void> {
    const file = `${String(this.frames.length + 1).padStart(6, '0')}.png`;
    await this.#write(file, await rawPicture(picture).png(EFFORT).toBuffer());
    this.frames.push({ file, at, lasts, hasAlpha: !isOpaque(picture) });
    await this.#writeJournal();
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
    await removeOwn(this.folder, OWN);
  }

  async #writeJournal(): Promise<void> {
    const journal: Journal = { key: this.#key, frames: this.frames };
    await this.#write(JOURNAL, Buffer.from(JSON.stringify(journal)));
  }

  async #write(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.folder, name);
    try {
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path);
    } catch (cause) {
      throw notWritable(path, cause);
    }
  }
}

function isOpaque({ data }: Picture): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] < 255) return false;
  return true;
}

interface Journal {
  readonly key: string;
  readonly frames: StoredFrame[];
}

/** Null where there is none, or another program's. */
async function readJournal(folder: string): Promise<Journal | null> {
  try {
    const { key, frames } = JSON.parse(await readFile(join(folder, JOURNAL), 'utf8')) as Partial<Journal>;
    return typeof key === 'string' && Array.isArray(frames) ? { key, frames } : null;
  } catch {
    return null;
  }
}

export const rawPicture = ({ width, height, data }: Picture) =>
  sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });
