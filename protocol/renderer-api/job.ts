/** A job as the renderer shows it, and what happens to it over time. */
import { z } from 'zod';
import { failureSchema } from './errors.ts';
import { jobIdSchema, sha256Schema, styleIdSchema } from './identifiers.ts';
import { JOB_KINDS } from './job-request.ts';

/** queued → running → one of the last three; a running job whose worker was lost is queued again. */
export const JOB_STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export const jobStateSchema = z.enum(JOB_STATES);
export type JobState = z.infer<typeof jobStateSchema>;

/** Whether nothing will happen to a job any more. */
export const isEnded = (state: JobState): boolean =>
  state === 'succeeded' || state === 'failed' || state === 'cancelled';

const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** A picture, had from `GET /v1/jobs/{id}/result`. */
export const pictureResultSchema = z.object({
  type: z.literal('picture'),
  sha256: sha256Schema,
  bytes: z.number().int(),
  mediaType: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  device: z.string(),
  weights: z.string().optional().describe('the network that enlarged'),
  faces: z.array(z.object({ box: boxSchema, score: z.number() })).describe('in pixels of the portrait'),
  reference: z
    .object({
      number: z.number().int(),
      count: z.number().int(),
      boxes: z
        .array(boxSchema)
        .optional()
        .describe(
          'of all faces from the left, in pixels of the reference; results of an older renderer have none',
        ),
      face: boxSchema,
      part: boxSchema,
    })
    .nullable()
    .optional()
    .describe('which face of the reference was used, counted from the left, of how many, and which part'),
  warnings: z.array(z.string()),
  sequence: z
    .object({
      frames: z.number().int(),
      seconds: z.number(),
      lost: z.number().int().describe('pictures in which no face was found'),
      resumed: z.number().int().optional().describe('pictures that an attempt had painted that was killed'),
    })
    .optional()
    .describe('of jobs of the kind sequence'),
});

/** A style, had from `GET /v1/styles/{style}`. */
export const styleResultSchema = z.object({
  type: z.literal('style'),
  style: styleIdSchema,
  bytes: z.number().int(),
  steps: z.number().int(),
  heldOut: z.record(z.string(), z.number()).describe('measures before and after, on what was held out'),
  warnings: z.array(z.string()),
});

export const jobResultSchema = z.discriminatedUnion('type', [pictureResultSchema, styleResultSchema]);
export type JobResult = z.infer<typeof jobResultSchema>;

/** How the jobs of a batch stand. */
export const childrenSchema = z.object({
  total: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
});

const progress = {
  state: jobStateSchema,
  percent: z.number().min(0).max(100),
  stage: z.string().nullable().describe('what is being done, e.g. faces, field, enlarge'),
  details: z.record(z.string(), z.number()).nullable().describe('figures of the stage, e.g. step and loss'),
  children: childrenSchema.nullable().describe('batches only'),
  error: failureSchema.nullable(),
};

export const jobSchema = z.object({
  id: jobIdSchema,
  kind: z.enum(JOB_KINDS),
  ...progress,
  position: z.number().int().nullable().describe('jobs before it in the queue; null when not queued'),
  parent: jobIdSchema.nullable().describe('the batch it belongs to'),
  attempts: z.number().int().describe('how often it was started'),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  timings: z.record(z.string(), z.number()).describe('milliseconds a stage'),
  result: jobResultSchema.nullable(),
  request: z.record(z.string(), z.unknown()).describe('what was asked, less the secret of the webhook'),
});
export type Job = z.infer<typeof jobSchema>;

export const JOB_EVENTS = ['queued', 'started', 'progress', 'succeeded', 'failed', 'cancelled'] as const;

/** One happening of a job; `event:` of server-sent events is its type, `id:` its number within the job. */
export const jobEventSchema = z.object({
  id: z.number().int().positive(),
  type: z.enum(JOB_EVENTS),
  at: z.iso.datetime(),
  ...progress,
});
export type JobEvent = z.infer<typeof jobEventSchema>;

export const jobListSchema = z.object({
  jobs: z.array(jobSchema),
  next: z.string().nullable().describe('pass as cursor to go on; null at the end'),
});
export type JobList = z.infer<typeof jobListSchema>;

export const jobListQuerySchema = z.strictObject({
  state: jobStateSchema.optional(),
  kind: z.enum(JOB_KINDS).optional(),
  parent: jobIdSchema.optional().describe('jobs of this batch'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type JobListQuery = z.input<typeof jobListQuerySchema>;
