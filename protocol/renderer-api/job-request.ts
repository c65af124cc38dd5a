/** What can be asked of the renderer. A request is kept word for word: the same id with another request is refused. */
import { z } from 'zod';
import { sha256Schema, styleRefSchema } from './identifiers.ts';
import { chosenSettingsSchema, styleSettingsSchema } from './settings.ts';
import { textSchema } from './text.ts';

export const MODES = ['instant', 'full'] as const;
export const FORMATS = ['png', 'jpeg', 'webp'] as const;
export const ENLARGERS = ['srgan', 'srresnet', 'srgan-lite'] as const;
/** Portraits of one batch. */
export const MOST_PORTRAITS = 1000;

/** Told when the job has ended, by a POST signed as https://www.standardwebhooks.com says. */
export const webhookSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .pipe(textSchema),
  secret: textSchema.min(16).max(256).describe('key of the signature; never shown again'),
});

/** Of every job. */
const ordering = {
  priority: z
    .number()
    .int()
    .min(-10)
    .max(10)
    .optional()
    .describe(
      'among the jobs of the same token, larger first; 0 unless given. Other tokens wait no longer for it',
    ),
  deadline: z.iso
    .datetime()
    .optional()
    .describe(
      'by when it must have ended; else it fails with DEADLINE_MISSED. Of equal priority the earliest goes first',
    ),
  webhook: webhookSchema.optional(),
};

const common = {
  format: z.enum(FORMATS).default('png'),
  ...ordering,
};

const restyling = {
  style: styleRefSchema,
  settings: chosenSettingsSchema.default({}),
  mode: z.enum(MODES).default('instant').describe('full: with the ×4 network'),
  scale: z
    .union([z.literal(1), z.literal(2), z.literal(4)])
    .optional()
    .describe('output size over portrait size; with mode full only, where it is 4 unless given'),
};

export const renderRequestSchema = z.strictObject({
  kind: z.literal('render'),
  portrait: sha256Schema,
  ...restyling,
  ...common,
});

/** Many portraits in one style: a render job each, called `ID.0`, `ID.1`, … */
export const batchRequestSchema = z.strictObject({
  kind: z.literal('batch'),
  portraits: z.array(sha256Schema).min(1).max(MOST_PORTRAITS),
  ...restyling,
  ...common,
});

export const upscaleRequestSchema = z.strictObject({
  kind: z.literal('upscale'),
  picture: sha256Schema,
  scale: z.union([z.literal(2), z.literal(4)]).default(4),
  weights: z.enum(ENLARGERS).optional().describe('the best that is there, unless given'),
  ...common,
});

/** Makes a style of one reference; its id is the id of the job. */
export const adaptRequestSchema = z.strictObject({
  kind: z.literal('adapt'),
  reference: sha256Schema,
  name: textSchema.trim().min(1).max(100),
  budget: z
    .union([
      z.strictObject({ seconds: z.number().int().min(1).max(3600) }),
      z.strictObject({ steps: z.number().int().min(1).max(100_000) }),
    ])
    .default({ seconds: 60 }),
  settings: styleSettingsSchema
    .default({})
    .describe('what renders in the style use unless they are told otherwise'),
  ...ordering,
});

export const EXPORT_FORMATS = ['png', 'webp', 'pdf'] as const;
/** Layers that one export may name. */
const MOST_LAYERS = 1000;

/** A frame, sent as SVG like a picture, with the portraits in it restyled. */
export const exportRequestSchema = z.strictObject({
  kind: z.literal('export'),
  frame: sha256Schema,
  style: styleRefSchema,
  settings: chosenSettingsSchema.default({}),
  portraits: z
    .array(textSchema.min(1).max(500))
    .min(1)
    .max(MOST_LAYERS)
    .optional()
    .describe('names of layers; every picture with a face, unless given'),
  scale: z.number().min(0.1).max(8).default(1).describe('output size over frame size'),
  format: z.enum(EXPORT_FORMATS).default('png'),
  ...ordering,
});

export const SEQUENCE_FORMATS = ['webp', 'gif', 'mp4', 'webm'] as const;

/** An animated GIF or WebP, or a video where the renderer has FFmpeg, sent like a picture, painted so that it holds still. */
export const sequenceRequestSchema = z.strictObject({
  kind: z.literal('sequence'),
  animation: sha256Schema,
  style: styleRefSchema,
  settings: chosenSettingsSchema.default({}),
  from: z.number().min(0).optional().describe('seconds at which the part that is painted begins'),
  to: z.number().positive().optional().describe('seconds at which it ends'),
  fps: z.number().min(0.1).max(100).optional().describe('at most so many pictures a second'),
  boil: z.number().min(0).max(1).default(0).describe('share of the strokes that is drawn anew all the time'),
  format: z.enum(SEQUENCE_FORMATS).default('webp'),
  ...ordering,
});

export const jobRequestSchema = z
  .discriminatedUnion('kind', [
    renderRequestSchema,
    batchRequestSchema,
    upscaleRequestSchema,
    adaptRequestSchema,
    exportRequestSchema,
    sequenceRequestSchema,
  ])
  .refine(
    (job) => !('mode' in job) || job.mode === 'full' || job.scale === undefined || job.scale === 1,
    'mode instant renders at scale 1 only; use mode full',
  )
  .refine(
    (job) => job.kind !== 'sequence' || (job.from ?? 0) < (job.to ?? Number.POSITIVE_INFINITY),
    'a part begins before it ends',
  );

export const JOB_KINDS = ['render', 'batch', 'upscale', 'adapt', 'export', 'sequence'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** A request, defaults filled in. */
export type JobRequest = z.infer<typeof jobRequestSchema>;
/** A request as it may be sent. */
export type JobRequestInput = z.input<typeof jobRequestSchema>;
export type RequestOf<Kind extends JobKind> = Extract<JobRequest, { kind: Kind }>;
