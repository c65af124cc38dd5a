/** Tells of ended jobs, as https://www.standardwebhooks.com says. */
import { createHmac } from 'node:crypto';
import { LimnerError } from '../../../../models/errors.ts';
import type { Database } from '../../database/database.ts';
import { type JobRow, jobOf, SELECT_JOB } from '../../jobs/job-row.ts';
import { dispatchWebhooks, type WebhookCall } from './dispatch.ts';
import { guardedPost } from './guarded-post.ts';

export interface DeliveryEvents {
  /** Told of every attempt; the outcome is a status or why there was none. */
  readonly onDelivery: (delivery: { readonly outcome: string; readonly seconds: number }) => void;
  /** Told of webhooks that are not tried again. */
  readonly onRefused: (job: string, error: LimnerError) => void;
  /** Told of what keeps webhooks in the queue. */
  readonly onError: (error: unknown) => void;
}

/** @returns what ends it */
export function deliverWebhooks(
  database: Database,
  allowedHosts: readonly string[],
  { onDelivery, onRefused, onError }: DeliveryEvents,
): Promise<() => void> {
  const record = async (job: string, status: number | null, error: string | null, started: number) => {
    onDelivery({ outcome: String(status ?? error), seconds: (performance.now() - started) / 1000 });
    await database.query(
      'insert into limner.delivery (job, status, error) select id, $2, $3 from limner.job where id = $1',
      [job, status, error],
    );
  };
  const call = async ({ id, job: key }: WebhookCall) => {
    const [row] = await database.query<JobRow>(SELECT_JOB, [key]);
    if (!row || !('webhook' in row.request) || !row.request.webhook) return;
    const { url, secret } = row.request.webhook;
    const { request: _, ...job } = jobOf(row);
    const body = JSON.stringify({ type: `job.${job.state}`, timestamp: new Date().toISOString(), data: job });
    const started = performance.now();
    try {
      const headers = { 'content-type': 'application/json', ...signatureHeaders(id, body, secret) };
      const status = await guardedPost(url, { headers, body, allowedHosts });
      await record(key, status, null, started);
      if (status < 200 || status >= 300) throw new Answered(`The webhook answered ${status}.`);
    } catch (error) {
      if (!(error instanceof Answered)) await record(key, null, reasonOf(error), started);
      if (!(error instanceof LimnerError)) throw error;
      onRefused(key, error);
    }
  };
  return dispatchWebhooks(database, call, onError);
}

/** It is there, and refuses. */
class Answered extends Error {}

const reasonOf = (error: unknown): string => {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? 'unknown';
};

/** @param secret the key; one that begins with `whsec_` is base64, as the standard has it */
export function signatureHeaders(
  id: string,
  body: string,
  secret: string,
  now = new Date(),
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
