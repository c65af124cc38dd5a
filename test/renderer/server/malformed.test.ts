/** Everything that is wrong gets a 4xx with a code of the catalogue, and the service goes on. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../models/errors.ts';
import { noise } from '../core/pictures/samples.ts';
import { sha256, testRenderer } from './renderer.ts';

const renderer = testRenderer({ worker: false });
const RUNS = 250;

async function expectRefusal(response: Response): Promise<void> {
  const { error } = await response.json();
  expect(response.status, JSON.stringify(error)).toBeGreaterThanOrEqual(400);
  expect(response.status, JSON.stringify(error)).toBeLessThan(500);
  expect(ERRORS).toHaveProperty(error.code);
  expect(error.message.length).toBeGreaterThan(10);
}

const put = (path: string, body: BodyInit, type: string) =>
  renderer.fetch(path, { method: 'PUT', body, headers: { 'content-type': type } });

describe('malformed requests', () => {
  it('bodies of jobs: random JSON, near misses, broken text', async () => {
    const sha = fc.constant('a'.repeat(64));
    const nearMiss = fc.record({
      kind: fc.constantFrom('render', 'batch', 'upscale', 'adapt', 'export', '', null, 7),
      portrait: fc.oneof(sha, fc.string(), fc.anything()),
      picture: fc.oneof(sha, fc.string()),
      portraits: fc.oneof(fc.array(fc.oneof(sha, fc.string())), fc.anything()),
      style: fc.oneof(fc.record({ picture: sha }), fc.record({ style: fc.string() }), fc.anything()),
      scale: fc.oneof(fc.integer(), fc.double(), fc.string()),
      settings: fc.oneof(fc.dictionary(fc.string(), fc.anything()), fc.record({ likeness: fc.double() })),
      webhook: fc.oneof(fc.webUrl(), fc.record({ url: fc.string(), secret: fc.string() })),
    });
    const body = fc.oneof(
      fc.json(),
      nearMiss.map((job) => JSON.stringify(job) ?? ''),
      fc.string(),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        await expectRefusal(await put('/v1/jobs/fuzz', text, 'application/json'));
      }),
      { numRuns: RUNS },
    );
  });

  it('pictures: flipped, cut, and repeated bytes', async () => {
    const whole = await Promise.all([
      noise(40, 40).png().toBuffer(),
      noise(40, 40).jpeg().toBuffer(),
      noise(40, 40).webp().toBuffer(),
      noise(40, 40).tiff().toBuffer(),
      noise(40, 40).gif().toBuffer(),
    ]);
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...whole),
        flips,
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        async (file, changes, kept) => {
          const bytes = Uint8Array.from(file.subarray(0, Math.ceil(file.length * kept)));
          for (const [at, by] of changes) bytes[at % bytes.length] ^= by;
          const response = await put(
            `/v1/pictures/${sha256(bytes)}`,
            bytes as BodyInit,
            'application/octet-stream',
          );
          // Some damage leaves a picture that decodes; whatever is accepted has been decoded.
          if (response.status !== 201 && response.status !== 200) await expectRefusal(response);
          else await response.json();
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('addresses, ids, hashes and headers', async () => {
    const weird = fc.string({ minLength: 1, maxLength: 120, unit: 'binary' }).map(encodeURIComponent);
    await fc.assert(
      fc.asyncProperty(weird, fc.constantFrom('jobs', 'pictures', 'styles', ''), async (name, kind) => {
        const response = await renderer.fetch(`/v1/${kind}/${name}`);
        if (new URL(response.url).pathname !== '/v1/jobs/') await expectRefusal(response);
      }),
      { numRuns: 100 },
    );
    await expectRefusal(await renderer.fetch('/v1/jobs/%00'));
    await expectRefusal(await renderer.fetch('/v1/jobs/%E0%A4%A'));
    await expectRefusal(await renderer.fetch('/v1/jobs/x/events', { headers: { 'last-event-id': 'soon' } }));
    await expectRefusal(await renderer.fetch('/v1/jobs?limit=0'));
  });

  it.each([
    ['a name with a NUL', 'POST', '/v1/jobs', { kind: 'adapt', reference: 'a'.repeat(64), name: 'a\u0000b' }],
    ['half a character', 'POST', '/v1/jobs', { kind: 'adapt', reference: 'a'.repeat(64), name: 'a\ud800b' }],
    [
      'a layer with a NUL',
      'POST',
      '/v1/jobs',
      { kind: 'export', frame: 'a'.repeat(64), style: { style: 's' }, portraits: ['\u0000'] },
    ],
    [
      'the year 0',
      'POST',
      '/v1/consents',
      { portrait: 'a'.repeat(64), grantor: 'Jane', scopes: ['restyle'], until: '0000-01-01T00:00:00Z' },
    ],
    [
      'a name with a NUL in a consent',
      'POST',
      '/v1/consents',
      { portrait: 'a'.repeat(64), grantor: '\u0000', scopes: ['restyle'], until: '2030-01-01T00:00:00Z' },
    ],
    [
      'a cursor of another making',
      'GET',
      `/v1/jobs?cursor=${Buffer.from('["2020-01-01T00:00:00+99:99","a"]').toString('base64url')}`,
    ],
    [
      'a cursor of a day without end',
      'GET',
      `/v1/jobs?cursor=${Buffer.from('[1e300,"a"]').toString('base64url')}`,
    ],
    ['a cursor with a NUL', 'GET', `/v1/jobs?cursor=${Buffer.from('[1,"a\\u0000"]').toString('base64url')}`],
    ['a NUL in an address', 'DELETE', '/v1/consents/%00'],
    ['a number past all numbers', 'GET', '/v1/ledger/consistency/1e400'],
  ])('%s', async (_, method, path, body?: unknown) => {
    await expectRefusal(
      await renderer.fetch(path, {
        method,
        ...(body !== undefined && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      }),
    );
  });

  it('and the service still works', async () => {
    const picture = await renderer.client.uploadPicture(await noise(64, 64).png().toBuffer());
    expect((await renderer.client.putJob('sound', { kind: 'upscale', picture })).state).toBe('queued');
    expect((await (await renderer.fetch('/readyz')).json()).ok).toBe(true);
  });
});
