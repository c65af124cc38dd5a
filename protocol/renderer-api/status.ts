import { z } from 'zod';
import { jobStateSchema } from './job.ts';
import { JOB_KINDS } from './job-request.ts';

/** A process that takes jobs, on this machine or another. */
export const workerInfoSchema = z.object({
  id: z.string(),
  host: z.string(),
  version: z.string(),
  device: z.string().describe('what its networks run on'),
  devices: z.array(z.object({ device: z.string(), available: z.boolean(), reason: z.string().optional() })),
  processes: z.number().int().describe('jobs it works on at once'),
  threads: z.number().int().describe('processor threads of each'),
  seenAt: z.iso.datetime(),
});
export type WorkerInfo = z.infer<typeof workerInfoSchema>;

/** `GET /v1/status`: what the renderer is and does. */
export const statusSchema = z.object({
  version: z.string(),
  kinds: z.array(z.enum(JOB_KINDS)).describe('jobs it takes'),
  database: z.enum(['pglite', 'postgres']),
  storage: z.enum(['folder', 's3']),
  jobs: z.record(jobStateSchema, z.number().int()),
  oldestQueuedSeconds: z.number().nullable(),
  workers: z.array(workerInfoSchema),
  retentionSeconds: z.number().describe('pictures and ended jobs are deleted after so long'),
});
export type Status = z.infer<typeof statusSchema>;

/** `GET /v1/queue`. While it is paused, jobs are taken and wait, what runs goes on, nothing begins. */
export const queueInfoSchema = z.object({
  isPaused: z.boolean(),
  since: z.iso.datetime().nullable(),
  by: z.string().nullable().describe('name of a token'),
});
export type QueueInfo = z.infer<typeof queueInfoSchema>;
export const queueInputSchema = z.strictObject({ isPaused: z.boolean() });

/** `GET /healthz` and `GET /readyz`. */
export const healthSchema = z.object({
  ok: z.boolean(),
  checks: z.record(z.string(), z.string()).describe('ok, or what is wrong').optional(),
});
