/** A backup is whole, and what is restored of it is what there was. */
import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRendererClient } from '../../../protocol/renderer-api/client/index.ts';
import { backUp } from '../../../renderer/server/backup/back-up.ts';
import { restore } from '../../../renderer/server/backup/restore.ts';
import { openDatabase } from '../../../renderer/server/database/open-database.ts';
import { finishJob, startJob } from '../../../renderer/server/jobs/run-state.ts';
import { startRenderer } from '../../../renderer/server/start-renderer.ts';
import { openStorage } from '../../../renderer/server/storage/storage.ts';
import { LIMITS, sha256, TOKEN, testRenderer } from './renderer.ts';

const renderer = testRenderer({ worker: false });
const result = Buffer.from('a result');
const at = (...names: string[]) => renderer.folder(...names);
let picture: string;

beforeAll(async () => {
  const { client, database } = renderer;
  const square = sharp({ create: { width: 40, height: 40, channels: 3, background: 'red' } });
  picture = await client.uploadPicture(await square.png().toBuffer());
  await client.putTenant('acme', { maxJobs: 7 });
  for (const id of ['done', 'waiting', 'running']) await client.putJob(id, { kind: 'upscale', picture });
  await client.putJob('many', { kind: 'batch', portraits: [picture, picture], style: { picture } });
  const attempt = (await startJob(database, 'done'))!;
  const key = `results/done/${randomUUID()}`;
  await openStorage(at('data', 'storage')).put(key, result);
  const facts = { sha256: sha256(result), bytes: result.length, mediaType: 'image/png', width: 9, height: 9 };
  const made = { type: 'picture' as const, ...facts, device: 'cpu', faces: [], warnings: [] };
  await finishJob(database, attempt, { result: made, resultKey: key });
  await startJob(database, 'running');
  await mkdir(at('home', 'signing'), { recursive: true });
  await writeFile(at('home', 'signing', 'key.pem'), 'a key');
  await backUp(at('backup'), parts());
});

const parts = () => ({
  database: renderer.database,
  storage: openStorage(at('data', 'storage')),
  signing: at('home', 'signing'),
});

async function emptyParts(name: string) {
  const database = await openDatabase({ folder: at(name), onError: () => undefined });
  const storage = at(name, 'storage');
  return {
    database,
    storage: openStorage(storage),
    signing: at(`${name}-home`, 'signing'),
    location: storage,
  };
}

describe('a backup', () => {
  it('is restored into an empty renderer: results are read, jobs wait, tokens are valid, ids go on', async () => {
    const { location, ...empty } = await emptyParts('restored');
    expect(await restore(at('backup'), empty)).toEqual({ files: 2, key: 'restored' });
    expect(await readFile(join(empty.signing, 'key.pem'), 'utf8')).toBe('a key');
    expect((await stat(empty.signing)).mode & 0o777).toBe(0o700);
    const again = await startRenderer({
      database: empty.database,
      storage: location,
      host: '127.0.0.1',
      port: 0,
      worker: null,
      webhookHosts: [],
      access: { hosts: [], origins: [], proxies: [], requestsPerMinute: 1000 },
      limits: LIMITS,
      log: pino({ level: 'silent' }),
    });
    const client = createRendererClient({ baseUrl: again.url, token: TOKEN, deadline: 300_000 });
    expect(Buffer.from((await client.result('done')).bytes)).toEqual(result);
    expect((await client.pictureInfo(picture)).width).toBe(40);
    for (const id of ['waiting', 'running', 'many.1'])
      expect(await client.job(id)).toMatchObject({ state: 'queued' });
    expect((await client.tenants()).find(({ name }) => name === 'acme')?.maxJobs).toBe(7);
    await client.cancelJob('many');
    expect((await client.job('many')).state).toBe('cancelled');
    await client.deletePicture(picture);
    await expect(client.result('done')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    await again.stop();
    await empty.database.close();
  });

  it('is readable by its owner alone, and goes over nothing', async () => {
    for (const name of ['backup', 'backup/signing/key.pem', 'backup/database.jsonl'])
      expect((await stat(at(name))).mode & 0o077, name).toBe(0);
    await expect(backUp(at('backup'), parts())).rejects.toMatchObject({ code: 'NOT_EMPTY' });
    await expect(restore(at('backup'), parts())).rejects.toMatchObject({ code: 'NOT_EMPTY' });
  });

  it('that was changed is refused before anything is written', async () => {
    await backUp(at('changed'), { ...parts(), signing: null });
    expect(await readdir(at('changed'))).not.toContain('signing');
    await appendFile(at('changed', 'database.jsonl'), '\n');
    const { location: _, ...empty } = await emptyParts('untouched');
    await expect(restore(at('changed'), empty)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
    expect(await empty.database.query('select 1 from limner.job')).toEqual([]);
    expect(await readdir(at('untouched'))).not.toContain('storage');
    await empty.database.close();
  });
});
