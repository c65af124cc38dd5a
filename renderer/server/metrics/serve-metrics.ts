/** Metrics at an address of their own, which only those who watch can reach: without a token, and nothing else. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addressError } from '../address-error.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsAddress {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
}

export interface MetricsServer {
  /** http://HOST:PORT/metrics */
  readonly url: string;
  close(): void;
}

/** @throws ADDRESS_IN_USE, ADDRESS_UNAVAILABLE */
export async function serveMetrics(
  metrics: Pick<Metrics, 'read'>,
  { host, port }: MetricsAddress,
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const isAsked = request.method === 'GET' && request.url?.split('?')[0] === '/metrics';
    if (!isAsked) return void response.writeHead(404).end();
    metrics.read().then(
      ({ text, type }) => response.writeHead(200, { 'content-type': type }).end(text),
      // The database is gone: whoever asks sees that, and asks again.
      () => response.writeHead(503).end(),
    );
  });
  try {
    await once(server.listen({ host, port }), 'listening');
  } catch (cause) {
    throw addressError(cause, host, port);
  }
  const { port: actual } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${actual}/metrics`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
