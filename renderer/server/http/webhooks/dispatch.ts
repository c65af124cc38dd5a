/**
 * Takes webhooks out of the queue so that receivers that are slow delay no others: no more than a few calls at once go to
 * one host, and to all hosts of a tenant no more than there are still free, by weight, so that there is always room for
 * one more tenant (dynamic thresholds: Choudhury and Hahne 1998).
 */
import { type Database, QUEUE_SCHEMA } from '../../database/database.ts';
import { type QueuedJob, WEBHOOK_CHANNEL, WEBHOOK_QUEUE } from '../../jobs/queue.ts';
import { parseKey } from '../../jobs/tenants.ts';
import { Bell } from '../bell.ts';

/** Calls at once: nearly all of their time is waiting. */
const CONCURRENCY = 32;
const TO_ONE_HOST = 2;
/** Milliseconds after which a call that is due again is noticed: the database tells of new ones only. */
const BACKSTOP = 10_000;

export interface WebhookCall {
  /** Of the webhook, the same whenever it is called again. */
  readonly id: string;
  /** Key of the job it tells of. */
  readonly job: string;
}

/**
 * @param call a webhook that it rejects for is called again later
 * @param onError told of what keeps webhooks in the queue
 * @returns what ends it; calls that are not over then are made again
 */
export async function dispatchWebhooks(
  database: Database,
  call: (webhook: WebhookCall) => Promise<void>,
  onError: (error: unknown) => void,
): Promise<() => void> {
  const ending = new AbortController();
  const bell = new Bell(ending.signal);
  await database.listen(
    WEBHOOK_CHANNEL,
    () => bell.ring(),
    () => bell.ring(),
  );
  const calls = new Map<string, Place>();
  // What ends abandons its calls, and whoever closes the database need not wait for them.
  const report = (error: unknown) => ending.signal.aborted || onError(error);
  const settle = async ({ id, job }: WebhookCall) => {
    try {
      const failure = await call({ id, job }).then(
        () => null,
        (error: Error) => ({ message: error.message }),
      );
      await (failure
        ? database.boss.fail(WEBHOOK_QUEUE, id, failure)
        : database.boss.complete(WEBHOOK_QUEUE, id));
    } finally {
      calls.delete(id);
      bell.ring();
    }
  };
  const isOver = () => ending.signal.aborted || calls.size === CONCURRENCY;
  const takeAll = async () => {
    while (!isOver()) {
      const next = await take(database, [...calls.values()]);
      if (!next) return;
      calls.set(next.id, next.place);
      settle(next).catch(report);
    }
  };
  const run = async () => {
    while (!ending.signal.aborted) {
      await takeAll().catch(report);
      await bell.wait(BACKSTOP);
    }
  };
  void run();
  return () => ending.abort();
}

/** Whose calls go where. */
interface Place {
  readonly tenant: string;
  /** Tenant and host. */
  readonly group: string;
}

async function take(
  database: Database,
  calls: readonly Place[],
): Promise<(WebhookCall & { place: Place }) | null> {
  const [next] = await database.boss.fetch<QueuedJob>(WEBHOOK_QUEUE, {
    ignoreGroups: calls.length > 0 ? await groupsAtTheirLimit(database, calls) : [],
  });
  if (!next) return null;
  const { job } = next.data;
  return { id: next.id, job, place: { tenant: parseKey(job).tenant, group: next.groupId ?? '' } };
}

/** Groups with webhooks waiting that may have no further call now. */
async function groupsAtTheirLimit(
  { query }: Pick<Database, 'query'>,
  calls: readonly Place[],
): Promise<string[]> {
  const rows = await query<{ group_id: string }>(
    `with waiting as (
       select group_id, tenant.name as tenant, coalesce(weight, 1) as weight
       from (select distinct group_id from ${QUEUE_SCHEMA}.job
         where name = '${WEBHOOK_QUEUE}' and state in ('created', 'retry')) as queued
       left join limner.tenant on tenant.name = split_part(group_id, '/', 1)
     )
     select group_id from waiting
     where coalesce(($1::jsonb->>group_id)::int, 0) >= $3::int
       or coalesce(($2::jsonb->>tenant)::int, 0) >= $4::int * weight / (select max(weight) from waiting)`,
    [
      JSON.stringify(countBy(calls, ({ group }) => group)),
      JSON.stringify(countBy(calls, ({ tenant }) => tenant)),
      TO_ONE_HOST,
      CONCURRENCY - calls.length,
    ],
  );
  return rows.map(({ group_id }) => group_id);
}

function countBy(calls: readonly Place[], key: (call: Place) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const call of calls) counts[key(call)] = (counts[key(call)] ?? 0) + 1;
  return counts;
}
