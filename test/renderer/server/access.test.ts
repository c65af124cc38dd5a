/** Who may ask how often, by way of whom. */

import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { lately } from '../../../renderer/server/http/lately.ts';
import { createTokenGuard } from '../../../renderer/server/http/token-guard.ts';
import { noise } from '../core/pictures/samples.ts';
import { TOKEN, testRenderer } from './renderer.ts';

const renderer = testRenderer({
  worker: false,
  limits: { maxStreams: 2 },
  access: { requestsPerMinute: 200, proxies: ['127.0.0.1'] },
});

function ask(path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${renderer.url}${path}`, { headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, body }));
    });
    sent.on('error', reject).end();
  });
}

describe('somebody who guesses tokens', () => {
  it('is refused before the database is asked, for a minute; a valid token of the same address is not', async () => {
    let time = 0;
    const asked: string[] = [];
    const find = async (token: string) => {
      asked.push(token);
      return token === 'valid' ? 'somebody' : null;
    };
    const guard = createTokenGuard(find, () => time);
    expect(await guard.bearerOf('valid', '10.0.0.1')).toBe('somebody');
    for (let i = 0; i < 20; i++) expect(await guard.bearerOf(`guess ${i}`, '10.0.0.1')).toBeNull();
    await expect(guard.bearerOf('guess', '10.0.0.1')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(asked).toHaveLength(21);
    time += 5000;
    expect(await guard.bearerOf('valid', '10.0.0.1')).toBe('somebody');
    expect(await guard.bearerOf('guess', '10.0.0.2')).toBeNull();
    time += 60_000;
    expect(await guard.bearerOf('guess', '10.0.0.1')).toBeNull();
  });

  it('gains nothing by the many addresses of one network of IPv6', async () => {
    const guard = createTokenGuard(async () => null);
    for (let i = 0; i < 20; i++) await guard.bearerOf(`${i}`, `2001:db8::${i}`);
    await expect(guard.bearerOf('guess', '2001:db8::ffff')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('gets 429 over HTTP, each address that a trusted proxy names by itself', async () => {
    const guess = (i: number, from: string) =>
      ask('/v1/status', { authorization: `Bearer guess-${i}`, 'x-forwarded-for': from });
    const answers = [];
    for (let i = 0; i < 22; i++) answers.push((await guess(i, '203.0.113.1')).status);
    expect([...new Set(answers)]).toEqual([401, 429]);
    expect((await guess(99, '203.0.113.2')).status).toBe(401);
    expect((await ask('/v1/status', { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
  });
});

describe('probes', () => {
  it('are answered by whatever name and however often; nobody turns them away by asking', async () => {
    for (let i = 0; i < 230; i++) await ask('/');
    expect((await ask('/')).status).toBe(429);
    for (const path of ['/healthz', '/readyz'])
      expect((await ask(path, { host: '10.1.2.3:8017' })).status).toBe(200);
  });

  it('look at the storage once in a while, not each time', async () => {
    let [looks, time] = [0, 0];
    const check = lately(
      async () => {
        looks++;
      },
      () => time,
    );
    for (let i = 0; i < 50; i++) await check();
    expect(looks).toBe(1);
    time = 6000;
    await check();
    expect(looks).toBe(2);
  });
});

describe('what is no HTTP', () => {
  const send = (text: string) =>
    new Promise<string>((resolve) => {
      let answer = '';
      const socket = connect(Number(new URL(renderer.url).port), '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('close', () => resolve(answer));
    });

  it.each([
    ['nonsense', 'hello\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%s gets an error of the same shape', async (_, text, status) => {
    const [head, body] = (await send(text)).split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(JSON.parse(body)).toMatchObject({
      error: { code: 'MALFORMED_REQUEST', message: expect.any(String), hint: expect.any(String) },
    });
  });

  it('a client that hangs up is no fault of the database', async () => {
    const before = renderer.logged.length;
    await new Promise<void>((resolve) => {
      const head = `PUT /v1/pictures/${'0'.repeat(64)} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${TOKEN}\r\n`;
      const socket = connect(Number(new URL(renderer.url).port), '127.0.0.1', () =>
        socket.write(`${head}content-type: image/png\r\ncontent-length: 1000\r\n\r\nabc`, () =>
          setTimeout(() => socket.resetAndDestroy(), 100),
        ),
      );
      socket.on('close', () => resolve());
    });
    await expect.poll(() => renderer.logged.slice(before).join('')).toContain('"code":"CANCELLED"');
    expect(renderer.logged.slice(before).join('')).not.toContain('DATABASE_UNAVAILABLE');
  });
});

it('metrics tell rates, times and refusals by route', async () => {
  const text = await (await renderer.fetch('/metrics')).text();
  expect(text).toMatch(/limner_http_seconds_count\{method="GET",route="\/healthz",status="200"\} \d+/);
  expect(text).toMatch(/limner_http_seconds_count\{method="GET",route="\/v1\/status",status="401"\} \d+/);
  expect(text).toContain('limner_removals_pending{failed="yes"} 0');
  const documented = await readFile(new URL('../../../docs/service.md', import.meta.url), 'utf8');
  for (const [, name] of documented.matchAll(/`(limner_[a-z_]+)`/g))
    expect(text).toContain(`# TYPE ${name} `);
});

