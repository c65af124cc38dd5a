/** A sequence from file to file: read, tracked, painted, kept on disk, written at the end. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { type ErrorCode, LimnerError } from '../../../models/errors.ts';
import type { FaceNetworks } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import {
  type PainterMemory,
  paintShots,
  type SequenceOptions,
  SequencePainter,
  trackSequence,
} from '../../../models/sequence/index.ts';
import type { PreparedStyle } from '../../../models/stylize/reference.ts';
import { withoutSlash } from '../files/file-name.ts';
import { FrameStore, MEMORY } from '../sequences/frame-store.ts';
import { limitPart } from '../sequences/limit-part.ts';
import { openSequence } from '../sequences/open-sequence.ts';
import { refuseOthers, SERIES } from '../sequences/own-folder.ts';
import type {
  Sequence,
  SequenceFormat,
  SequenceLimits,
  SequencePart,
  TimedPicture,
} from '../sequences/sequence.ts';
import { type FileOrigin, isVideo, sequenceFormat, writeSequence } from '../sequences/write-sequence.ts';
import { chooseEncoder } from '../sequences/write-video.ts';
import { VERSION } from '../version.ts';
import { createClock } from './sequence-clock.ts';

export interface SequenceTask {
  readonly input: string;
  /** What messages call the input; its path by default. */
  readonly name?: string;
  readonly output: string;
  readonly style: PreparedStyle;
  readonly networks: FaceNetworks;
  readonly options: Omit<SequenceOptions, 'signal'>;
  readonly limits: SequenceLimits;
  readonly part: SequencePart;
  /** How the result says how it was made: as a file, or as a series of pictures, whose bytes it makes. */
  readonly origin: {
    readonly file: (source: string, format: SequenceFormat, pixels: number) => FileOrigin;
    readonly seal: (picture: Picture, source: string) => Promise<Uint8Array>;
  };
  readonly backup?: FrameBackup;
  readonly signal?: AbortSignal;
  /** Called with the share done (0..1) and what is worked on. */
  readonly onProgress?: (share: number, stage: string) => void;
}

/** Keeps what is painted somewhere else, too, for a run that has not this one's disk. */
export interface FrameBackup {
  /** Puts there what an earlier run has left. */
  restore(folder: string): Promise<void>;
  /** Called when a folder has all that another run needs to go on. */
  save(folder: string): Promise<void>;
}

export interface SequenceReport {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly seconds: number;
  /** Pictures in which no face was found though the sequence shows one. */
  readonly lost: number;
  /** Pictures that an earlier run had painted. */
  readonly resumed: number;
  readonly warnings: readonly string[];
}

/** Most of the time (a share) that goes into keeping what a run that was killed needs to go on. */
const KEEPING = 0.05;
/** What is wrong with the input itself: no later run would go on from what was painted. */
const HOPELESS: ReadonlySet<string> = new Set<ErrorCode>([
  ...(['CORRUPT_PICTURE', 'TRUNCATED_PICTURE', 'SIZES_DIFFER'] as const),
  ...(['NO_FRAMES', 'NO_FACE', 'TOO_MANY_FRAMES'] as const),
]);
/** Share of the work that is painting; the rest is writing. */
const PAINTING = 0.95;

/**
 * @throws NO_FACE when no picture shows a face, NOT_EMPTY for a folder that has something else in it, CANCELLED, and all that opening and writing a sequence throw; what was
 * painted until then stays beside the output and is gone on with next time
 */
export async function paintSequenceFile(task: SequenceTask): Promise<SequenceReport> {
  const { input, output, limits, part, options, signal } = task;
  const format = sequenceFormat(output);
  const isCutOut = options.background === 'transparent';
  // Else it would be missed when all is painted.
  if (isVideo(format)) await chooseEncoder(format, isCutOut);
  if (format === 'png') await refuseOthers(output, SERIES);
  const sequence = await openSequence(input, limits, part, task.name);
  const source = await fingerprint(input, signal);
  const key = sha256(JSON.stringify([VERSION, source, part, options, sha256(task.style.reference.data)]));
  const folder = `${withoutSlash(output)}.frames`;
  await task.backup?.restore(folder);
  const store = await FrameStore.open(folder, key);
  const painted = await paintAll(task, sequence, store).catch(async (cause) => {
    if (cause instanceof LimnerError && HOPELESS.has(cause.code)) await store.remove();
    throw cause;
  });
  await writeSequence(output, store, {
    width: sequence.width,
    height: sequence.height,
    format,
    hasAlpha: isCutOut || store.frames.some((frame) => frame.hasAlpha),
    plays: sequence.plays,
    sound: sequence.sound && isVideo(format) ? { path: input, part, ...sequence.sound } : null,
    ...task.origin.file(source, format, sequence.width * sequence.height * store.frames.length),
    seal: (picture) => task.origin.seal(picture, source),
    signal,
    onProgress: (share) => task.onProgress?.(PAINTING + (1 - PAINTING) * share, 'writing'),
  });
  const last = store.frames[store.frames.length - 1];
  const report = {
    ...{ width: sequence.width, height: sequence.height, frames: store.frames.length },
    seconds: last.at + (last.lasts ?? 0),
    ...painted,
  };
  await store.remove();
  return report;
}

