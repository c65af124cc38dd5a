/** Our tables. A migration never changes once released; add another. */
import { LimnerError } from '../../../models/errors.ts';
import type { Database } from './database.ts';
import { EVENT_TRIGGERS } from './event-triggers.ts';
import { LEDGER_TABLES } from './ledger-tables.ts';
import { PRIORITY_TABLES } from './priority-tables.ts';
import { QUEUE_FUNCTIONS } from './queue-functions.ts';
import { QUOTA_TABLES } from './quota-tables.ts';
import { SEQUENCE_TRIGGERS } from './sequence-triggers.ts';
import { TENANT_TABLES } from './tenant-tables.ts';

const MIGRATIONS: readonly string[] = [
  `create table limner.job (
     id text primary key,
     kind text not null,
     request jsonb not null,
     -- keys of pictures it needs or was made from, so that deleting a picture finds them
     inputs text[] not null,
     token text not null,
     parent text references limner.job on delete cascade,
     -- id within the queue; null for a batch, whose children are queued instead
     queue_id uuid,
     priority int not null,
     state text not null default 'queued',
     percent real not null default 0,
     stage text,
     details jsonb,
     children jsonb,
     error jsonb,
     result jsonb,
     -- where in the storage the result lies
     result_key text,
     timings jsonb not null default '{}',
     attempts int not null default 0,
     -- id of its last event
     version int not null default 1,
     -- whether its webhook was queued
     is_announced boolean not null default false,
     created_at timestamptz not null default clock_timestamp(),
     started_at timestamptz,
     ended_at timestamptz
   );
   create index on limner.job (created_at desc, id desc);
   create index on limner.job (parent);
   create index on limner.job (ended_at);
   create index on limner.job (priority desc, created_at) where state = 'queued';
   create index on limner.job (token) where state in ('queued', 'running');
   create index on limner.job using gin (inputs);
   create table limner.event (
     job text not null references limner.job on delete cascade,
     id int not null,
     type text not null,
     at timestamptz not null default clock_timestamp(),
     data jsonb not null,
     primary key (job, id)
   );
   create table limner.picture (
     sha256 text primary key,
     key text not null,
     width int not null,
     height int not null,
     bytes bigint not null,
     created_at timestamptz not null default now(),
     used_at timestamptz not null default now()
   );
   create table limner.style (
     id text primary key,
     name text not null,
     sha256 text not null,
     key text not null,
     bytes bigint not null,
     created_at timestamptz not null default now()
   );
   create table limner.token (
     name text primary key,
     hash text not null unique,
     created_at timestamptz not null default now()
   );
   -- keys of the storage to be deleted, so that a crash leaves none behind
   create table limner.trash (
     key text primary key,
     is_prefix boolean not null default false,
     due timestamptz not null default now()
   );
   create table limner.worker (
     id text primary key,
     info jsonb not null,
     seen_at timestamptz not null default now()
   );`,
  EVENT_TRIGGERS,
  LEDGER_TABLES,
  `-- how often whoever worked on it was lost
   alter table limner.job add column losses int not null default 0;
   -- how often its removal failed, and why the last time
   alter table limner.trash add column attempts int not null default 0;
   alter table limner.trash add column error text;
   create index on limner.trash (due);
   -- fair turns: see ../jobs/turns.ts
   alter table limner.job add column turn double precision not null default 0;
   create index on limner.job (turn) where state = 'queued' and queue_id is not null;
   create table limner.share (token text primary key, turn double precision not null);
   -- 'picture' or 'frame'; SHA-256 of the pictures that a frame embeds
   alter table limner.picture add column kind text not null default 'picture';
   alter table limner.picture add column contains text[] not null default '{}';
   create index on limner.picture using gin (contains);
   -- what its bearer may do: see protocol/renderer-api/token.ts
   alter table limner.token add column roles text[] not null default '{render,styles,consents,admin}';
   -- attempts to tell of the end of a job, and what came of them
   create table limner.delivery (
     id bigint generated always as identity primary key,
     job text not null references limner.job on delete cascade,
     at timestamptz not null default clock_timestamp(),
     -- of HTTP; null when there was no answer, and error says why
     status int,
     error text
   );
   create index on limner.delivery (job);`,
  TENANT_TABLES,
  QUOTA_TABLES,
  SEQUENCE_TRIGGERS,
  PRIORITY_TABLES,
  QUEUE_FUNCTIONS,
];

/** Any number that nobody else locks. */
const LOCK = 7_061_696;

/**
 * Brings the tables up to date; several processes may try at once.
 * @param count of migrations that are to have been made: all
 * @throws DATABASE_TOO_NEW
 */
export async function migrate(database: Database, count = MIGRATIONS.length): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await tx.executeSql(
      'create schema if not exists limner; create table if not exists limner.migration (id int primary key)',
    );
    const [{ done }] = await tx.query<{ done: number }>('select count(*)::int as done from limner.migration');
    if (done > MIGRATIONS.length)
      throw new LimnerError('DATABASE_TOO_NEW', 'A newer version of Limner has changed this database.');
    for (const [id, sql] of MIGRATIONS.slice(0, count).entries()) {
      if (id < done) continue;
      await tx.executeSql(sql);
      await tx.query('insert into limner.migration values ($1)', [id]);
    }
  });
}
