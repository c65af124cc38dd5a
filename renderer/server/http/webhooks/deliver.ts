/** Tells of ended jobs, as https://www.standardwebhooks.com says. */
import { createHmac } from 'node:crypto';
import { LimnerError } from '../../../../models/errors.ts';
import type { Database } from '../../database/database.ts';
import { type JobRow, jobOf, SELECT_JOB } from '../../jobs/job-row.ts';
import { type QueuedJob, WEBHOOK_QUEUE } from '../../jobs/queue.ts';
import { guardedPost } from './guarded-post.ts';

/** Deliveries at once: nearly all of their time is waiting. */
const CONCURRENCY = 32;
/** To one host: one that is slow keeps no other waiting. */
const TO_ONE_HOST = 2;

/** Seconds after which a delivery that is due again is noticed: the database tells of new ones only. */
const BACKSTOP = 10;

export interface DeliveryEvents {
  /** Told of every attempt; the outcome is a status or why there was none. */
  readonly onDelivery: (delivery: { readonly outcome: string; readonly seconds: number }) => void;
  /** Told of webhooks that are not tried again. */
  readonly onRefused: (job: string, error: LimnerError) => void;
}

export async function deliverWebhooks(
  { boss, query }: Database,
  allowedHosts: readonly string[],
  { onDelivery, onRefused }: DeliveryEvents,
): Promise<void> {
  const polling = {
    pollingIntervalSeconds: 1,
    notifyPollingIntervalSeconds: BACKSTOP,
    localConcurrency: CONCURRENCY,
    localGroupConcurrency: TO_ONE_HOST,
  };
  const record = async (job: string, status: number | null, error: string | null, started: number) => {
    onDelivery({ outcome: String(status ?? error), seconds: (performance.now() - started) / 1000 });
    await query(
      'insert into limner.delivery (job, status, error) select id, $2, $3 from limner.job where id = $1',
      [job, status, error],
    );
  };
  await boss.work<QueuedJob>(WEBHOOK_QUEUE, polling, async ([{ id, data }]) => {
    const [row] = await query<JobRow>(SELECT_JOB, [data.job]);
    if (!row || !('webhook' in row.request) || !row.request.webhook) return;
    const { url, secret } = row.request.webhook;
    const { request: _, ...job } = jobOf(row);
    const body = JSON.stringify({ type: `job.${job.state}`, timestamp: new Date().toISOString(), data: job });
    const started = performance.now();
    try {
      const headers = { 'content-type': 'application/json', ...signatureHeaders(id, body, secret) };
      const status = await guardedPost(url, { headers, body, allowedHosts });
      await record(data.job, status, null, started);
      if (status < 200 || status >= 300) throw new Answered(`The webhook answered ${status}.`);
    } catch (error) {
      if (!(error instanceof Answered)) await record(data.job, null, reasonOf(error), started);
      if (!(error instanceof LimnerError)) throw error;
      onRefused(data.job, error);
    }
  });
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
