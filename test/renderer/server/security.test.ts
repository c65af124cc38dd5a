/** The claims of SECURITY.md. What they say of pictures and deletion is in ./queued.test.ts and ./malformed.test.ts. */
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { findBearer, listTokens, revokeToken, rotateToken } from '../../../renderer/server/jobs/tokens.ts';
import { noise } from '../core/pictures/samples.ts';
import { runLimner } from '../run-limner.ts';
import { sha256, TOKEN, testRenderer } from './renderer.ts';

const renderer = testRenderer({
  worker: false,
  access: { origins: ['https://design.example'], requestsPerMinute: 60 },
  limits: { maxBody: 100_000, maxPixels: 10_000 },
});

/** With any headers at all, which `fetch` does not allow. */
function raw(path: string, headers: Record<string, string>, method = 'GET') {
  return new Promise<{
    status: number;
    headers: Record<string, string | string[] | undefined>;
    body: string;
  }>((resolve, reject) => {
    const sent = request(`${renderer.url}${path}`, { method, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}
const authorization = `Bearer ${TOKEN}`;
const codeOf = ({ body }: { body: string }) => JSON.parse(body).error.code;

describe('without a token', () => {
  it.each([
    ['GET', '/v1/jobs'],
    ['GET', '/v1/status'],
    ['PUT', '/v1/jobs/a'],
    ['DELETE', '/v1/jobs/a'],
    ['GET', '/v1/jobs/a/result'],
    ['GET', '/v1/jobs/a/events'],
    ['PUT', `/v1/pictures/${'0'.repeat(64)}`],
    ['GET', '/v1/styles'],
    ['GET', '/metrics'],
  ])('%s %s is refused', async (method, path) => {
    const answer = await raw(path, {}, method);
    expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 401, code: 'UNAUTHORIZED' });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('nor with another, in a query, or as a cookie', async () => {
    expect((await raw('/v1/status', { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await raw(`/v1/status?token=${TOKEN}`, {})).status).toBe(401);
    const cookie = await raw('/v1/status', { cookie: `token=${TOKEN}` });
    expect(cookie.status).toBe(401);
    expect(cookie.headers['set-cookie']).toBeUndefined();
  });

  it('only health, the description of the API and a page without data are open', async () => {
    for (const path of ['/healthz', '/readyz', '/openapi.json', '/', '/admin'])
      expect((await raw(path, {})).status).toBe(200);
  });
});

describe('tokens', () => {
  it('are not in the database, and end when they are rotated or revoked', async () => {
    const { database } = renderer;
    const nameOf = async (token: string) => (await findBearer(database, token))?.name ?? null;
    const first = await rotateToken(database, 'plugin');
    expect(await nameOf(first)).toBe('plugin');
    const rows = await database.query('select * from limner.token');
    expect(JSON.stringify(rows)).not.toContain(first.slice('limner_'.length));
    const second = await rotateToken(database, 'plugin');
    expect(await nameOf(first)).toBeNull();
    expect(await nameOf(second)).toBe('plugin');
    expect(await revokeToken(database, 'plugin')).toBe(true);
    expect(await nameOf(second)).toBeNull();
    expect((await listTokens(database)).map(({ name }) => name)).toEqual(['tests']);
  });

  it('are made by limner token, each shown once', async () => {
    const data = ['--data', renderer.folder('tokens')];
    const made = await runLimner(['token', 'rotate', 'ci', ...data]);
    expect(made.out).toMatch(/^limner_[\w-]{43}$/);
    expect((await runLimner(['token', 'list', ...data])).out).toMatch(/^ci {2}\d{4}-/);
    expect((await runLimner(['token', 'revoke', 'ci', ...data])).code).toBe(0);
    expect((await runLimner(['token', 'revoke', 'ci', ...data])).err).toContain('[NOT_FOUND]');
  });
});

describe('a web page', () => {
  it('cannot reach the renderer by a name of its own (DNS rebinding)', async () => {
    const answer = await raw('/v1/status', { host: 'evil.example:8017', authorization });
    expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 403, code: 'HOST_REFUSED' });
    expect((await raw('/healthz', { host: 'localhost:1' })).status).toBe(200);
    expect((await raw('/healthz', { host: '[::1]:1' })).status).toBe(200);
  });

  it.each(['null', 'https://design.example'])('of origin %s may read answers', async (origin) => {
    const answer = await raw('/v1/status', { origin, authorization });
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    const preflight = await raw(
      '/v1/jobs/a',
      {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,content-type',
        'access-control-request-private-network': 'true',
      },
      'OPTIONS',
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-private-network']).toBe('true');
  });

  it('of any other origin may not', async () => {
    const answer = await raw('/v1/status', { origin: 'https://evil.example', authorization });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('cannot frame it, nor run a script in it', async () => {
    for (const path of ['/', '/admin'])
      expect((await raw(path, {})).headers['content-security-policy'], path).toMatch(
        /default-src 'none'.*script-src 'sha256-\S+; style-src 'sha256-\S+; frame-ancestors 'none'/,
      );
    const answer = await raw('/v1/status', { authorization });
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('limits', () => {
  const put = (bytes: Uint8Array, type = 'application/octet-stream') =>
    renderer.fetch(`/v1/pictures/${sha256(bytes)}`, {
      method: 'PUT',
      body: bytes as BodyInit,
      headers: { 'content-type': type },
    });

  it('of bytes, pixels and media types', async () => {
    expect((await put(new Uint8Array(200_000))).status).toBe(413);
    const many = await put(await noise(101, 100).jpeg().toBuffer());
    expect([many.status, (await many.json()).error.code]).toEqual([413, 'TOO_MANY_PIXELS']);
    const text = await put(new TextEncoder().encode('hello, I am text'));
    expect([text.status, (await text.json()).error.code]).toEqual([415, 'UNSUPPORTED_FORMAT']);
    expect((await put(await noise(32, 32).png().toBuffer(), 'text/html')).status).toBe(415);
  });

  it('refuses bytes that are not those the address names', async () => {
    const answer = await renderer.fetch(`/v1/pictures/${'0'.repeat(64)}`, {
      method: 'PUT',
      body: (await noise(32, 32).png().toBuffer()) as BodyInit,
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect([answer.status, (await answer.json()).error.code]).toEqual([422, 'HASH_MISMATCH']);
  });
});

describe('logs', () => {
  it('have ids, and neither token nor picture', async () => {
    const bytes = await noise(33, 33).png().toBuffer();
    const picture = await renderer.client.uploadPicture(bytes);
    const request = {
      kind: 'upscale',
      picture,
      webhook: { url: 'https://example.com/', secret: 'whsec_MfKQ9r8GKYqrTwjU' },
    } as const;
    await renderer.client.putJob('logged', request);
    const log = renderer.logged.join('');
    expect(log).toMatch(/"reqId":"[0-9a-f-]{36}"/);
    expect(log).toContain('/v1/jobs/logged');
    for (const secret of [TOKEN, request.webhook.secret, bytes.toString('base64').slice(100, 140)])
      expect(log).not.toContain(secret);
    expect(JSON.stringify(await renderer.client.job('logged'))).not.toContain(request.webhook.secret);
  });
});

// Last in the file: nothing is let through after it for a minute.
describe('the rate', () => {
  it('is limited, and 429 says for how long to wait', async () => {
    let answer = await renderer.fetch('/v1/jobs');
    for (let i = 0; i < 60 && answer.status === 200; i++) answer = await renderer.fetch('/v1/jobs');
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await answer.json()).error.code).toBe('RATE_LIMITED');
    // Of one token, not of the address that several share.
    const other = await rotateToken(renderer.database, 'other', { roles: ['render'] });
    expect((await raw('/v1/jobs', { authorization: `Bearer ${other}` })).status).toBe(200);
  });
});