describe('roles', () => {
  const as = (token: string, path: string, method = 'GET', body?: unknown) =>
    fetch(`${renderer.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });

  it('a token does what its roles say, and nothing else; it is made and ended while the renderer runs', async () => {
    const { client } = renderer;
    const token = await client.rotateToken('artist', { roles: ['render'] });
    expect((await client.tokens()).find(({ name }) => name === 'artist')?.roles).toEqual(['render']);
    const sha = '0'.repeat(64);
    const statuses = await Promise.all(
      [
        as(token, '/v1/jobs'),
        as(token, '/v1/status'),
        as(token, '/v1/styles'),
        as(token, '/v1/styles/a', 'DELETE'),
        as(token, `/v1/consents?portrait=${sha}`),
        as(token, '/v1/tokens'),
        as(token, '/v1/tokens/artist', 'PUT', { roles: ['admin'] }),
        as(token, '/metrics'),
      ].map(async (answer) => (await answer).status),
    );
    expect(statuses).toEqual([200, 200, 200, 403, 403, 403, 403, 403]);
    const styles = await client.rotateToken('curator', { roles: ['styles'] });
    expect((await as(styles, '/v1/styles/a', 'DELETE')).status).toBe(404);
    expect((await as(styles, '/v1/jobs')).status).toBe(403);
    await client.revokeToken('curator');
    await expect.poll(async () => (await as(styles, '/v1/jobs')).status).toBe(401);
  });
});

it('a connection that is kept for many requests holds on to none of them', async () => {
  const warnings: string[] = [];
  const listen = ({ name }: Error) => warnings.push(name);
  process.on('warning', listen);
  const picture = await renderer.client.uploadPicture(await noise(24, 24).png().toBuffer());
  for (let i = 0; i < 15; i++) await renderer.client.putJob('same', { kind: 'upscale', picture });
  await new Promise((done) => setImmediate(done));
  process.off('warning', listen);
  expect(warnings).not.toContain('MaxListenersExceededWarning');
});

describe('streams of events', () => {
  it('are so many of one token at once; others have their own, and one that is closed makes room', async () => {
    const { client } = renderer;
    const picture = await client.uploadPicture(await noise(24, 24).png().toBuffer());
    await client.putJob('followed', { kind: 'upscale', picture });
    const other = await client.rotateToken('other', { roles: ['render'] });
    const closers: AbortController[] = [];
    const follow = async (token: string) => {
      const closer = new AbortController();
      closers.push(closer);
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${renderer.url}/v1/jobs/followed/events`, { headers, signal: closer.signal }))
        .status;
    };
    expect([await follow(TOKEN), await follow(TOKEN), await follow(TOKEN)]).toEqual([200, 200, 429]);
    expect(await follow(other)).toBe(200);
    closers[0].abort();
    await expect.poll(() => follow(TOKEN)).toBe(200);
    for (const closer of closers) closer.abort();
  });
});
