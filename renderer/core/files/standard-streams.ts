/** `-` in place of a path: what comes through a pipe, and what goes into one. */
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { lazy } from '../../../models/lazy.ts';

export const PIPE = '-';

/** All of standard input; the same bytes however often they are asked for. */
export const readStandardInput = lazy((): Promise<Uint8Array> => collect(process.stdin));

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** Descriptors of results and of messages; others where this process keeps 1 and 2 from its libraries. */
let [results, messages] = [1, 2];

export function useDescriptors(out: number, err: number): void {
  [results, messages] = [out, err];
}

export const writeResult = (line: string): void => writeAll(results, Buffer.from(`${line}\n`));
export const writeMessage = (line: string): void => writeAll(messages, Buffer.from(`${line}\n`));

/** Milliseconds until a full pipe is tried again. */
const FULL = 5;

/** Bytes to standard output, however slowly they are read. */
export async function writeStandardOutput(bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const written = tryWrite(results, bytes.subarray(done));
    if (written === 0) await pause(FULL);
    done += written;
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += tryWrite(descriptor, bytes.subarray(done));
}

function tryWrite(descriptor: number, bytes: Uint8Array): number {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}
