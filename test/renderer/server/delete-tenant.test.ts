/** The end of a tenant: nothing of it is left, nothing of others goes with it, and it happens whole or not at all. */
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRendererClient, type RendererClient } from '../../../protocol/renderer-api/client/index.ts';
import type { Database } from '../../../renderer/server/database/database.ts';
import { toHttpError } from '../../../renderer/server/http/http-error.ts';
import { giveConsent } from '../../../renderer/server/jobs/consents.ts';
import { createJob } from '../../../renderer/server/jobs/create-job.ts';
import { deleteTenant } from '../../../renderer/server/jobs/delete-tenant.ts';
import { type Attempt, finishJob, startJob } from '../../../renderer/server/jobs/run-state.ts';
import { insertStyle } from '../../../renderer/server/jobs/style-store.ts';
import { setTenant } from '../../../renderer/server/jobs/tenants.ts';
import { rotateToken } from '../../../renderer/server/jobs/tokens.ts';
import { expectKey } from '../../../renderer/server/jobs/trash.ts';
import { openStorage, type Storage } from '../../../renderer/server/storage/storage.ts';
import { runLimner } from '../run-limner.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { copyNewDatabase } from './new-database.ts';
import { sha256, testRenderer } from './renderer.ts';

const renderer = testRenderer({ worker: false });
const inFolder = temporaryFolder();
const result = new TextEncoder().encode('the result');
let storage: Storage;
let acme: Tenant;
let others: Tenant;
beforeAll(async () => {
  storage = openStorage(renderer.folder('data', 'storage'));
  [acme, others] = [await fill('acme'), await fill('others')];
});

interface Tenant {
  readonly client: RendererClient;
  readonly token: string;
  readonly picture: string;
  /** Where its files lie. */
  readonly keys: readonly string[];
  /** At a job that goes on. */
  readonly attempt: Attempt;
}

const square = () =>
  sharp({ create: { width: 30, height: 30, channels: 3, background: 'red' } })
    .png()
    .toBuffer();

