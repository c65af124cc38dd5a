/**
 * Where the bytes of pictures, results and styles lie: a folder, or a bucket that speaks S3. A key is written once and
 * never changed, so nobody reads half of anything; which keys count is what the database says.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { Disk, errors } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { S3Driver } from 'flydrive/drivers/s3';
import { LimnerError } from '../../../models/errors.ts';

export interface Storage {
  readonly kind: 'folder' | 's3';
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** @throws PICTURE_GONE when there is nothing under the key */
  get(key: string): Promise<Uint8Array>;
  stream(key: string): Promise<Readable>;
  /** Deletes a key, or nothing when it is not there. */
  delete(key: string): Promise<void>;
  /** Deletes all keys that begin with `prefix/`. */
  deleteAll(prefix: string): Promise<void>;
  /** Whether it can be written and read now. @throws STORAGE_UNAVAILABLE */
  check(): Promise<void>;
}

/**
 * @param location a folder, or `s3://BUCKET?endpoint=http://HOST:PORT&region=NAME`; credentials come from the environment
 * or the machine, as with every AWS tool
 * @param timeouts of a bucket
 * @throws USAGE
 */
export function openStorage(location: string, timeouts = TIMEOUTS): Storage {
  const disk = location.startsWith('s3://') ? openBucket(location, timeouts) : openFolder(location);
  const kind = location.startsWith('s3://') ? 's3' : 'folder';
  return {
    kind,
    put: (key, bytes) => attempt(() => disk.put(key, bytes)),
    get: (key) => attempt(() => disk.getBytes(key)),
    stream: (key) => attempt(() => flowing(disk.getStream(key))),
    delete: (key) => attempt(() => disk.delete(key)),
    // Past the disk, which drops the slash: in a bucket `results/a` is also how `results/ab/1` begins.
    deleteAll: (prefix) => attempt(() => disk.driver.deleteAll(`${prefix}/`)),
    async check() {
      const key = `checks/${randomUUID()}`;
      await attempt(async () => {
        await disk.put(key, key);
        await disk.delete(key);
      });
    },
  };
}

/** A stream once there is something in it: what is missing is found before anybody is promised it. */
async function flowing(opened: Promise<Readable>): Promise<Readable> {
  const stream = await opened;
  await once(stream, 'readable');
  return stream;
}

/** Milliseconds: to connect, for an answer to begin, and without a byte. A bucket that is stopped answers nothing at all. */
const TIMEOUTS = {
  connectionTimeout: 3000,
  requestTimeout: 10_000,
  socketTimeout: 10_000,
  throwOnRequestTimeout: true,
};

const openFolder = (location: string): Disk =>
  new Disk(new FSDriver({ location: resolve(location), visibility: 'private' }));

function openBucket(location: string, timeouts: typeof TIMEOUTS): Disk {
  const url = new URL(location);
  if (!url.hostname)
    throw new LimnerError('USAGE', `Expected s3://BUCKET for --storage but received ${location}.`);
  const endpoint = url.searchParams.get('endpoint') ?? undefined;
  const region = url.searchParams.get('region') ?? process.env['AWS_REGION'] ?? 'us-east-1';
  const driver = new S3Driver({
    bucket: url.hostname,
    region,
    endpoint,
    // Servers other than Amazon's take the bucket in the path.
    forcePathStyle: endpoint !== undefined,
    supportsACL: false,
    visibility: 'private',
    requestHandler: timeouts,
    maxAttempts: 2,
  });
  return new Disk(driver);
}

/** Words by which systems say that there is nothing under a key. */
const MISSING = /ENOENT|NoSuchKey|NotFound/;
const FULL = /ENOSPC|EDQUOT|QuotaExceeded|InsufficientStorage/;

/** @throws PICTURE_GONE, STORAGE_FULL, STORAGE_UNAVAILABLE */
async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const words = reasons(cause);
    const isRead =
      cause instanceof errors.E_CANNOT_READ_FILE || (cause as NodeJS.ErrnoException).syscall === 'open';
    if (isRead && MISSING.test(words))
      throw new LimnerError('PICTURE_GONE', 'A picture that is needed was deleted.', { cause });
    if (FULL.test(words)) throw new LimnerError('STORAGE_FULL', 'The storage is full.', { cause });
    throw new LimnerError('STORAGE_UNAVAILABLE', 'The storage cannot be used.', { cause });
  }
}

/** Names, codes and messages of an error and of all that caused it. */
function reasons(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code = '' } = error as NodeJS.ErrnoException;
  return `${error.name} ${code} ${error.message} ${error.cause ? reasons(error.cause) : ''}`;
}
