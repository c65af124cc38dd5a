import type { SignedHead } from './signed-head.ts';

/** Where a ledger lies. Entries are texts that come back byte for byte. */
export interface LedgerStore {
  /** Entries from `index` on, in order. @param count how many at most */
  read(index: number, count?: number): AsyncIterable<string>;
  /**
   * Adds entries and a head over them, durably and together.
   * @param index how many entries there are
   * @returns false, with nothing written, when there are more by now: another process was first
   */
  append(index: number, entries: readonly string[], head: SignedHead): Promise<boolean>;
  /** The head of every append, oldest first. */
  heads(): AsyncIterable<SignedHead>;
}