/** A tenant with one of everything there is. */
async function fill(tenant: string): Promise<Tenant> {
  const { database, url } = renderer;
  await setTenant(database, tenant);
  const token = await rotateToken(database, 'member', { tenant });
  const client = createRendererClient({ baseUrl: url, token });
  const picture = await client.uploadPicture(await square());
  const job = { kind: 'upscale', picture, scale: 2 } as const;
  const webhook = { url: 'http://nobody.invalid/', secret: 'a secret of sixteen or more' };
  for (const id of ['waiting', 'running', 'done']) await client.putJob(id, job);
  await client.putJob('told', { ...job, webhook });
  await client.putJob('batch', { kind: 'batch', portraits: [picture], style: { picture } });
  await client.cancelJob('told');
  const attempt = (await startJob(database, `${tenant}/running`))!;
  const done = await finish(tenant);
  const style = `styles/${randomUUID()}`;
  await storage.put(style, result);
  const facts = { id: 'oil', name: 'Oil', sha256: sha256(result), bytes: result.length };
  await database.transaction((tx) => insertStyle(tx, { tenant, key: style, ...facts }));
  const until = new Date(Date.now() + 864e5).toISOString();
  const consent = JSON.stringify({ portrait: picture, grantor: 'Jane', scopes: ['restyle'], until });
  await fetch(`${url}/v1/consents`, {
    method: 'POST',
    body: consent,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  const [{ key }] = await database.query<{ key: string }>(
    'select key from limner.picture where tenant = $1',
    [tenant],
  );
  return { client, token, picture, keys: [key, style, done], attempt };
}

/** @returns where its result lies */
async function finish(tenant: string): Promise<string> {
  const { database } = renderer;
  const attempt = (await startJob(database, `${tenant}/done`))!;
  const key = `results/${randomUUID()}`;
  await expectKey(database, key);
  await storage.put(key, result);
  expect(await finishJob(database, attempt, { result: resultOf(), resultKey: key })).toBe(true);
  return key;
}

const resultOf = () => ({
  ...{ type: 'picture' as const, sha256: sha256(result), bytes: result.length, mediaType: 'image/png' },
  ...{ width: 9, height: 9, device: 'cpu', faces: [], warnings: [] },
});

/** Rows that name a tenant, by table; in the ledger only those that are its. */
async function traces(tenant: string): Promise<Record<string, number>> {
  const tables = await renderer.database.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema = 'limner' or (table_schema = 'limner_queue' and table_name = 'job')`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const what =
      name.startsWith('limner.ledger_') && name !== 'limner.ledger_head' ? 'one.tenant' : 'one::text';
    const [{ count }] = await renderer.database.query<{ count: number }>(
      `select count(*)::int as count from ${name} as one where ${what} ~ $1`,
      [`\\m${tenant}\\M`],
    );
    if (count > 0) counts[name] = count;
  }
  return counts;
}

const areStored = async ({ keys }: Tenant) =>
  (await Promise.allSettled(keys.map((key) => storage.get(key)))).map(({ status }) => status === 'fulfilled');

describe('deleting a tenant', () => {
  it('happens whole or not at all', async () => {
    const before = await traces('acme');
    const dying: Database = {
      ...renderer.database,
      transaction: (work) =>
        renderer.database.transaction(async (tx) => {
          await work(tx);
          throw new Error('The process was killed.');
        }),
    };
    await expect(deleteTenant(dying, storage, 'acme')).rejects.toThrow('killed');
    expect(await traces('acme')).toEqual(before);
    expect(await areStored(acme)).toEqual([true, true, true]);
  });

  it('leaves nothing of it, and all of others', async () => {
    const [own, foreign] = [await traces('acme'), await traces('others')];
    expect(Object.keys(own)).toEqual(
      expect.arrayContaining(
        ['tenant', 'token', 'share', 'picture', 'style', 'consent', 'job', 'event'].map(
          (name) => `limner.${name}`,
        ),
      ),
    );
    expect(own).toHaveProperty('limner_queue.job');
    await renderer.client.deleteTenant('acme');
    expect(await traces('acme')).toEqual({});
    expect(await areStored(acme)).toEqual([false, false, false]);
    expect(await traces('others')).toEqual(foreign);
    expect(await areStored(others)).toEqual([true, true, true]);
    expect((await others.client.result('done')).bytes).toEqual(result);
  });

  it('leaves nothing to be added to: neither by its tokens nor by who was at work', async () => {
    const status = await acme.client.uploadPicture(await square()).catch((error) => error.status);
    expect([401, 404]).toContain(status);
    const until = new Date(Date.now() + 864e5).toISOString();
    const portrait = acme.picture;
    const late = [
      giveConsent(renderer.database, 'acme', { portrait, grantor: 'Jane', scopes: ['restyle'], until }),
      createJob(
        renderer.database,
        'late',
        { kind: 'upscale', picture: portrait, scale: 2, weights: 'srgan', format: 'png' },
        { tenant: 'acme', token: 'acme/member', maxQueue: 9, maxEdge: 999 },
      ),
    ];
    const codes = late.map((added) => added.catch((error: unknown) => toHttpError(error).code));
    expect(await Promise.all(codes)).toEqual(['TENANT_NOT_FOUND', 'TENANT_NOT_FOUND']);
    expect(await finishJob(renderer.database, acme.attempt, { result: resultOf(), resultKey: 'late' })).toBe(
      false,
    );
    expect(await traces('acme')).toEqual({});
    await expect.poll(() => acme.client.jobs().catch(({ code }) => code)).toBe('UNAUTHORIZED');
  });

  it('lets another begin under its name, and under the names of its jobs, with none of what was', async () => {
    const { client, token, picture } = await fill('acme');
    expect(token).not.toBe(acme.token);
    expect(await finishJob(renderer.database, acme.attempt, { result: resultOf(), resultKey: 'late' })).toBe(
      false,
    );
    expect(await client.job('running')).toMatchObject({
      state: 'running',
      attempts: 1,
      request: { picture },
    });
    const owners = await renderer.database.query(
      `select count(*)::int as count from limner.ledger_note where tenant = '' group by tenant`,
    );
    expect(owners).toEqual([{ count: expect.any(Number) }]);
    await renderer.client.deleteTenant('acme');
  });

  it('is refused for the one that every renderer has, and for one that is not there', async () => {
    await expect(renderer.client.deleteTenant('default')).rejects.toMatchObject({ code: 'TENANT_BUILT_IN' });
    await expect(renderer.client.deleteTenant('acme')).rejects.toMatchObject({ code: 'TENANT_NOT_FOUND' });
  });
});

it('limner tenant delete says what would go, and does it with --yes', async () => {
  await copyNewDatabase(inFolder('cli'));
  await runLimner(['tenant', 'set', 'acme', '--data', inFolder('cli')]);
  const asked = await runLimner(['tenant', 'delete', 'acme', '--data', inFolder('cli')]);
  expect(asked).toMatchObject({ code: 2, err: expect.stringMatching(/acme keeps 0 bytes.*--yes/s) });
  expect(await runLimner(['tenant', 'delete', 'acme', '--yes', '--data', inFolder('cli')])).toMatchObject({
    code: 0,
  });
  const { out } = await runLimner(['tenant', 'list', '--data', inFolder('cli')]);
  expect(out).not.toContain('acme');
});
