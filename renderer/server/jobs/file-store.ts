import type { Database } from '../database/database.ts';
import type { Inspector } from '../intake/inspector.ts';
import type { Storage } from '../storage/storage.ts';

/** What it takes to keep a file that was sent: it is opened elsewhere, stored, and written down. */
export interface FileStore {
  readonly database: Database;
  readonly storage: Storage;
  readonly inspector: Inspector;
}
