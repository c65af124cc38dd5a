/**
 * The database is where jobs, their queue, and the rows about pictures, styles, tokens and workers live: PGlite in a folder
 * of this machine, or PostgreSQL, which several machines may share. It is not where pictures live; see ../storage/.
 *
 * PGlite has one connection: inside `transaction`, whatever goes through anything but the `tx` given waits for ever.
 */
import type { Db, PgBoss } from 'pg-boss';

/** The schema of pg-boss's tables; ours is `limner`. */
export const QUEUE_SCHEMA = 'limner_queue';

export interface Database {
  readonly kind: 'pglite' | 'postgres';
  /** The queue, started. Its calls take `{ db: tx }` to join a transaction. */
  readonly boss: PgBoss;
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Commits when `work` fulfils, rolls back when it rejects. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * @param onPayload called with what `pg_notify(channel, payload)` carried
   * @param onGap called when payloads may have been missed: look for yourself
   */
  listen(channel: string, onPayload: (payload: string) => void, onGap: () => void): Promise<void>;
  close(): Promise<void>;
}

export interface Transaction extends Db {
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** What both `Database` and `Transaction` can do. */
export type Queryable = Pick<Transaction, 'query'>;

/** A transaction over what pg-boss calls a database. */
export const transactionOf = (db: Db): Transaction => ({
  executeSql: (sql, values) => db.executeSql(sql, values),
  query: async <Row>(sql: string, values: readonly unknown[] = []) =>
    (await db.executeSql(sql, [...values])).rows as Row[],
});
