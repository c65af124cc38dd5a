import type { LedgerStore } from '../../ledger/ledger-store.ts';
import { type SignedHead, signedHeadSchema } from '../../ledger/signed-head.ts';
import type { Database } from '../database/database.ts';

/** Rows read at once. */
const PAGE = 1000;

export interface Note {
  readonly id: number;
  readonly tenant: string;
}

/** A ledger in the renderer's database, where several processes may append to it. */
export class DatabaseStore implements LedgerStore {
  readonly #database: Database;
  /** Notes that the next append turns into entries: they go in the same transaction. */
  notes: readonly Note[] = [];

  constructor(database: Database) {
    this.#database = database;
  }

  async *read(index: number, count = Number.POSITIVE_INFINITY): AsyncGenerator<string> {
    for (let next = index; next < index + count; ) {
      const rows = await this.#database.query<{ entry: string }>(
        'select entry from limner.ledger_entry where index >= $1 order by index limit $2',
        [next, Math.min(PAGE, index + count - next)],
      );
      for (const { entry } of rows) yield entry;
      if (rows.length < PAGE) return;
      next += rows.length;
    }
  }

  append(index: number, entries: readonly string[], head: SignedHead): Promise<boolean> {
    return this.#database
      .transaction(async (tx) => {
        // Two that append take turns, so that the second sees what the first has done.
        await tx.query('lock table limner.ledger_head in exclusive mode');
        const [{ size }] = await tx.query<{ size: number }>(
          'select coalesce(max(index) + 1, 0)::int as size from limner.ledger_entry',
        );
        const notes = await tx.query('delete from limner.ledger_note where id = any($1) returning 1', [
          this.notes.map(({ id }) => id),
        ]);
        if (notes.length !== this.notes.length) throw new NotesTaken();
        if (size !== index) throw new Overtaken();
        await tx.query(
          `insert into limner.ledger_entry (index, entry, tenant)
         select $1 + place - 1, entry, tenant
         from unnest($2::text[], $3::text[]) with ordinality as added (entry, tenant, place)`,
          [index, entries, this.notes.map(({ tenant }) => tenant)],
        );
        await tx.query('insert into limner.ledger_head values ($1, $2::jsonb)', [
          head.size,
          JSON.stringify(head),
        ]);
        return true;
      })
      .catch((error: unknown) => {
        if (error instanceof Overtaken) return false;
        throw error;
      });
  }

  async *heads(): AsyncGenerator<SignedHead> {
    const rows = await this.#database.query<{ head: unknown }>(
      'select head from limner.ledger_head order by size',
    );
    for (const { head } of rows) yield signedHeadSchema.parse(head);
  }
}

/** Rolls the transaction back: another process has appended meanwhile. */
class Overtaken extends Error {}

/** Another process has turned the same notes into entries. */
export class NotesTaken extends Error {}
