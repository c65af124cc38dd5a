import type { Database } from '../database/database.ts';
import type { Storage } from '../storage/storage.ts';
import { deleteJobs } from './job-store.ts';
import { emptyTrash } from './trash.ts';

/**
 * Deletes ended jobs with their results, and pictures that no job needs, when they are older than `seconds`.
 * @returns how many
 */
export async function deleteExpired(
  database: Database,
  storage: Storage,
  seconds: number,
): Promise<{ jobs: number; pictures: number }> {
  const expired = await database.query<{ id: string }>(
    `select id from limner.job
     where parent is null and ended_at < now() - make_interval(secs => $1) limit 1000`,
    [seconds],
  );
  const ids = expired.map(({ id }) => id);
  const jobs = ids.length > 0 ? await deleteJobs(database, storage, ids) : 0;
  const pictures = await database.query(
    `with gone as (
       delete from limner.picture where used_at < now() - make_interval(secs => $1)
         and not exists (select 1 from limner.job where inputs @> array[sha256]
           and job.tenant = picture.tenant and not limner.has_ended(state))
       returning key
     )
     insert into limner.trash (key) select key from gone on conflict (key) do update set due = now() returning 1`,
    [seconds],
  );
  await database.query(`delete from limner.worker where seen_at < now() - interval '10 minutes'`);
  await emptyTrash(database, storage);
  return { jobs, pictures: pictures.length };
}
