/** A bucket that is there and says nothing. */
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openStorage } from '../../../renderer/server/storage/storage.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const inFolder = temporaryFolder();
let server: Server;
let endpoint = '';
beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  endpoint = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

it('is given up', async () => {
  const timeouts = {
    connectionTimeout: 200,
    requestTimeout: 200,
    socketTimeout: 200,
    throwOnRequestTimeout: true,
  };
  const storage = openStorage(`s3://bucket?endpoint=${endpoint}`, timeouts);
  await expect(storage.get('pictures/a')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
});

it('a key that is not there is found out before anybody is promised its stream', async () => {
  const storage = openStorage(inFolder('storage'));
  await expect(storage.stream('results/a/1')).rejects.toMatchObject({ code: 'PICTURE_GONE' });
  await storage.put('results/a/1', Buffer.from('hello'));
  expect(await (await storage.stream('results/a/1')).toArray()).toEqual([Buffer.from('hello')]);
});
