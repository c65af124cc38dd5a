/** Pictures, and frames, by the SHA-256 of what was sent; pictures are kept once, upright and without metadata. */
import { randomUUID } from 'node:crypto';
import { LimnerError } from '../../../models/errors.ts';
import type { PictureInfo } from '../../../protocol/renderer-api/index.ts';
import type { Database } from '../database/database.ts';
import type { Storage } from '../storage/storage.ts';
import type { FileStore } from './file-store.ts';
import { deleteJobsInside } from './job-store.ts';
import { checkByteQuota } from './quotas.ts';
import { sha256Of } from './sha256.ts';
import { discardKeys, emptyTrash, expectKey, keepKey } from './trash.ts';

interface PictureRow {
  sha256: string;
  width: number;
  height: number;
  bytes: number;
  created_at: Date;
}

const SELECT_PICTURES =
  'select sha256, width, height, bytes::float8 as bytes, created_at from limner.picture where tenant = $1 and sha256 = $2';

const infoOf = ({ sha256, width, height, bytes, created_at }: PictureRow): PictureInfo => ({
  sha256,
  width,
  height,
  bytes,
  createdAt: created_at.toISOString(),
});

/** Null when there is none. */
export async function findPicture(
  database: Database,
  tenant: string,
  sha256: string,
): Promise<PictureInfo | null> {
  const [row] = await database.query<PictureRow>(SELECT_PICTURES, [tenant, sha256]);
  return row ? infoOf(row) : null;
}

/**
 * @returns the picture, and whether it is new
 * @throws HASH_MISMATCH and all of `Inspector.inspect`; of a frame BAD_SVG, UNSAFE_SVG
 */
export async function addPicture(
  { database, storage, inspector }: FileStore,
  tenant: string,
  sha256: string,
  bytes: Uint8Array,
  maxPixels: number,
): Promise<{ picture: PictureInfo; isNew: boolean }> {
  const real = await sha256Of(bytes);
  if (real !== sha256) throw new LimnerError('HASH_MISMATCH', `The SHA-256 of the bytes is ${real}.`);
  const held = await findPicture(database, tenant, sha256);
  if (held) return { picture: held, isNew: false };
  const { kept, width, height, kind, contains } = await inspector.inspect({
    type: 'picture',
    bytes,
    maxPixels,
  });
  const key = `pictures/${sha256}/${randomUUID()}`;
  await expectKey(database, key);
  await storage.put(key, kept);
  return database.transaction(async (tx) => {
    await checkByteQuota(tx, tenant, kept.length);
    const rows = await tx.query<{ isNew: boolean }>(
      `insert into limner.picture (tenant, sha256, key, width, height, bytes, kind, contains)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (tenant, sha256) do nothing returning true as "isNew"`,
      [tenant, sha256, key, width, height, kept.length, kind, contains],
    );
    const isNew = rows.length > 0;
    await (isNew ? keepKey(tx, key) : discardKeys(tx, [key]));
    const [row] = await tx.query<PictureRow>(SELECT_PICTURES, [tenant, sha256]);
    return { picture: infoOf(row), isNew };
  });
}

/**
 * Deletes a picture, the frames that embed it, and the jobs that use any of them with their results: all of them show the
 * same person.
 * @throws PICTURE_NOT_FOUND
 */
export async function deletePicture(
  database: Database,
  storage: Storage,
  tenant: string,
  sha256: string,
): Promise<void> {
  const gone = await database.transaction(async (tx) => {
    const rows = await tx.query<{ key: string; sha256: string }>(
      'delete from limner.picture where tenant = $2 and (sha256 = $1 or contains @> array[$1]) returning key, sha256',
      [sha256, tenant],
    );
    const jobs = await tx.query<{ id: string }>(
      'select distinct coalesce(parent, id) as id from limner.job where inputs && $1::text[] and tenant = $2',
      [[sha256, ...rows.map((row) => row.sha256)], tenant],
    );
    const keys = rows.map(({ key }) => key);
    await discardKeys(tx, keys);
    const ids = jobs.map(({ id }) => id);
    return { isGone: keys.length > 0, keys: [...keys, ...(await deleteJobsInside(database, tx, ids)).keys] };
  });
  if (!gone.isGone) throw new LimnerError('PICTURE_NOT_FOUND', `The renderer has no picture ${sha256}.`);
  await emptyTrash(database, storage, gone.keys);
}
