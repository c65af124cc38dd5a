/** What a collector of traces is sent of a job, from the request to the stages of the work. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SendingTracer, sendTraces } from '../../../renderer/server/traces/send-traces.ts';
import { noise } from '../core/pictures/samples.ts';
import { testRenderer } from './renderer.ts';

/** Of OTLP's JSON, what is looked at. */
interface Sent {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: { key: string; value: Record<string, unknown> }[];
  readonly status: { code?: number };
}

const spans: Sent[] = [];
let answer = 200;
const collector = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const { resourceSpans } = JSON.parse(body);
    if (answer === 200 && request.url === '/v1/traces') spans.push(...resourceSpans[0].scopeSpans[0].spans);
    response.writeHead(answer).end('{}');
  });
});
const failures: unknown[] = [];
let tracer: SendingTracer;
beforeAll(async () => {
  await new Promise<void>((done) => {
    collector.listen(0, '127.0.0.1', done);
  });
  const { port } = collector.address() as AddressInfo;
  tracer = sendTraces(`http://127.0.0.1:${port}`, (error) => failures.push(error));
});
afterAll(async () => {
  await tracer.close();
  collector.close();
});

const renderer = testRenderer({ tracer: () => tracer });
const TRACE = 'ab'.repeat(16);
const from = (flags: string) => ({ headers: { traceparent: `00-${TRACE}-${'cd'.repeat(8)}-${flags}` } });
const named = (name: string) => spans.filter((span) => span.name === name);

describe('a trace', () => {
  it('goes from whoever asked by way of the request to the stages of the work', async () => {
    const picture = await renderer.client.uploadPicture(await noise(16, 16).png().toBuffer());
    const asked = from('01');
    const body = JSON.stringify({ kind: 'upscale', picture, scale: 2, weights: 'srgan-lite' });
    const headers = { ...asked.headers, 'content-type': 'application/json' };
    await renderer.fetch('/v1/jobs/traced', { method: 'PUT', headers, body });
    expect((await renderer.client.waitForJob('traced')).state).toBe('succeeded');
    await expect.poll(() => named('work on upscale')).toHaveLength(1);
    const [request] = named('PUT /v1/jobs/:id');
    const [work] = named('work on upscale');
    const [stage] = named('enlarge');
    expect(request).toMatchObject({ traceId: TRACE, parentSpanId: 'cd'.repeat(8), kind: 2, status: {} });
    expect(work).toMatchObject({ traceId: TRACE, parentSpanId: request.spanId, kind: 5, status: {} });
    expect(stage).toMatchObject({ traceId: TRACE, parentSpanId: work.spanId });
    expect(BigInt(stage.endTimeUnixNano)).toBeGreaterThan(BigInt(stage.startTimeUnixNano));
    expect(work.attributes).toContainEqual({ key: 'limner.job', value: { stringValue: 'traced' } });
    expect(work.attributes).toContainEqual({ key: 'limner.attempt', value: { intValue: '1' } });
    const told = JSON.stringify(spans);
    for (const secret of ['token-of-the-tests', picture]) expect(told).not.toContain(secret);
  }, 180_000);

  it('that is not recorded elsewhere is not here, nor are probes', async () => {
    const before = named('GET /v1/jobs').length;
    await renderer.fetch('/v1/jobs', from('00'));
    await renderer.fetch('/readyz', from('01'));
    await renderer.fetch('/v1/jobs', { headers: { traceparent: `00-${'0'.repeat(32)}-zz-01` } });
    await expect.poll(() => named('GET /v1/jobs').length).toBe(before + 1);
    expect(named('GET /v1/jobs').at(-1)).not.toHaveProperty('parentSpanId');
    expect(named('GET /readyz')).toEqual([]);
  }, 60_000);

  it('is kept while the collector fails, which is told once and disturbs nobody', async () => {
    answer = 503;
    await renderer.fetch('/v1/styles');
    await expect.poll(() => failures).toHaveLength(1);
    await renderer.fetch('/v1/styles');
    answer = 200;
    await expect.poll(() => named('GET /v1/styles')).toHaveLength(2);
    expect(failures).toHaveLength(1);
  }, 60_000);
});
