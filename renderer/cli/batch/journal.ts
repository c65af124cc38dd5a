/**
 * What a folder of results has been told that its files will be. A line is written before the file it speaks of, so a file
 * counts as complete only if its bytes are those announced: one that was changed, cut or made otherwise does not.
 */
import { appendFile, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { makeFolder, notWritable } from '../../core/files/make-folder.ts';
import { type Sha256, sha256 } from '../../provenance/origin.ts';

export interface Journal {
  /** @param key what the file has to be made of */
  isComplete(file: string, key: Sha256): Promise<boolean>;
  /** Before the file is written. @throws NOT_WRITABLE */
  announce(file: string, key: Sha256, bytes: Uint8Array): Promise<void>;
}

const NAME = '.limner-batch.jsonl';
const lineSchema = z.object({ file: z.string(), key: z.string(), sha256: z.string() });

/** @throws NOT_WRITABLE */
export async function openJournal(folder: string): Promise<Journal> {
  const path = join(folder, NAME);
  const nameOf = (file: string) => relative(folder, file).split(sep).join('/');
  const fail = (cause: unknown) => {
    throw notWritable(path, cause);
  };
  const write = (text: string) => appendFile(path, text).catch(fail);
  await makeFolder(folder).catch(fail);
  await write('');
  const announced = new Map((await readFile(path, 'utf8')).split('\n').flatMap(readLine));
  return {
    async isComplete(file, key) {
      const expected = announced.get(nameOf(file));
      if (expected?.key !== key) return false;
      const bytes = await readFile(file).catch(() => null);
      return bytes !== null && sha256(bytes) === expected.sha256;
    },
    // A line cut short by a kill spoils no later one: each begins with its own end of line.
    announce: (file, key, bytes) =>
      write(`\n${JSON.stringify({ file: nameOf(file), key, sha256: sha256(bytes) })}`),
  };
}

/** Nothing for a line that is none. */
function readLine(text: string): [string, z.infer<typeof lineSchema>][] {
  try {
    const line = lineSchema.parse(JSON.parse(text));
    return [[line.file, line]];
  } catch {
    return [];
  }
}
