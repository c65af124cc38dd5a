/** Painted pictures of a sequence in the storage, for the attempt that comes after a killed one. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { LimnerError } from '../../../models/errors.ts';
import type { FrameBackup } from '../../core/engine/paint-sequence.ts';
import { JOURNAL, MEMORY } from '../../core/sequences/frame-store.ts';
import type { KeptWork } from '../jobs/kept-work.ts';
import type { Storage } from '../storage/storage.ts';

/** What the pictures themselves do not tell. */
interface State {
  /** Names of the pictures. */
  readonly files: readonly string[];
  readonly journal: Uint8Array;
  readonly memory: Uint8Array;
}

/** States are written in turn: a process that is killed while it writes one leaves the other. */
const SLOTS = ['0.state', '1.state'];
/** Bytes of the SHA-256 before a state, by which half of one is told. */
const DIGEST = 32;

/** Keeping is no part of the work: a storage that fails costs no more than what a killed process would lose. */
export function backUpFrames(storage: Storage, { key, earlier }: KeptWork): FrameBackup {
  const stored = new Set<string>();
  let saves = 0;
  const put = (name: string, bytes: Uint8Array) => storage.put(`${key}/${name}`, bytes);
  return {
    async restore(folder) {
      for (const prefix of earlier) if (await restoreFrom(storage, prefix, folder)) return;
    },
    async save(folder) {
      try {
        const [journal, memory] = await Promise.all(
          [JOURNAL, MEMORY].map((name) => readFile(join(folder, name))),
        );
        const files = namesIn(journal);
        for (const file of files) {
          if (stored.has(file)) continue;
          await put(file, await readFile(join(folder, file)));
          stored.add(file);
        }
        await put(SLOTS[saves++ % SLOTS.length], seal(serialize({ files, journal, memory } satisfies State)));
      } catch (cause) {
        if (!(cause instanceof LimnerError && cause.code.startsWith('STORAGE_'))) throw cause;
      }
    },
  };
}

const namesIn = (journal: Uint8Array): string[] => {
  const { frames } = JSON.parse(Buffer.from(journal).toString()) as { frames: { file: string }[] };
  return frames.map(({ file }) => file);
};

/** @returns whether there was anything */
async function restoreFrom(storage: Storage, prefix: string, folder: string): Promise<boolean> {
  const states = await Promise.all(SLOTS.map((slot) => readState(storage, `${prefix}/${slot}`)));
  const state = states
    .filter((one) => one !== null)
    .reduce<State | null>((most, one) => (most && most.files.length >= one.files.length ? most : one), null);
  if (!state) return false;
  await mkdir(folder, { recursive: true });
  for (const file of state.files) {
    const bytes = await get(storage, `${prefix}/${file}`);
    if (!bytes) {
      await rm(folder, { recursive: true, force: true });
      return false;
    }
    await writeFile(join(folder, file), bytes);
  }
  await writeFile(join(folder, MEMORY), state.memory);
  await writeFile(join(folder, JOURNAL), state.journal);
  return true;
}

async function readState(storage: Storage, key: string): Promise<State | null> {
  const bytes = await get(storage, key);
  if (!bytes) return null;
  const body = bytes.subarray(DIGEST);
  return digest(body).equals(bytes.subarray(0, DIGEST)) ? (deserialize(body) as State) : null;
}

/** Null where it was deleted. */
const get = (storage: Storage, key: string): Promise<Uint8Array | null> =>
  storage.get(key).catch((cause) => {
    if (cause instanceof LimnerError && cause.code === 'PICTURE_GONE') return null;
    throw cause;
  });

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const seal = (body: Uint8Array): Uint8Array => Buffer.concat([digest(body), body]);
