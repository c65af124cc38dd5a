import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/** Everything a run needs to go on as if it had never stopped. Vectors are float32. */
export interface Checkpoint {
  readonly step: number;
  /** Seconds of training so far. */
  readonly seconds: number;
  readonly vectors: Readonly<Record<string, Float32Array>>;
}

/**
 * A line of JSON (step, seconds, names and lengths of the vectors), then the vectors. Written beside the old file,
 * flushed to the disk and renamed over it, so that a kill at any moment leaves either the old file or the new one.
 */
export function writeCheckpoint(file: string, { step, seconds, vectors }: Checkpoint): void {
  const lengths = Object.entries(vectors).map(([name, vector]) => [name, vector.length]);
  const partial = `${file}.partial`;
  const handle = openSync(partial, 'w');
  writeSync(handle, `${JSON.stringify({ step, seconds, lengths })}\n`);
  for (const vector of Object.values(vectors))
    writeSync(handle, new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
  fsyncSync(handle);
  closeSync(handle);
  renameSync(partial, file);
}

/** The checkpoint in a file, or null where there is none. */
export function readCheckpoint(file: string): Checkpoint | null {
  if (!existsSync(file)) return null;
  const bytes = readFileSync(file);
  const end = bytes.indexOf(10);
  const { step, seconds, lengths } = JSON.parse(bytes.toString('utf8', 0, end));
  const vectors: Record<string, Float32Array> = {};
  let offset = end + 1;
  for (const [name, length] of lengths as [string, number][]) {
    vectors[name] = new Float32Array(Uint8Array.from(bytes.subarray(offset, offset + 4 * length)).buffer);
    offset += 4 * length;
  }
  return { step, seconds, vectors };
}
