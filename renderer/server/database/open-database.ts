import { join } from 'node:path';
import { PGlite, type Transaction as PGliteTransaction } from '@electric-sql/pglite';
import { type Db, fromPglite, type PGliteLike, PgBoss } from 'pg-boss';
import { LimnerError } from '../../../models/errors.ts';
import { makeFolder, notWritable } from '../../core/files/make-folder.ts';
import { type Database, type Transaction, transactionOf } from './database.ts';
import { lockFolder } from './folder-lock.ts';
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
/** The schema of pg-boss's tables; ours is `limner`. */
const QUEUE_SCHEMA = 'limner_queue';

/** @throws DATA_IN_USE when another process has the folder open; DATABASE_UNAVAILABLE */
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
  return {
    kind: 'postgres',
    ...common(boss, db),
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
    close: () => boss.stop({ graceful: false }),
  };
}

async function openPglite(folder: string): Promise<Database> {
  await makeFolder(folder, 0o700).catch((cause) => {
    throw notWritable(folder, cause);
  });
  const unlock = await lockFolder(folder);
  const pglite = await PGlite.create(join(folder, 'database'));
  const boss = new PgBoss({ ...queueOptions, db: fromPglite(pglite), backend: 'pglite' });
  return {
    kind: 'pglite',
    ...common(boss, () => boss.getDb()),
    transaction: <T>(work: (tx: Transaction) => Promise<T>) =>
      pglite.transaction((tx) => work(transactionOf(joinTransaction(tx)))) as Promise<T>,
    async close() {
      await boss.stop({ graceful: false });
      await pglite.close();
      await unlock();
    },
  };
}

/** A statement that fails rolls the transaction back, here by PGlite itself, not by the adapter. */
const joinTransaction = (tx: PGliteTransaction): Db => fromPglite(tx as unknown as PGliteLike);

function common(boss: PgBoss, db: () => Db): Pick<Database, 'boss' | 'query' | 'listen'> {
  return {
    boss,
    query: (sql, values) => transactionOf(db()).query(sql, values),
    async listen(channel, onPayload, onGap) {
      await db().listen?.(channel, onPayload, onGap);
    },
  };
}
