/** The end of a tenant: all of it goes at once. */
import { LimnerError } from '../../../models/errors.ts';
import { type Database, QUEUE_SCHEMA, type Transaction } from '../database/database.ts';
import type { Storage } from '../storage/storage.ts';
import { deleteJobsInside } from './job-store.ts';
import { DEFAULT_TENANT, tenantNotFound } from './tenants.ts';
import { discardKeys, emptyTrash } from './trash.ts';

/** Whose an entry of the ledger is once its tenant is gone: of no tenant, so that a new one of the same name has no proofs of it. */
const NOBODY = '';

/**
 * Deletes a tenant with its pictures, jobs, results, styles, consents, tokens, webhooks and what it has used, in one
 * transaction. What is being made for it meanwhile is removed by whoever makes it, or when it is due. The ledger keeps its
 * hashes.
 * @throws TENANT_NOT_FOUND, TENANT_BUILT_IN
 */
export async function deleteTenant(database: Database, storage: Storage, name: string): Promise<void> {
  if (name === DEFAULT_TENANT)
    throw new LimnerError('TENANT_BUILT_IN', `Every renderer has the tenant ${name}; it cannot be deleted.`);
  const keys = await database.transaction((tx) => deleteInside(database, tx, name));
  await emptyTrash(database, storage, keys);
}

/** @returns where its files lie, which are in the trash */
async function deleteInside(database: Database, tx: Transaction, name: string): Promise<string[]> {
  // Whoever is adding something has the row already, and is waited for; whoever comes later finds it gone.
  const found = await tx.query('select 1 from limner.tenant where name = $1 for update', [name]);
  if (found.length === 0) throw tenantNotFound(name);
  const jobs = await tx.query<{ id: string }>(
    'select id from limner.job where tenant = $1 and parent is null',
    [name],
  );
  const results = await deleteJobsInside(
    database,
    tx,
    jobs.map(({ id }) => id),
  );
  const files = await tx.query<{ key: string }>(
    `with gone as (delete from limner.picture where tenant = $1 returning key),
       styles as (delete from limner.style where tenant = $1 returning key)
     select key from gone union all select key from styles`,
    [name],
  );
  const keys = files.map(({ key }) => key);
  await discardKeys(tx, keys);
  for (const table of ['consent', 'token', 'usage', 'share'])
    await tx.query(`delete from limner.${table} where tenant = $1`, [name]);
  for (const table of ['ledger_note', 'ledger_entry'])
    await tx.query(`update limner.${table} set tenant = $2 where tenant = $1`, [name, NOBODY]);
  // Also what has ended: entries name jobs by the ids that the tenant chose.
  await tx.query(`delete from ${QUEUE_SCHEMA}.job where starts_with(data->>'job', $1 || '/')`, [name]);
  await tx.query('delete from limner.tenant where name = $1', [name]);
  return [...results.keys, ...keys];
}
