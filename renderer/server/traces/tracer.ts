/**
 * Traces in OpenTelemetry's terms, off unless somebody collects them: spans of requests, of attempts at jobs, and of their
 * stages. Contexts travel as W3C Trace Context (level 1) has them. OpenTelemetry's own SDK cannot be installed beside the API
 * that pg-boss needs (it asks for @opentelemetry/api < 1.10), so spans are kept and sent here.
 */
import { randomBytes } from 'node:crypto';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Of OTLP (opentelemetry-proto 1.x, trace.proto). */
export const SPAN_KINDS = { internal: 1, server: 2, consumer: 5 } as const;

export interface SpanData {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: (typeof SPAN_KINDS)[keyof typeof SPAN_KINDS];
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly attributes: Attributes;
  /** What went wrong, if anything. */
  readonly error?: string;
}

export interface Span {
  /** `traceparent` for what happens because of it. */
  readonly context: string;
  end(attributes?: Attributes, error?: string): void;
}

export interface SpanOptions {
  /** `traceparent` of what it happens because of; anything else begins a new trace. */
  readonly parent?: string | null;
  readonly kind?: keyof typeof SPAN_KINDS;
  readonly attributes?: Attributes;
}

export interface Tracer {
  /** Null when this trace is not recorded: whoever sent the context says so. */
  start(name: string, options?: SpanOptions): Span | null;
  /** Spans that follow each other and end now. @param milliseconds by name */
  addStages(parent: string, milliseconds: Readonly<Record<string, number>>): void;
}

/** @param record takes every span that has ended */
export function createTracer(record: (span: SpanData) => void, now = Date.now): Tracer {
  return {
    start(name, { parent, kind = 'internal', attributes = {} } = {}) {
      const context = parseContext(parent);
      if (context && !context.isSampled) return null;
      const ids = { traceId: context?.traceId ?? newId(16), spanId: newId(8), parentSpanId: context?.spanId };
      const start = now();
      return {
        context: formatContext(ids),
        end: (more = {}, error) =>
          record({
            ...ids,
            name,
            kind: SPAN_KINDS[kind],
            start,
            end: now(),
            attributes: { ...attributes, ...more },
            error,
          }),
      };
    },
    addStages(parent, milliseconds) {
      const context = parseContext(parent);
      if (!context) return;
      let start = now() - Object.values(milliseconds).reduce((sum, time) => sum + time, 0);
      for (const [name, time] of Object.entries(milliseconds)) {
        const ids = { traceId: context.traceId, spanId: newId(8), parentSpanId: context.spanId };
        record({ ...ids, name, kind: SPAN_KINDS.internal, start, end: start + time, attributes: {} });
        start += time;
      }
    },
  };
}

const newId = (bytes: number) => randomBytes(bytes).toString('hex');

const formatContext = ({ traceId, spanId }: { traceId: string; spanId: string }) =>
  `00-${traceId}-${spanId}-01`;

/** Version, ids that are not all zero, flags of which the last bit says whether it is recorded. */
const CONTEXT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

function parseContext(text: string | null | undefined) {
  const [, traceId, spanId, flags] = CONTEXT.exec(text ?? '') ?? [];
  if (traceId === undefined) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}
