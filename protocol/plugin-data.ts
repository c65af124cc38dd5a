/** What the plugin remembers for a user between runs. It lies in Figma's clientStorage, never in the document. */
import * as z from 'zod/mini';
import { portraitSchema } from './portrait.ts';
import { DEFAULT_STYLE_SETTINGS } from './style-settings.ts';

const share = z.number().check(z.gte(0), z.lte(1));
const bytes = z.instanceof(Uint8Array);
/** Which face of a reference, counted from the left; 0 is the largest. */
const referenceFace = z._default(z.int().check(z.gte(0), z.lte(99)), 0);

/** How a portrait is restyled; also written beside each result. */
export const lookSchema = z.object({
  likeness: share,
  /** Of the skin. Settings kept by an earlier version have none. */
  tone: z._default(share, 0.5),
  /** Of hair, clothes and outline; the same holds. */
  shape: z._default(share, 0),
  /** Size of strokes against the face; 1 is as in the reference. */
  strokes: z._default(z.number().check(z.gte(1), z.lte(1.8)), 1),
  /** Towards the reference's; `auto` where nobody has said. */
  proportions: z._default(z.union([z.literal('auto'), share]), 'auto'),
  /** Of the person's own proportions. */
  exaggerate: z._default(share, 0),
  strength: share,
  background: z.enum(['style', 'keep', 'transparent']),
  referenceFace,
  /** Of results; previews are always drafts. */
  quality: z._default(z.enum(['draft', 'standard', 'best']), 'standard'),
  /** Output size over picture size; `layer` is what the layer needs on a screen of twice the canvas's density. */
  scale: z.literal(['layer', 1, 2, 4]),
});

/**
 * What becomes of the layer that a result is made from: nothing; or it is hidden, and in auto layout the result takes its
 * place; or its picture is replaced. Under a cut-out that lies above it, it is hidden in any case.
 */
export const originalSchema = z.enum(['keep', 'hide', 'replace']);

export const settingsSchema = z.object({
  look: lookSchema,
  original: z._default(originalSchema, 'keep'),
  /** The style that was chosen last. */
  styleId: z._default(z.nullable(z.string()), null),
  /** The paired renderer: its origin, such as http://localhost:7700, and its token. */
  renderer: z.nullable(z.object({ url: z.string(), token: z.string() })),
  /** Open the window that the renderer serves, which may use the graphics card, when it can be reached. */
  hostedWindow: z.boolean(),
});

export const DEFAULT_SETTINGS: Settings = {
  look: { ...DEFAULT_STYLE_SETTINGS, scale: 'layer' },
  original: 'keep',
  styleId: null,
  renderer: null,
  hostedWindow: false,
};

/** A style used lately. Its file, which may be large, is read when it is needed. */
export const recentStyleSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** `picture` is a reference (PNG or JPEG), `package` a .limner file. */
  kind: z.enum(['picture', 'package']),
  /** The style's own; results may be painted by another. */
  referenceFace,
  /** PNG or JPEG of at most 32 kB. */
  thumbnail: bytes.check(z.refine((data) => data.length <= 32_768, 'a thumbnail has at most 32 kB')),
});

/** A job on a renderer that the window waits for, perhaps after it was closed and opened again. */
export const pendingJobSchema = z.object({
  id: z.string(),
  kind: z.enum(['render', 'upscale', 'adapt', 'sequence']),
  /** The origin of the renderer it runs on. */
  rendererUrl: z.string(),
  /** Where the result goes; null for an adaptation and for a video. */
  portrait: z.nullable(portraitSchema),
  /** Of the file that a video came from. */
  file: z.optional(z.string()),
  styleId: z.nullable(z.string()),
  styleName: z.string(),
  look: lookSchema,
  /** Milliseconds since 1970. */
  startedAt: z.number(),
});

export type Original = z.infer<typeof originalSchema>;
export type Look = z.infer<typeof lookSchema>;
export type Settings = z.infer<typeof settingsSchema>;
export type RecentStyle = z.infer<typeof recentStyleSchema>;
export type PendingJob = z.infer<typeof pendingJobSchema>;
