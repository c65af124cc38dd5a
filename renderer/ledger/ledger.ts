/** An append-only log of entries under a Merkle tree. Who calls it decides what happened; it only remembers. */
import type { Identity } from '../provenance/identity.ts';
import { type Entry, encodeEntry } from './entry.ts';
import type { InclusionProof } from './find-proof.ts';
import type { LedgerStore } from './ledger-store.ts';
import { type Digest, leafHash, MerkleTree } from './merkle-tree.ts';
import { type SignedHead, signHead } from './signed-head.ts';

interface Waiting {
  readonly lines: readonly string[];
  readonly resolve: (index: number) => void;
  readonly reject: (error: unknown) => void;
}

export class Ledger {
  readonly #store: LedgerStore;
  readonly #identity: Identity;
  readonly #tree = new MerkleTree();
  #waiting: Waiting[] = [];
  #isWriting = false;
  #head: SignedHead | null = null;

  private constructor(store: LedgerStore, identity: Identity) {
    this.#store = store;
    this.#identity = identity;
  }

  static async open(store: LedgerStore, identity: Identity): Promise<Ledger> {
    const ledger = new Ledger(store, identity);
    await ledger.refresh();
    return ledger;
  }

  get size(): number {
    return this.#tree.size;
  }

  /** @returns the index of the first entry, once all are stored. Who waits at the same time is written together. */
  append(entries: readonly Entry[]): Promise<number> {
    const lines = entries.map(encodeEntry);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ lines, resolve, reject });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  /** Takes in what other processes have added. */
  async refresh(): Promise<void> {
    for await (const line of this.#store.read(this.size)) this.#take(line);
  }

  root(size?: number): Digest {
    return this.#tree.root(size);
  }

  /** Signed, over all there is. */
  head(): SignedHead {
    if (this.#head?.size !== this.size) this.#head = signHead(this.size, this.root(), this.#identity);
    return this.#head;
  }

  async prove(index: number): Promise<InclusionProof> {
    const path = this.#tree.inclusionProof(index).map(toHex);
    const head = this.head();
    for await (const entry of this.#store.read(index, 1)) return { index, entry, path, head };
    throw new RangeError(`The store has no entry ${index}.`);
  }

  /** Hexadecimal; shows that a tree seen earlier is the start of this one. */
  proveConsistency(first: number): string[] {
    return this.#tree.consistencyProof(first).map(toHex);
  }

  /** Never rejects: failures go to those who wait. */
  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        let index = await this.#write(batch.flatMap(({ lines }) => lines));
        for (const { lines, resolve } of batch) {
          resolve(index);
          index += lines.length;
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isWriting = false;
  }

  /** The index of the first line. */
  async #write(lines: readonly string[]): Promise<number> {
    for (;;) {
      const first = this.size;
      const head = this.#headWith(lines);
      if (await this.#store.append(first, lines, head)) {
        for (const line of lines) this.#take(line);
        this.#head = head;
        return first;
      }
      await this.refresh();
    }
  }

  /** As it will be once these are stored; until then nobody may see a tree with them. */
  #headWith(lines: readonly string[]): SignedHead {
    const { size } = this;
    for (const line of lines) this.#tree.append(leafHash(Buffer.from(line)));
    const head = signHead(this.size, this.root(), this.#identity);
    this.#tree.truncate(size);
    return head;
  }

  #take(line: string): void {
    this.#tree.append(leafHash(Buffer.from(line)));
  }
}

const toHex = (hash: Digest) => hash.toString('hex');
