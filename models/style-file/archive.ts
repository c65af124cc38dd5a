/**
 * A zip of a few known entries, held to limits before anything is unpacked. `SHA256SUMS` (in the format of sha256sum)
 * covers all others, so that a flipped bit anywhere is noticed.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { unzipSync, zipSync } from 'fflate';
import { LimnerError } from '../errors.ts';

export type Entries = Readonly<Record<string, Uint8Array>>;

/** Bytes of a whole file. */
export const MAX_STYLE_BYTES = 8 * 2 ** 20;
const SUMS = 'SHA256SUMS';
/** Every entry has the same time, or equal styles would not have equal bytes. Zip keeps local time. */
const TIME = new Date(1980, 0, 1, 12);
/** Pictures do not shrink any more. */
const PACKED = /\.(png|jpe?g|webp)$/;

const damaged = (what: string, cause?: unknown) =>
  new LimnerError('STYLE_DAMAGED', `The style file ${what}.`, { cause });
const tooLarge = (what: string) => new LimnerError('STYLE_TOO_LARGE', `The style file ${what}.`);

/** Equal entries give equal bytes. @throws STYLE_TOO_LARGE over MAX_STYLE_BYTES */
export function packArchive(entries: Entries): Uint8Array {
  const sums = Object.entries(entries).map(([name, data]) => `${bytesToHex(sha256(data))}  ${name}\n`);
  const all = { ...entries, [SUMS]: new TextEncoder().encode(sums.join('')) };
  const files = Object.entries(all).map(([name, data]) => [
    name,
    [data, { level: PACKED.test(name) ? 0 : 6, mtime: TIME }],
  ]);
  const bytes = zipSync(Object.fromEntries(files));
  if (bytes.length > MAX_STYLE_BYTES)
    throw tooLarge(`would have ${bytes.length} bytes; the limit is ${MAX_STYLE_BYTES}`);
  return bytes;
}

/**
 * @param limits the most bytes of each entry that may be there
 * @throws STYLE_TOO_LARGE before unpacking, STYLE_DAMAGED
 */
export function unpackArchive(bytes: Uint8Array, limits: Readonly<Record<string, number>>): Entries {
  if (bytes.length > MAX_STYLE_BYTES)
    throw tooLarge(`has ${bytes.length} bytes; the limit is ${MAX_STYLE_BYTES}`);
  const allowed = { ...limits, [SUMS]: 4096 };
  try {
    checkDirectory(bytes, allowed);
    const entries = unzipSync(bytes);
    checkSums(entries);
    return Object.fromEntries(Object.entries(entries).filter(([name]) => name !== SUMS));
  } catch (cause) {
    if (cause instanceof LimnerError) throw cause;
    throw damaged('is damaged or was not written by Limner', cause);
  }
}

/** Reads the central directory alone; the filter that refuses each entry keeps it from being unpacked. */
function checkDirectory(bytes: Uint8Array, allowed: Readonly<Record<string, number>>): void {
  const seen = new Set<string>();
  unzipSync(bytes, {
    filter({ name, size, originalSize }) {
      if (!Object.hasOwn(allowed, name)) throw damaged('holds an entry that does not belong there');
      if (seen.has(name)) throw damaged(`holds ${name} twice`);
      if (Math.max(size, originalSize) > allowed[name])
        throw tooLarge(`holds ${originalSize} bytes of ${name}; the limit is ${allowed[name]}`);
      seen.add(name);
      return false;
    },
  });
}

function checkSums({ [SUMS]: sums, ...entries }: Entries): void {
  if (!sums) throw damaged(`has no ${SUMS}`);
  const expected = new Map(
    new TextDecoder()
      .decode(sums)
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  if (expected.size !== Object.keys(entries).length) throw damaged('lacks an entry');
  for (const [name, data] of Object.entries(entries))
    if (expected.get(name) !== bytesToHex(sha256(data))) throw damaged(`is damaged in ${name}`);
}
