/** Rows of the tables, as JSON, out of one database and into another of the same version, whichever kind they are. */
import type { Database, Transaction } from '../database/database.ts';

/** In the order in which rows may refer to others. Neither workers nor the queue: jobs that wait are queued anew. */
export const TABLES = [
  'tenant',
  'token',
  'share',
  'usage',
  'picture',
  'style',
  'consent',
  'job',
  'event',
  'delivery',
  'trash',
  'ledger_entry',
  'ledger_head',
  'ledger_note',
] as const;
export type Table = (typeof TABLES)[number];

/** Tables whose ids the database counts. */
const COUNTED: readonly Table[] = ['delivery', 'ledger_note'];
/** Rows read or written at once. */
const PAGE = 500;

/** A row of a table, as JSON. */
export interface Line {
  readonly table: Table;
  readonly row: unknown;
}

/** All rows as they are at one moment. @param onLines called with pages of them, one after another */
export function readTables(
  database: Database,
  onLines: (lines: readonly Line[]) => Promise<void>,
): Promise<void> {
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    for (const table of TABLES) {
      // The job of a batch before its children, which refer to it.
      const order = table === 'job' ? ' order by parent nulls first' : '';
      await tx.query(
        `declare rows cursor for select row_to_json(one) as row from limner.${table} as one${order}`,
      );
      for (let rows = await fetchPage(tx); rows.length > 0; rows = await fetchPage(tx))
        await onLines(rows.map(({ row }) => ({ table, row })));
      await tx.query('close rows');
    }
  });
}

const fetchPage = (tx: Transaction) => tx.query<{ row: unknown }>(`fetch ${PAGE} from rows`);

/** Fills a database that has nothing but its tables; all of it or, when it rejects, nothing. */
export function writeTables(database: Database, lines: AsyncIterable<Line>): Promise<void> {
  return database.transaction(async (tx) => {
    await tx.query('delete from limner.tenant');
    for (const table of TABLES) await tx.query(`alter table limner.${table} disable trigger user`);
    let page: Line[] = [];
    for await (const line of lines) {
      if (page.length === PAGE || (page.length > 0 && page[0].table !== line.table)) {
        await insert(tx, page);
        page = [];
      }
      page.push(line);
    }
    await insert(tx, page);
    for (const table of TABLES) await tx.query(`alter table limner.${table} enable trigger user`);
    for (const table of COUNTED)
      await tx.query(
        `select setval(pg_get_serial_sequence('limner.${table}', 'id'), greatest(max(id), 1)) from limner.${table}`,
      );
    // Nobody works on them any more.
    await tx.query(
      `update limner.job set state = 'queued', percent = 0, stage = null, details = null
       where state = 'running' and queue_id is not null`,
    );
  });
}

async function insert(tx: Transaction, page: readonly Line[]): Promise<void> {
  if (page.length === 0) return;
  const { table } = page[0];
  await tx.query(
    `insert into limner.${table} overriding system value
     select * from json_populate_recordset(null::limner.${table}, $1::json)`,
    [JSON.stringify(page.map(({ row }) => row))],
  );
}

/** Whether nothing was ever put into it. */
export async function isEmpty(database: Database): Promise<boolean> {
  const [{ empty }] = await database.query<{ empty: boolean }>(
    `select not (${['token', 'picture', 'style', 'consent', 'job', 'ledger_entry', 'ledger_note']
      .map((table) => `exists (select 1 from limner.${table})`)
      .join(' or ')}) as empty`,
  );
  return empty;
}

/** How many migrations it has had: rows fit into a database that has had as many. */
export async function versionOf(database: Database): Promise<number> {
  const [{ count }] = await database.query<{ count: number }>(
    'select count(*)::int as count from limner.migration',
  );
  return count;
}
