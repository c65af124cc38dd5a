/** Where the tests of the service have their database: PGlite, or with TEST_DATABASE_URL a new one on that PostgreSQL server. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Database } from '../../../renderer/server/database/database.ts';
import { openDatabase } from '../../../renderer/server/database/open-database.ts';
import { openNewDatabase } from './new-database.ts';

/** @param folder of PGlite */
export async function openTestDatabase(folder: string): Promise<Database> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) return openNewDatabase(folder);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = await openDatabase({ folder, url: url.href, onError: () => undefined });
  return {
    ...database,
    async close() {
      await database.close();
      await administer(server, `drop database ${name} with (force)`);
    },
  };
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}
