/** Checks of proofs without the tree: RFC 9162, sections 2.1.3.2 and 2.1.4.2. */
import { type Digest, nodeHash } from './merkle-tree.ts';

/** Whether `leaf` stands at `index` in the tree of `size` leaves that has this root. */
export function verifyInclusion(
  leaf: Digest,
  index: number,
  size: number,
  proof: readonly Digest[],
  root: Digest,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  let [node, last, reached] = [index, size - 1, leaf];
  for (const hash of proof) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      reached = nodeHash(hash, reached);
      while (!isOdd(node) && node > 0) [node, last] = [half(node), half(last)];
    } else {
      reached = nodeHash(reached, hash);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && reached.equals(root);
}

/** Whether the tree of `first` leaves with `firstRoot` is the start of that of `second` leaves with `secondRoot`. */
export function verifyConsistency(
  first: number,
  second: number,
  proof: readonly Digest[],
  firstRoot: Digest,
  secondRoot: Digest,
): boolean {
  if (!isCount(first) || !isCount(second) || first < 1 || first > second) return false;
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot);
  const path = isPowerOfTwo(first) ? [firstRoot, ...proof] : [...proof];
  const [start, ...rest] = path;
  if (!start || proof.length === 0) return false;
  let [node, last] = [first - 1, second - 1];
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  let [old, recent] = [start, start];
  for (const hash of rest) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      [old, recent] = [nodeHash(hash, old), nodeHash(hash, recent)];
      while (!isOdd(node) && node > 0) [node, last] = [half(node), half(last)];
    } else {
      recent = nodeHash(recent, hash);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && old.equals(firstRoot) && recent.equals(secondRoot);
}

const isCount = (n: number) => Number.isSafeInteger(n) && n >= 0;
const isOdd = (n: number) => n % 2 === 1;
const half = (n: number) => Math.floor(n / 2);
const isPowerOfTwo = (n: number) => 2 ** Math.floor(Math.log2(n)) === n;
