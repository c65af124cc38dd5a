import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchFrames } from '../../../renderer/export/figma.ts';

/** Answers in the shapes of Figma's REST API; the first ones may be refusals. */
describe('frames from Figma', () => {
  let server: Server;
  let baseUrl = '';
  let refusals: { status: number; retryAfter?: string }[] = [];
  const asked: { url: string; token: string | undefined }[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    asked.push({ url: request.url ?? '', token: request.headers['x-figma-token'] as string | undefined });
    const refusal = refusals.shift();
    if (refusal) {
      response
        .writeHead(refusal.status, refusal.retryAfter ? { 'retry-after': refusal.retryAfter } : {})
        .end('{}');
    } else if (request.url?.startsWith('/v1/images/KEY')) {
      response.end(JSON.stringify({ err: null, images: { '1:2': `${baseUrl}/s3/a`, '3:4': null } }));
    } else response.end('<svg/>');
  };
  beforeAll(async () => {
    server = createServer(answer);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    refusals = [];
    asked.length = 0;
  });
  afterAll(() => server.close());
  const get = (...nodes: string[]) => fetchFrames('KEY', nodes, { token: 'secret', baseUrl, pause: 1 });

  it('asks for SVG with names and texts; the token goes to Figma alone', async () => {
    expect(await get('1:2')).toEqual(new Map([['1:2', '<svg/>']]));
    const query = new URL(asked[0].url, baseUrl).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      ids: '1:2',
      format: 'svg',
      svg_include_id: 'true',
      svg_outline_text: 'false',
    });
    expect(asked.map(({ token }) => token)).toEqual(['secret', undefined]);
  });

  it('waits as it is told and repeats what may succeed later', async () => {
    refusals = [{ status: 429, retryAfter: '0' }, { status: 500 }, { status: 503 }];
    expect((await get('1:2')).size).toBe(1);
    expect(asked).toHaveLength(5);
  });

  it.each([
    [{ status: 403 }, /does not accept the token/, 1],
    [{ status: 404 }, /no such file/, 1],
    [{ status: 429, retryAfter: '86400' }, /wait longer/, 1],
    [{ status: 500 }, /answered 500/, 5],
  ])('FIGMA_FAILED for %j', async (refusal, message, times) => {
    refusals = Array.from({ length: 9 }, () => refusal);
    await expect(get('1:2')).rejects.toMatchObject({
      code: 'FIGMA_FAILED',
      message: expect.stringMatching(message),
    });
    expect(asked).toHaveLength(times);
  });

  it('names a node that cannot be exported, never the token', async () => {
    const error = await get('3:4').catch((reason: Error) => reason);
    expect(String(error)).toMatch(/no node 3:4/);
    expect(String(error)).not.toContain('secret');
  });

  it('FIGMA_FAILED where nobody answers', async () => {
    const nobody = fetchFrames('KEY', ['1:2'], { token: 't', baseUrl: 'http://127.0.0.1:1', pause: 1 });
    await expect(nobody).rejects.toMatchObject({ code: 'FIGMA_FAILED' });
  });
});
