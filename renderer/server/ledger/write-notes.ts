/** Moves what the database has noted into the ledger, in order, each note once. */

import { entrySchema } from '../../ledger/entry.ts';
import { Ledger } from '../../ledger/ledger.ts';
import type { Identity } from '../../provenance/identity.ts';
import type { Database } from '../database/database.ts';
import { LEDGER_CHANNEL } from '../database/ledger-tables.ts';
import { DatabaseStore, NotesTaken } from './database-store.ts';

/** Notes taken at once. */
const MOST_NOTES = 1000;

export interface LedgerWriter {
  readonly ledger: Ledger;
  readonly store: DatabaseStore;
  /** Until everything noted so far is in the ledger. */
  flush(): Promise<void>;
}

/** @param onError told of what keeps notes from the ledger; they stay and are tried again at the next note */
export async function writeNotes(
  database: Database,
  identity: Identity,
  onError: (error: unknown) => void,
): Promise<LedgerWriter> {
  const store = new DatabaseStore(database);
  const ledger = await Ledger.open(store, identity);
  const move = async () => {
    while (await moveNotes(database, store, ledger));
    await ledger.refresh();
  };
  let last: Promise<void> = Promise.resolve();
  const flush = () => {
    last = last.catch(() => undefined).then(move);
    return last;
  };
  const nudge = () => void flush().catch(onError);
  await database.listen(LEDGER_CHANNEL, nudge, nudge);
  nudge();
  return { ledger, store, flush };
}

/** Whether there may be more. */
async function moveNotes(database: Database, store: DatabaseStore, ledger: Ledger): Promise<boolean> {
  const notes = await database.query<{ id: string | number; tenant: string; note: unknown }>(
    'select id, tenant, note from limner.ledger_note order by id limit $1',
    [MOST_NOTES],
  );
  if (notes.length === 0) return false;
  store.notes = notes.map(({ id, tenant }) => ({ id: Number(id), tenant }));
  try {
    await ledger.append(notes.map(({ note }) => entrySchema.parse(note)));
  } catch (error) {
    if (!(error instanceof NotesTaken)) throw error;
  } finally {
    store.notes = [];
  }
  return true;
}
