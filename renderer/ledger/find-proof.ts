/** Proofs about single files, from a copy or from a renderer. */
import { z } from 'zod';
import { LimnerError } from '../../models/errors.ts';
import type { TrustList } from '../provenance/trust-list.ts';
import type { Copy } from './copy.ts';
import { decodeEntry, type Entry } from './entry.ts';
import { leafHash, MerkleTree } from './merkle-tree.ts';
import { checkHead, signedHeadSchema } from './signed-head.ts';
import { verifyInclusion } from './verify-proof.ts';

export const proofSchema = z.strictObject({
  index: z.number().int().min(0),
  entry: z.string(),
  /** Hexadecimal, from the leaf upwards. */
  path: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(64),
  head: signedHeadSchema,
});

export type InclusionProof = z.infer<typeof proofSchema>;

/** @throws BAD_LEDGER when the copy has no such entry under its newest head */
export function proofFromCopy({ entries, heads }: Copy, index: number): InclusionProof {
  const head = heads.reduce((a, b) => (b.size > a.size ? b : a), heads[0]);
  const tree = new MerkleTree();
  for (const { leaf } of entries) tree.append(Buffer.from(leaf, 'hex'));
  if (!head || index >= head.size || head.size > tree.size) {
    throw new LimnerError('BAD_LEDGER', `No signed head of the copy covers entry ${index}.`);
  }
  const path = tree.inclusionProof(index, head.size).map((hash) => hash.toString('hex'));
  return { index, entry: entries[index].entry, path, head };
}

/** Entries that tell of a file, by its SHA-256: as what came in, what was made, or what was made of it. */
export const entriesAbout = ({ entries }: Copy, sha256: string): number[] =>
  entries.filter(({ entry }) => entry.includes(sha256)).map(({ index }) => index);

/** The entry that a proof is about; what is wrong with the proof, in words. */
export function checkProof(
  { index, entry, path, head }: InclusionProof,
  trusted: TrustList,
): { entry: Entry; problem: string | null } {
  const leaf = leafHash(Buffer.from(entry));
  const hashes = path.map((hash) => Buffer.from(hash, 'hex'));
  const isIn = verifyInclusion(leaf, index, head.size, hashes, Buffer.from(head.root, 'hex'));
  const verdict = checkHead(head, trusted);
  const problem = isIn
    ? verdict === 'trusted'
      ? null
      : WORDS[verdict]
    : 'the proof does not lead to the head';
  return { entry: decodeEntry(entry), problem };
}

const WORDS = {
  forged: 'the signature of the head does not belong to it',
  untrusted: 'nobody on the trust list vouches for who signed the head',
  expired: 'the certificate of who signed the head is not valid now',
} as const;
