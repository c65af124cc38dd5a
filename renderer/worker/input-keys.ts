import { LimnerError } from '../../models/errors.ts';
import type { Queryable } from '../database/database.ts';
import type { JobRow } from '../jobs/job-row.ts';

/** Where what a job needs lies in the storage, by name. @throws PICTURE_GONE, STYLE_GONE when it was deleted meanwhile */
export async function inputKeys(db: Queryable, { id }: JobRow): Promise<Record<string, string>> {
  const rows = await db.query<{ input: string; key: string | null }>(
    `select input, coalesce(picture.key, style.key) as key
     from (select unnest(inputs) as input from limner.job where id = $1) as needed
     left join limner.picture on picture.sha256 = input
     left join limner.style on 'style:' || style.id = input`,
    [id],
  );
  const gone = rows.find(({ key }) => key === null);
  if (gone?.input.startsWith('style:')) throw new LimnerError('STYLE_GONE', 'The style was deleted.');
  if (gone) throw new LimnerError('PICTURE_GONE', 'A picture that is needed was deleted.');
  return Object.fromEntries(rows.map(({ input, key }) => [input.replace(/^style:/, ''), key as string]));
}
