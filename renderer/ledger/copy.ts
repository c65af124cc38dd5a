/**
 * A copy of a ledger: lines of JSON. The entries come first, each with its index and the hash of its leaf, so that a
 * changed one can be named; then the signed heads, the newest last.
 */
import { z } from 'zod';
import { LimnerError } from '../../models/errors.ts';
import type { LedgerStore } from './ledger-store.ts';
import { leafHash } from './merkle-tree.ts';
import { type SignedHead, signedHeadSchema } from './signed-head.ts';

const copiedEntrySchema = z.strictObject({
  index: z.number().int().min(0),
  leaf: z.string().regex(/^[0-9a-f]{64}$/),
  entry: z.string(),
});
const lineSchema = z.union([copiedEntrySchema, z.strictObject({ head: signedHeadSchema })]);

export type CopiedEntry = z.infer<typeof copiedEntrySchema>;

export interface Copy {
  readonly entries: readonly CopiedEntry[];
  readonly heads: readonly SignedHead[];
}

/** The lines of a copy, each ending in a line feed. @param last a head over all entries */
export async function* writeCopy(store: LedgerStore, last: SignedHead): AsyncGenerator<string> {
  let index = 0;
  for await (const entry of store.read(0, last.size)) {
    const leaf = leafHash(Buffer.from(entry)).toString('hex');
    yield `${JSON.stringify({ index: index++, leaf, entry } satisfies CopiedEntry)}\n`;
  }
  for await (const head of store.heads()) if (head.size < last.size) yield `${JSON.stringify({ head })}\n`;
  yield `${JSON.stringify({ head: last })}\n`;
}

/** @throws BAD_LEDGER when it is no copy of a ledger at all */
export function readCopy(text: string, name: string): Copy {
  const entries: CopiedEntry[] = [];
  const heads: SignedHead[] = [];
  const lines = text.split('\n').filter((line) => line !== '');
  lines.forEach((line, i) => {
    const read = parse(line);
    if (!read)
      throw new LimnerError('BAD_LEDGER', `Line ${i + 1} of ${name} is neither an entry nor a head.`);
    if ('head' in read) heads.push(read.head);
    else entries.push(read);
  });
  return { entries, heads };
}

function parse(line: string): z.infer<typeof lineSchema> | null {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
