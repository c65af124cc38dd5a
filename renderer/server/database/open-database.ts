import { constants, existsSync } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, type Transaction as PGliteTransaction } from '@electric-sql/pglite';
import { type Db, fromPglite, type PGliteLike, PgBoss } from 'pg-boss';
import { LimnerError } from '../../../models/errors.ts';
import { makeFolder, notWritable } from '../../core/files/make-folder.ts';
import { type Database, QUEUE_SCHEMA, type Transaction, transactionOf } from './database.ts';
import { lockFolder } from './folder-lock.ts';
import { interruptibly } from './interruptibly.ts';
import { migrate } from './migrate.ts';

export interface DatabaseOptions {
  /** postgres://… ; without it PGlite in `folder`. */
  readonly url?: string;
  readonly folder: string;
  /** Told of what goes wrong between calls: a lost connection, failed maintenance. */
  readonly onError: (error: Error) => void;
}

/** Seconds between looks for jobs whose worker was lost. */
const SUPERVISION = 5;

/** @throws DATA_IN_USE when another process has the folder open; NOT_WRITABLE, DATABASE_DAMAGED, DATABASE_TOO_NEW, DATABASE_UNAVAILABLE */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const database = options.url ? openPostgres(options.url) : await openPglite(options.folder);
  const { boss } = database;
  boss.on('error', options.onError);
  try {
    await boss.start();
    await migrate(database);
    return database;
  } catch (cause) {
    await database.close().catch(() => undefined);
    if (cause instanceof LimnerError) throw cause;
    throw new LimnerError('DATABASE_UNAVAILABLE', 'The database could not be opened.', { cause });
  }
}

const queueOptions = {
  schema: QUEUE_SCHEMA,
  application_name: 'limner',
  useListenNotify: true,
  superviseIntervalSeconds: SUPERVISION,
  monitorIntervalSeconds: SUPERVISION,
  warningQueueSize: 1_000_000,
};

function openPostgres(url: string): Database {
  const boss = new PgBoss({
    ...queueOptions,
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5000,
  });
  const db = () => boss.getDb();
  const { deafen, ...shared } = common(boss, db);
  return {
    kind: 'postgres',
    ...shared,
    async transaction(work) {
      const handle = await db().beginTransaction!();
      try {
        const result = await work(transactionOf(handle.db));
        await handle.commit();
        return result;
      } catch (error) {
        await handle.rollback();
        throw error;
      }
    },
    async close() {
      await deafen();
      await boss.stop({ graceful: false });
    },
  };
}

async function openPglite(folder: string): Promise<Database & { kind: 'pglite' }> {
  await makeWritable(folder).catch((cause) => {
    throw notWritable(folder, cause);
  });
  const unlock = await lockFolder(folder);
  const pglite = await openFiles(join(folder, 'database')).catch((error) => {
    unlock();
    throw error;
  });
  const boss = new PgBoss({ ...queueOptions, db: fromPglite(pglite), backend: 'pglite' });
  const { deafen, ...shared } = common(boss, () => boss.getDb());
  return {
    kind: 'pglite',
    ...shared,
    transaction: <T>(work: (tx: Transaction) => Promise<T>) =>
      pglite.transaction((tx) => work(transactionOf(joinTransaction(tx)))) as Promise<T>,
    async close() {
      await deafen();
      await boss.stop({ graceful: false });
      await pglite.close();
      unlock();
    },
  };
}

/** @throws what the system says */
async function makeWritable(folder: string): Promise<void> {
  await makeFolder(folder, 0o700);
  await access(folder, constants.W_OK | constants.X_OK);
}

/**
 * A new database is made beside its place and moved there once it is whole, so that a process killed meanwhile leaves
 * none that cannot be opened.
 * @throws DATABASE_DAMAGED
 */
async function openFiles(path: string): Promise<PGlite> {
  try {
    if (!existsSync(path)) {
      const draft = `${path}.new`;
      await rm(draft, { recursive: true, force: true });
      await (await interruptibly(() => PGlite.create(draft))).close();
      await rename(draft, path);
    }
    return await interruptibly(() => PGlite.create(path));
  } catch (cause) {
    throw new LimnerError('DATABASE_DAMAGED', `The database in ${path} cannot be opened.`, { cause });
  }
}

/** A statement that fails rolls the transaction back, here by PGlite itself, not by the adapter. */
const joinTransaction = (tx: PGliteTransaction): Db => fromPglite(tx as unknown as PGliteLike);

function common(
  boss: PgBoss,
  db: () => Db,
): Pick<Database, 'boss' | 'query' | 'listen'> & { deafen(): Promise<void> } {
  const handles: { close(): Promise<void> }[] = [];
  return {
    boss,
    query: (sql, values) => transactionOf(db()).query(sql, values),
    async listen(channel, onPayload, onGap) {
      const handle = await db().listen?.(channel, onPayload, onGap);
      if (handle) handles.push(handle);
    },
    /** Each holds a connection, which keeps the process alive. */
    async deafen() {
      await Promise.all(handles.splice(0).map((handle) => handle.close().catch(() => undefined)));
    },
  };
}
