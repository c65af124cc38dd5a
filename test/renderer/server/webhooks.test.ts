import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRendererClient, type RendererClient } from '../../../protocol/renderer-api/client/index.ts';
import { guardedPost, isPublic } from '../../../renderer/server/http/webhooks/guarded-post.ts';
import { rotateToken } from '../../../renderer/server/jobs/tokens.ts';
import { noise } from '../core/pictures/samples.ts';
import { testRenderer } from './renderer.ts';

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

const received: Received[] = [];
const waiting: (() => void)[] = [];
let server: Server;
let port = 0;
const SECRET = 'a secret of sixteen or more';

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ path: request.url!, headers: request.headers, body });
      if (request.url === '/redirect')
        response.writeHead(307, { location: 'http://169.254.169.254/latest/' });
      else if (request.url === '/flaky' && received.filter(({ path }) => path === '/flaky').length === 1)
        response.writeHead(503);
      if (request.url !== '/slow') response.end();
      else holdOpen(response);
      for (const wake of waiting.splice(0)) wake();
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  port = (server.address() as { port: number }).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const renderer = testRenderer({ worker: false, webhookHosts: ['localhost'] });

/** Requests that are never answered: how many there are, and were at most. */
const nothingHeld = () => ({ now: 0, most: 0 });
const held = nothingHeld();

function holdOpen(response: ServerResponse, counts = held): void {
  counts.now++;
  counts.most = Math.max(counts.most, counts.now);
  response.once('close', () => counts.now--);
}

async function deliveries(path: string, count: number): Promise<Received[]> {
  for (;;) {
    const found = received.filter((one) => one.path === path);
    if (found.length >= count) return found;
    await new Promise<void>((wake) => {
      waiting.push(wake);
    });
  }
}

async function cancelledJob(id: string, path: string, at: { port?: number; client?: RendererClient } = {}) {
  const { client } = { client: renderer.client, ...at };
  const picture = await client.uploadPicture(await noise(32, 32).png().toBuffer());
  const webhook = { url: `http://localhost:${at.port ?? port}${path}`, secret: SECRET };
  await client.putJob(id, { kind: 'upscale', picture, webhook });
  await client.cancelJob(id);
}

async function otherTenant(): Promise<RendererClient> {
  await renderer.client.putTenant('others');
  const token = await rotateToken(renderer.database, 'member', { tenant: 'others' });
  return createRendererClient({ baseUrl: renderer.url, token });
}

describe('a webhook', () => {
  it('tells of the end of a job, signed by the standard', async () => {
    await cancelledJob('told', '/told');
    const [{ headers, body }] = await deliveries('/told', 1);
    expect(JSON.parse(body)).toMatchObject({
      type: 'job.cancelled',
      data: { id: 'told', state: 'cancelled' },
    });
    expect(body).not.toContain(SECRET);
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const expected = createHmac('sha256', SECRET).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
  });

  it('is told again, under the same id, when it did not listen', async () => {
    await cancelledJob('flaky', '/flaky');
    const [first, second] = await deliveries('/flaky', 2);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    const statuses = async (id: string) => {
      const { deliveries } = await (await renderer.fetch(`/v1/jobs/${id}/deliveries`)).json();
      return deliveries.map(({ status }: { status: number }) => status);
    };
    await expect.poll(() => statuses('flaky')).toEqual([200, 503]);
    expect((await renderer.fetch('/v1/jobs/flaky/deliveries', { method: 'POST' })).status).toBe(202);
    expect(await deliveries('/flaky', 3)).toHaveLength(3);
  });

  it('that is slow keeps none of another host waiting', async () => {
    for (let i = 0; i < 8; i++) await cancelledJob(`slow-${i}`, '/slow');
    await deliveries('/slow', 1);
    const picture = await renderer.client.uploadPicture(await noise(32, 32).png().toBuffer());
    const other = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const told = once(other, 'request');
    const webhook = { url: `http://localhost:${(other.address() as AddressInfo).port}/`, secret: SECRET };
    await renderer.client.putJob('quick', { kind: 'upscale', picture, webhook });
    await renderer.client.cancelJob('quick');
    await told;
    other.close();
    expect(held.most).toBeLessThanOrEqual(2);
  });

  it('keeps none of another tenant waiting, however many slow hosts one has', async () => {
    const slow = nothingHeld();
    const hosts = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const host = createServer((_, response) => holdOpen(response, slow)).listen(0, '127.0.0.1');
        await once(host, 'listening');
        return host;
      }),
    );
    const portOf = (host: Server) => (host.address() as AddressInfo).port;
    for (const host of [...hosts, ...hosts])
      await cancelledJob(`host-${randomUUID()}`, '/', { port: portOf(host) });
    await expect.poll(() => slow.now).toBeGreaterThan(10);
    await cancelledJob('others', '/others', { client: await otherTenant() });
    await deliveries('/others', 1);
    expect(slow.most).toBeLessThanOrEqual(16);
    for (const host of hosts) host.closeAllConnections();
    for (const host of hosts) host.close();
  });

  it.each([
    'http://127.0.0.1:9/',
    'http://[::1]/',
    'http://10.0.0.1/',
    'http://[::ffff:192.168.0.1]/',
    'http://0x7f000001/',
    'http://u:p@example.com/',
  ])('to %s is refused when the job is created', async (url) => {
    const picture = await renderer.client.uploadPicture(await noise(32, 32).png().toBuffer());
    const job = renderer.client.putJob('ssrf', {
      kind: 'upscale',
      picture,
      webhook: { url, secret: SECRET },
    });
    await expect(job).rejects.toMatchObject({ status: 422, code: 'WEBHOOK_REFUSED' });
  });
});

describe('a guarded POST', () => {
  const options = { headers: {}, body: '{}' };

  it('refuses a name that resolves to a private address', async () => {
    const post = guardedPost(`http://localhost:${port}/named`, { ...options, allowedHosts: [] });
    await expect(post).rejects.toMatchObject({ code: 'WEBHOOK_REFUSED' });
    expect(received.some(({ path }) => path === '/named')).toBe(false);
  });

  it('refuses a redirect to a private address, even from a host that is allowed', async () => {
    const post = guardedPost(`http://localhost:${port}/redirect`, {
      ...options,
      allowedHosts: ['localhost'],
    });
    await expect(post).rejects.toMatchObject({ code: 'WEBHOOK_REFUSED' });
  });

  it.each([
    ['8.8.8.8', true],
    ['2001:4860:4860::8888', true],
    ['127.0.0.1', false],
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['::', false],
    ['::1', false],
    ['::7f00:1', false],
    ['::10.0.0.1', false],
    ['4000::1', false],
    ['fe80::1', false],
    ['fc00::1', false],
    ['::ffff:10.0.0.1', false],
    ['64:ff9b::a00:1', false],
    ['2002:a00:1::', false],
  ])('%s is public: %s', (address, expected) => expect(isPublic(address)).toBe(expected));
});
