/** Sends spans to a collector, as OTLP/HTTP in JSON. Whatever becomes of them, the renderer goes on. */
import { VERSION } from '../../core/version.ts';
import { type Attributes, createTracer, type SpanData, type Tracer } from './tracer.ts';

export interface SendingTracer extends Tracer {
  /** Sends what is left. */
  close(): Promise<void>;
}

/** Milliseconds between requests to the collector. */
const INTERVAL = 2000;
/** Milliseconds for the collector to answer. */
const TIMEOUT = 5000;
/** Spans of one request, and those that wait at most: the rest is dropped. */
const MOST_SENT = 512;
const MOST_KEPT = 8192;

/**
 * @param url of the collector, as http://localhost:4318
 * @param onFailure told once until it works again
 */
export function sendTraces(url: string, onFailure: (error: unknown) => void): SendingTracer {
  const kept: SpanData[] = [];
  let isFailing = false;
  const send = async () => {
    while (kept.length > 0) {
      const spans = kept.slice(0, MOST_SENT);
      try {
        await post(new URL('/v1/traces', url), spans);
        isFailing = false;
        kept.splice(0, spans.length);
      } catch (error) {
        if (!isFailing) onFailure(error);
        isFailing = true;
        return;
      }
    }
  };
  let sending = Promise.resolve();
  const flush = () => {
    sending = sending.then(send);
    return sending;
  };
  const timer = setInterval(flush, INTERVAL).unref();
  return {
    ...createTracer((span) => {
      if (kept.length < MOST_KEPT) kept.push(span);
    }),
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

async function post(url: URL, spans: readonly SpanData[]): Promise<void> {
  const body = JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: attributesOf({ 'service.name': 'limner', 'service.version': VERSION }) },
        scopeSpans: [{ scope: { name: 'limner', version: VERSION }, spans: spans.map(spanOf) }],
      },
    ],
  });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT) });
  if (!answer.ok) throw new Error(`The collector answered ${answer.status}.`);
}

/** Code of a status that is an error (trace.proto). */
const ERROR = 2;

const spanOf = ({ start, end, attributes, error, ...span }: SpanData) => ({
  ...span,
  startTimeUnixNano: nanoseconds(start),
  endTimeUnixNano: nanoseconds(end),
  attributes: attributesOf(attributes),
  status: error === undefined ? {} : { code: ERROR, message: error },
});

const nanoseconds = (milliseconds: number) => String(BigInt(Math.round(milliseconds * 1000)) * 1000n);

const attributesOf = (attributes: Attributes) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: otlpValue(value) }));

function otlpValue(value: string | number | boolean) {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