interface Kept {
  readonly done: number;
  readonly lost: number;
  readonly seen: number;
  readonly warnings: readonly string[];
  readonly memory: PainterMemory;
}

async function paintAll(task: SequenceTask, sequence: Sequence, store: FrameStore) {
  const { style, networks, options, signal } = task;
  const painter = new SequencePainter(style, networks, { ...options, signal });
  const writing = createBacklog();
  const kept = await readKept(store);
  store.cut(kept?.done ?? 0);
  if (kept) painter.load(kept.memory);
  const resumed = kept?.done ?? 0;
  let [lost, seen] = [kept?.lost ?? 0, kept?.seen ?? 0];
  const warnings = new Set(kept?.warnings ?? []);
  const times: TimedPicture[] = [];
  const say = createClock(sequence, task.part, (share, stage) => task.onProgress?.(PAINTING * share, stage));
  const keep = createKeeper(store, task.backup, writing);
  let done = 0;
  const tracked = trackSequence(timedPictures(task, sequence, times), networks);
  const rest = skip(tracked, resumed, () => {
    times.shift();
    done++;
  });
  let painted = resumed;
  const onPainted = () => {
    // As many are done; which ones does not matter.
    const { at, lasts } = times[painted++ - done];
    say(painted, at + (lasts ?? 0));
  };
  try {
    for await (const results of paintShots(rest, painter, { onPainted })) {
      for (const result of results) {
        for (const warning of result.warnings) warnings.add(warning);
        if (result.faces.length > 0) seen++;
        else lost++;
        const { at, lasts } = times.shift() as TimedPicture;
        await writing.begin(() => store.add(result.picture, at, lasts));
        done++;
      }
      await keep(() => ({ done, lost, seen, warnings: [...warnings], memory: painter.save() }));
    }
  } finally {
    await writing.end();
  }
  if (done === 0) throw new LimnerError('NO_FRAMES', `${nameOf(task)} shows no picture in that part.`);
  if (seen === 0)
    throw new LimnerError('NO_FACE', `No face was found in the ${done} pictures of ${nameOf(task)}.`);
  return { lost, resumed, warnings: [...warnings] };
}

/** All but the first few. */
async function* skip<T>(items: AsyncIterable<T>, count: number, onSkipped: () => void): AsyncGenerator<T> {
  let i = 0;
  for await (const item of items) {
    if (i++ < count) onSkipped();
    else yield item;
  }
}

const nameOf = ({ name, input }: SequenceTask) => name ?? input;

/** Work that goes on while the next is prepared: pictures are encoded while others are painted. */
interface Backlog {
  /** Resolves when all before is done. @throws what that has failed of */
  begin(work: () => Promise<void>): Promise<void>;
  end(): Promise<void>;
}

function createBacklog(): Backlog {
  let last = Promise.resolve();
  return {
    async begin(work) {
      await last;
      last = work();
      last.catch(() => undefined);
    },
    end: () => last,
  };
}

/** Keeps once pictures are there, and then as often as it can within its share of the time. */
function createKeeper(store: FrameStore, backup: FrameBackup | undefined, writing: Backlog) {
  let [ended, took] = [Number.NEGATIVE_INFINITY, 0];
  return async (make: () => Kept): Promise<void> => {
    const started = performance.now();
    if (started - ended < took / KEEPING) return;
    await writing.end();
    await store.keep(MEMORY, serialize(make()));
    await backup?.save(store.folder);
    ended = performance.now();
    took = ended - started;
  };
}

/** The sequence's part; times go into a list of their own. */
async function* timedPictures(task: SequenceTask, sequence: Sequence, times: TimedPicture[]) {
  const { part, limits, signal } = task;
  for await (const one of limitPart(sequence.pictures(signal), part, limits, nameOf(task))) {
    times.push(one);
    yield one.picture;
  }
}

async function readKept(store: FrameStore): Promise<Kept | null> {
  const bytes = await store.kept(MEMORY);
  if (!bytes) return null;
  const kept = deserialize(bytes) as Kept;
  return kept.done <= store.frames.length ? kept : null;
}

const sha256 = (bytes: string | Uint8Array | Uint8ClampedArray): string =>
  createHash('sha256').update(bytes).digest('hex');

/** SHA-256 of a file, or of what a folder lists. */
async function fingerprint(path: string, signal?: AbortSignal): Promise<string> {
  if ((await stat(path)).isDirectory()) {
    const names = (await readdir(path)).sort();
    const facts = await Promise.all(
      names.map(async (name) => {
        const { size, mtimeMs } = await stat(join(path, name));
        return [name, size, mtimeMs];
      }),
    );
    return sha256(JSON.stringify(facts));
  }
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
