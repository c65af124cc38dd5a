/** Metrics at an address of their own. */
import { expect, it } from 'vitest';
import { serveMetrics } from '../../../renderer/server/metrics/serve-metrics.ts';

const anywhere = { host: '127.0.0.1', port: 0 };
const told = { read: async () => ({ text: 'limner_jobs 3\n', type: 'text/plain; version=0.0.4' }) };

it('are read without a token, by GET alone, and there is nothing else', async () => {
  const server = await serveMetrics(told, anywhere);
  const answer = await fetch(`${server.url}?from=anywhere`);
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    'text/plain; version=0.0.4',
    'limner_jobs 3\n',
  ]);
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${server.url}/more`)).status).toBe(404);
  server.close();
});

it('are unavailable while the database is, and come again', async () => {
  let isGone = true;
  const read = () => (isGone ? Promise.reject(new Error('no database')) : told.read());
  const server = await serveMetrics({ read }, anywhere);
  expect((await fetch(server.url)).status).toBe(503);
  isGone = false;
  expect((await fetch(server.url)).status).toBe(200);
  server.close();
});

it('say when the address is taken', async () => {
  const first = await serveMetrics(told, anywhere);
  const port = Number(new URL(first.url).port);
  await expect(serveMetrics(told, { host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'ADDRESS_IN_USE',
  });
  first.close();
});

it('of an address of version 6 have one that can be opened', async () => {
  const server = await serveMetrics(told, { host: '::1', port: 0 }).catch(() => null);
  // Not every machine has one.
  if (!server) return;
  expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+\/metrics$/);
  expect((await fetch(server.url)).status).toBe(200);
  server.close();
});
