/**
 * The Merkle tree of RFC 9162 (Certificate Transparency 2.0), section 2.1, over SHA-256: entries can be added at the end
 * and nowhere else, and both that an entry is in it and that an old tree is the start of a new one can be proved in a
 * number of hashes that grows with the logarithm of its size.
 */
import { createHash, hash } from 'node:crypto';

/** 32 bytes. */
export type Digest = Buffer;

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** Of an entry's bytes. Leaves and nodes are hashed apart, so that none can pass for the other. */
export const leafHash = (entry: Uint8Array): Digest =>
  createHash('sha256').update(LEAF).update(entry).digest();

export const nodeHash = (left: Uint8Array, right: Uint8Array): Digest =>
  hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');

const EMPTY: Digest = hash('sha256', Buffer.alloc(0), 'buffer');

export class MerkleTree {
  /** `#levels[k][i]` is the hash of the 2^k leaves from i · 2^k on; only whole subtrees are kept. */
  readonly #levels: Digest[][] = [[]];

  get size(): number {
    return this.#levels[0].length;
  }

  /** Takes the hash of one more leaf. */
  append(leaf: Digest): void {
    this.#levels[0].push(leaf);
    for (let k = 0; this.#levels[k].length % 2 === 0; k++) {
      const level = this.#levels[k];
      this.#levels[k + 1] ??= [];
      this.#levels[k + 1].push(nodeHash(level[level.length - 2], level[level.length - 1]));
    }
  }

  /** Forgets all but the first `size` leaves. */
  truncate(size: number): void {
    checkWithin(size, 0, this.size);
    this.#levels.forEach((level, k) => {
      level.length = Math.floor(size / 2 ** k);
    });
  }

  leaf(index: number): Digest {
    checkWithin(index, 0, this.size - 1);
    return this.#levels[0][index];
  }

  /** The root of the tree's first `size` leaves. */
  root(size: number = this.size): Digest {
    checkWithin(size, 0, this.size);
    return size === 0 ? EMPTY : this.#subtree(0, size);
  }

  /** Hashes that lead from a leaf to the root of the first `size` leaves (PATH of section 2.1.3.1). */
  inclusionProof(index: number, size: number = this.size): Digest[] {
    checkWithin(size, 1, this.size);
    checkWithin(index, 0, size - 1);
    return this.#path(index, 0, size);
  }

  /** Hashes that show the first `first` leaves to be the start of the first `second` (PROOF of section 2.1.4.1). */
  consistencyProof(first: number, second: number = this.size): Digest[] {
    checkWithin(second, 1, this.size);
    checkWithin(first, 1, second);
    return this.#consistency(first, 0, second, true);
  }

  /** The hash of the leaves from `start` (a multiple of a power of two that is no less than their number) to `end`. */
  #subtree(start: number, end: number): Digest {
    const count = end - start;
    const height = Math.floor(Math.log2(count));
    if (2 ** height === count) return this.#levels[height][start / count];
    const middle = start + 2 ** height;
    return nodeHash(this.#subtree(start, middle), this.#subtree(middle, end));
  }

  #path(index: number, start: number, end: number): Digest[] {
    if (end - start === 1) return [];
    const middle = start + split(end - start);
    return index < middle
      ? [...this.#path(index, start, middle), this.#subtree(middle, end)]
      : [...this.#path(index, middle, end), this.#subtree(start, middle)];
  }

  #consistency(first: number, start: number, end: number, isWhole: boolean): Digest[] {
    if (first === end) return isWhole ? [] : [this.#subtree(start, end)];
    const middle = start + split(end - start);
    return first <= middle
      ? [...this.#consistency(first, start, middle, isWhole), this.#subtree(middle, end)]
      : [...this.#consistency(first, middle, end, false), this.#subtree(start, middle)];
  }
}

/** The largest power of two smaller than n > 1. */
const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));

function checkWithin(value: number, low: number, high: number): void {
  if (Number.isSafeInteger(value) && value >= low && value <= high) return;
  throw new RangeError(`Expected a whole number from ${low} to ${high} but received ${value}.`);
}
