/** Style files by the ids their owners chose, kept until they are deleted, and the styles that come with Limner. */
import { randomUUID } from 'node:crypto';
import { LimnerError } from '../../../models/errors.ts';
import type { StyleInfo } from '../../../protocol/renderer-api/index.ts';
import type { Database, Transaction } from '../database/database.ts';
import type { Storage } from '../storage/storage.ts';
import { type BuiltInStyle, builtInStyles } from './built-in-styles.ts';
import type { FileStore } from './file-store.ts';
import { checkByteQuota } from './quotas.ts';
import { sha256Of } from './sha256.ts';
import { discardKeys, emptyTrash, expectKey, keepKey } from './trash.ts';

interface StyleRow {
  id: string;
  name: string;
  sha256: string;
  key: string;
  bytes: number;
  created_at: Date;
}

const SELECT_STYLES = 'select id, name, sha256, key, bytes::float8 as bytes, created_at from limner.style';

const infoOf = ({ id, name, sha256, bytes, created_at }: StyleRow): StyleInfo => ({
  id,
  name,
  sha256,
  bytes,
  createdAt: created_at.toISOString(),
  builtIn: false,
});

/** A tenant's own by name, then those that come with Limner. */
export async function listStyles(database: Database, tenant: string): Promise<StyleInfo[]> {
  const rows = await database.query<StyleRow>(`${SELECT_STYLES} where tenant = $1 order by name, id`, [
    tenant,
  ]);
  const own = new Set(rows.map(({ id }) => id));
  const others = [...(await builtInStyles()).values()].filter(({ info }) => !own.has(info.id));
  return [...rows.map(infoOf), ...others.map(({ info }) => info)];
}

const SELECT_STYLE = `${SELECT_STYLES} where tenant = $1 and id = $2`;

/** @returns the bytes of a style file, or a style that comes with Limner @throws STYLE_NOT_FOUND */
export async function readStyle(
  database: Database,
  storage: Storage,
  tenant: string,
  id: string,
): Promise<{ file: Uint8Array } | BuiltInStyle> {
  const [row] = await database.query<StyleRow>(SELECT_STYLE, [tenant, id]);
  if (row) return { file: await storage.get(row.key) };
  const builtIn = (await builtInStyles()).get(id);
  if (!builtIn) throw notFound(id);
  return builtIn;
}

const notFound = (id: string) => new LimnerError('STYLE_NOT_FOUND', `The renderer has no style ${id}.`);

/**
 * @returns the style, and whether it is new; the same file under the same id changes nothing
 * @throws STYLE_CONFLICT, and what `Inspector.inspect` throws
 */
export async function addStyle(
  { database, storage, inspector }: FileStore,
  tenant: string,
  id: string,
  bytes: Uint8Array,
): Promise<{ style: StyleInfo; isNew: boolean }> {
  const { name } = await inspector.inspect({ type: 'style', bytes });
  const sha256 = await sha256Of(bytes);
  const key = `styles/${id}/${randomUUID()}`;
  await expectKey(database, key);
  await storage.put(key, bytes);
  return database.transaction(async (tx) => {
    await checkByteQuota(tx, tenant, bytes.length);
    const row = { tenant, id, name, sha256, key, bytes: bytes.length };
    const isNew = await insertStyle(tx, row);
    if (!isNew) await discardKeys(tx, [key]);
    const [style] = await tx.query<StyleRow>(SELECT_STYLE, [tenant, id]);
    if (style.sha256 !== sha256)
      throw new LimnerError('STYLE_CONFLICT', `There is another style ${id} already.`);
    return { style: infoOf(style), isNew };
  });
}

/** Within a transaction, for a file that lies in the storage. @returns whether the id was free */
export async function insertStyle(
  tx: Transaction,
  style: Omit<StyleRow, 'created_at'> & { readonly tenant: string },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into limner.style (id, name, sha256, key, bytes, tenant) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant, id) do nothing returning 1`,
    [style.id, style.name, style.sha256, style.key, style.bytes, style.tenant],
  );
  if (rows.length > 0) await keepKey(tx, style.key);
  return rows.length > 0;
}

/** @throws STYLE_NOT_FOUND, STYLE_BUILT_IN */
export async function deleteStyle(
  database: Database,
  storage: Storage,
  tenant: string,
  id: string,
): Promise<void> {
  const gone = await database.transaction(async (tx) => {
    const rows = await tx.query<{ key: string }>(
      'delete from limner.style where tenant = $1 and id = $2 returning key',
      [tenant, id],
    );
    const keys = rows.map(({ key }) => key);
    await discardKeys(tx, keys);
    return keys;
  });
  if (gone.length === 0 && (await builtInStyles()).has(id))
    throw new LimnerError('STYLE_BUILT_IN', `The style ${id} comes with Limner and cannot be deleted.`);
  if (gone.length === 0) throw notFound(id);
  await emptyTrash(database, storage, gone);
}
