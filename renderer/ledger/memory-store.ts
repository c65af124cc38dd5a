/** A ledger that lives as long as its process: for tests, and to look into a copy. */
import type { LedgerStore } from './ledger-store.ts';
import type { SignedHead } from './signed-head.ts';

export class MemoryStore implements LedgerStore {
  readonly #entries: string[] = [];
  readonly #heads: SignedHead[] = [];

  async *read(index: number, count = Number.POSITIVE_INFINITY): AsyncGenerator<string> {
    for (let i = index; i < this.#entries.length && i < index + count; i++) yield this.#entries[i];
  }

  async append(index: number, entries: readonly string[], head: SignedHead): Promise<boolean> {
    if (index !== this.#entries.length) return false;
    for (const entry of entries) this.#entries.push(entry);
    this.#heads.push(head);
    return true;
  }

  async *heads(): AsyncGenerator<SignedHead> {
    yield* this.#heads;
  }
}
