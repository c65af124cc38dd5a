import { expect, it } from 'vitest';
import { openDatabase } from '../../../renderer/server/database/open-database.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const inFolder = temporaryFolder();
const open = () => openDatabase({ folder: inFolder('data'), onError: () => undefined });

it('a program opens its own database again, and none that a newer one has changed', async () => {
  await (await open()).close();
  const database = await open();
  await database.query('insert into limner.migration values (1000)');
  await database.close();
  await expect(open()).rejects.toMatchObject({ code: 'DATABASE_TOO_NEW' });
}, 180_000);
