import type { FastifyInstance } from 'fastify';
import type { Span, Tracer } from '../traces/tracer.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of this request; null where nobody collects traces, or not this one. */
    span: Span | null;
  }
}

/** What is asked all day and says nothing. */
const UNTRACED = new Set(['/healthz', '/readyz', '/metrics']);

/** A span a request, within the trace that `traceparent` names. */
export function addTracing(app: FastifyInstance, tracer: Tracer | null): void {
  app.decorateRequest('span', null);
  if (!tracer) return;
  app.addHook('onRequest', async (request) => {
    const { method, headers, routeOptions } = request;
    const route = routeOptions.url ?? 'none';
    if (UNTRACED.has(route)) return;
    const parent = headers['traceparent'];
    request.span = tracer.start(`${method} ${route}`, {
      kind: 'server',
      parent: typeof parent === 'string' ? parent : null,
      attributes: { 'http.request.method': method, 'http.route': route },
    });
  });
  app.addHook('onResponse', async ({ span, id, tenant }, { statusCode }) => {
    const attributes = {
      'http.response.status_code': statusCode,
      'limner.request': id,
      'limner.tenant': tenant,
    };
    span?.end(attributes, statusCode >= 500 ? String(statusCode) : undefined);
  });
}
