import { expect, it } from 'vitest';
import { migrate } from '../../../renderer/server/database/migrate.ts';
import { openDatabase } from '../../../renderer/server/database/open-database.ts';
import { findJob } from '../../../renderer/server/jobs/job-store.ts';
import { findPicture } from '../../../renderer/server/jobs/picture-store.ts';
import { listTokens } from '../../../renderer/server/jobs/tokens.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { openNewDatabase } from './new-database.ts';

const inFolder = temporaryFolder();
const open = () => openDatabase({ folder: inFolder('data'), onError: () => undefined });

it('a program opens its own database again, and none that a newer one has changed', async () => {
  await (await open()).close();
  const database = await open();
  await database.query('insert into limner.migration values (1000)');
  await database.close();
  await expect(open()).rejects.toMatchObject({ code: 'DATABASE_TOO_NEW' });
});

/** Migrations before there were tenants. */
const WITHOUT_TENANTS = 4;

it('what there was before tenants is of the default tenant; who was admin is operator', async () => {
  const database = await openNewDatabase(inFolder('old'));
  await database.query('drop schema limner cascade');
  await migrate(database, WITHOUT_TENANTS);
  const sha = 'a'.repeat(64);
  await database.query(
    `insert into limner.picture (sha256, key, width, height, bytes) values ($1, 'pictures/a', 4, 3, 2)`,
    [sha],
  );
  await database.query(
    `insert into limner.job (id, kind, request, inputs, token, priority)
     values ('old', 'upscale', '{"kind": "upscale"}', array[$1], 'plugin', 0)`,
    [sha],
  );
  await database.query(
    `insert into limner.token (name, hash, roles) values ('plugin', 'a', '{render}'), ('chief', 'b', '{render,admin}')`,
  );
  await migrate(database);
  expect(await findPicture(database, 'default', sha)).toMatchObject({ width: 4 });
  expect(await findPicture(database, 'other', sha)).toBeNull();
  expect(await findJob(database, 'old')).toMatchObject({ id: 'old', state: 'queued' });
  const roles = (await listTokens(database)).map((token) => [token.name, token.roles]);
  expect(roles).toEqual([
    ['chief', ['render', 'admin', 'operator']],
    ['plugin', ['render']],
  ]);
  await database.close();
});
