import { LimnerError } from '../../../models/errors.ts';
import type { Queryable } from '../database/database.ts';
import { builtInStyles } from '../jobs/built-in-styles.ts';
import { STYLE_INPUT } from '../jobs/create-job.ts';
import type { JobRow } from '../jobs/job-row.ts';
import type { WorkOrder } from './messages.ts';

/** Where what a job needs lies in the storage. @throws PICTURE_GONE, STYLE_GONE when it was deleted meanwhile */
export async function findInputs(
  db: Queryable,
  { id }: JobRow,
): Promise<Pick<WorkOrder, 'keys' | 'styleSha256'>> {
  const rows = await db.query<{ input: string; key: string | null; style_sha256: string | null }>(
    `select input, coalesce(picture.key, style.key) as key, style.sha256 as style_sha256
     from (select tenant, unnest(inputs) as input from limner.job where id = $1) as needed
     left join limner.picture on picture.sha256 = input and picture.tenant = needed.tenant
     left join limner.style on '${STYLE_INPUT}' || style.id = input and style.tenant = needed.tenant`,
    [id],
  );
  const builtIn = await builtInStyles();
  const nameOf = (input: string) => input.replace(STYLE_INPUT, '');
  const isBuiltIn = ({ input, key }: { input: string; key: string | null }) =>
    key === null && input.startsWith(STYLE_INPUT) && builtIn.has(nameOf(input));
  const gone = rows.find((row) => row.key === null && !isBuiltIn(row));
  if (gone?.input.startsWith(STYLE_INPUT)) throw new LimnerError('STYLE_GONE', 'The style was deleted.');
  if (gone) throw new LimnerError('PICTURE_GONE', 'A picture that is needed was deleted.');
  const keys = rows.flatMap(({ input, key }) => (key === null ? [] : [[nameOf(input), key]]));
  const styleSha256 = rows.find(({ style_sha256 }) => style_sha256 !== null)?.style_sha256 ?? null;
  return { keys: Object.fromEntries(keys), styleSha256 };
}
