/** Checks a copy of a ledger offline: is it what was signed, whole and in order, and if not, where not? */
import type { TrustList } from '../provenance/trust-list.ts';
import type { CopiedEntry, Copy } from './copy.ts';
import { leafHash, MerkleTree } from './merkle-tree.ts';
import { checkHead, type SignedHead } from './signed-head.ts';

export interface LedgerFault {
  readonly kind: 'changed' | 'missing' | 'moved' | 'repeated' | 'rewritten' | 'head';
  /** The first and the last entry that may be concerned; null for a fault of a head. */
  readonly entries: readonly [first: number, last: number] | null;
  readonly message: string;
}

export interface LedgerReport {
  readonly size: number;
  /** The newest head; null when the copy has none. */
  readonly head: SignedHead | null;
  readonly faults: readonly LedgerFault[];
}

/** @param known heads kept from earlier: the copy must continue them */
export function verifyCopy(copy: Copy, trusted: TrustList, known: readonly SignedHead[] = []): LedgerReport {
  const heads = [...copy.heads].sort((a, b) => a.size - b.size);
  const head = heads.at(-1) ?? null;
  const order = faultsOfOrder(copy.entries, head?.size ?? 0);
  const faults = [
    ...faultsOfContent(copy.entries),
    ...order,
    ...faultsOfHeads(heads, known, trusted),
    ...(order.length === 0 ? faultsOfRoots(copy.entries, [...heads, ...known]) : []),
  ];
  return { size: copy.entries.length, head, faults };
}

const fault = (kind: LedgerFault['kind'], entries: LedgerFault['entries'], message: string): LedgerFault => ({
  kind,
  entries,
  message,
});

/** An entry whose text is not the one its leaf was made of. */
const faultsOfContent = (entries: readonly CopiedEntry[]): LedgerFault[] =>
  entries
    .filter(({ entry, leaf }) => leafHash(Buffer.from(entry)).toString('hex') !== leaf)
    .map(({ index }) => fault('changed', [index, index], `Entry ${index} was changed.`));

/** Every index from 0 to the head's size must be there once and in its place. */
function faultsOfOrder(entries: readonly CopiedEntry[], size: number): LedgerFault[] {
  const faults: LedgerFault[] = [];
  const seen = new Set<number>();
  let highest = -1;
  for (const { index } of entries) {
    if (seen.has(index)) faults.push(fault('repeated', [index, index], `Entry ${index} is there twice.`));
    else if (index < highest)
      faults.push(fault('moved', [index, index], `Entry ${index} is not in its place.`));
    seen.add(index);
    highest = Math.max(highest, index);
  }
  for (let index = 0; index < Math.max(size, highest + 1); index++) {
    if (!seen.has(index)) faults.push(fault('missing', [index, index], `Entry ${index} is missing.`));
  }
  if (highest >= size) {
    const message = `No signed head covers the entries from ${size} on.`;
    faults.push(fault('head', [size, highest], message));
  }
  return faults;
}

const WORDS = {
  forged: 'has a signature that does not belong to it',
  untrusted: 'is signed by nobody on the trust list',
  expired: 'is signed with a certificate that is not valid now',
} as const;

function faultsOfHeads(
  heads: readonly SignedHead[],
  known: readonly SignedHead[],
  trusted: TrustList,
): LedgerFault[] {
  if (heads.length === 0) return [fault('head', null, 'The copy has no signed head.')];
  return [...heads, ...known].flatMap((head) => {
    const verdict = checkHead(head, trusted);
    if (verdict === 'trusted') return [];
    return [fault('head', null, `The head over ${head.size} entries ${WORDS[verdict]}.`)];
  });
}

/** Where every leaf fits its text but a root does not fit the leaves, somebody has written both anew. */
function faultsOfRoots(entries: readonly CopiedEntry[], heads: readonly SignedHead[]): LedgerFault[] {
  const tree = new MerkleTree();
  for (const { leaf } of entries) tree.append(Buffer.from(leaf, 'hex'));
  let agreed = 0;
  for (const { size, root } of [...heads].sort((a, b) => a.size - b.size)) {
    if (size > tree.size)
      return [fault('missing', [tree.size, size - 1], `A head speaks of ${size} entries.`)];
    if (tree.root(size).toString('hex') === root) agreed = Math.max(agreed, size);
    else {
      const message = `Something from entry ${agreed} to ${size - 1} is not what was signed.`;
      return [fault('rewritten', [agreed, Math.max(agreed, size - 1)], message)];
    }
  }
  return [];
}
