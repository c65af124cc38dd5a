/**
 * What the plugin (Figma's main thread) and its window may ask each other: one table of calls for each side that answers.
 *
 * Every message is a call or the reply to one (see channel.ts); there are no one-way messages. Bytes are Uint8Array. The
 * window speaks first: it calls `start` once it listens, and the plugin calls nothing before that. From then on the plugin
 * calls `selection` whenever the selection changes. A portrait is named by the record in which the plugin listed it; a
 * layer that was removed or given another picture since is answered with an error, never with a guess.
 *
 * Results have the framing of the whole picture, not of its crop, at any size: the layer goes on cropping it. What is
 * larger than MAX_IMAGE_EDGE comes as tiles, row by row from the top left, which together cover the picture exactly.
 * Where they overlap (a few pixels, so that no seam shows when the canvas is zoomed), later ones lie above.
 */
import * as z from 'zod/mini';
import {
  lookSchema,
  originalSchema,
  pendingJobSchema,
  recentStyleSchema,
  settingsSchema,
} from './plugin-data.ts';
import { portraitSchema } from './portrait.ts';

/** Figma takes no image with a longer edge, in pixels. */
export const MAX_IMAGE_EDGE = 4096;

export const COMMANDS = ['stylize', 'new-style', 'upscale', 'settings'] as const;

const bytes = z.instanceof(Uint8Array);
const nothing = z.object({});
const edge = z.int().check(z.gte(1), z.lte(MAX_IMAGE_EDGE));
const theme = z.enum(['light', 'dark']);

/** How the user started the plugin. */
export const launchSchema = z.object({
  command: z.enum(COMMANDS),
  /** The style named in a quick action: the id of a recent style. */
  styleId: z.nullable(z.string()),
  /** `hosted` after `open-hosted`; `inlined-again` when the hosted window did not start. */
  window: z.enum(['inlined', 'hosted', 'inlined-again']),
  /** Known where the window was told by `open-hosted`; the inlined window reads Figma's theme classes. */
  theme: z.nullable(theme),
});

export const selectionSchema = z.object({
  /** Number of layers selected. */
  layers: z.int(),
  /** In the order of the layers panel, at most 500. */
  portraits: z.array(portraitSchema),
  /**
   * What restyling starts from: the portraits, but for a result of Limner the portrait it was made from, while that is still
   * there. So a style tried after another is not painted over it. Each once.
   */
  originals: z.array(portraitSchema),
  /** Layers that hold a picture which cannot be used, and why, as a sentence for the user. */
  skipped: z.array(z.object({ name: z.string(), reason: z.string() })),
});

export const tileSchema = z.object({ x: z.int(), y: z.int(), width: edge, height: edge, bytes });

export const resultSchema = z.object({
  portrait: portraitSchema,
  width: z.int(),
  height: z.int(),
  /** PNG or JPEG files: one unless an edge is longer than MAX_IMAGE_EDGE. */
  tiles: z.array(tileSchema).check(z.minLength(1)),
  /** The new layer is named PORTRAIT · STYLE. */
  styleName: z.string(),
  styleId: z.nullable(z.string()),
  look: lookSchema,
  /** The renderer's job; null where the result was made in the window. */
  jobId: z.nullable(z.string()),
  /** What becomes of the layer; see `originalSchema`. Tiles never replace a picture. */
  original: originalSchema,
});

export const paintedVideoSchema = z.object({
  /** An MP4, or a GIF where Figma takes no videos. */
  bytes,
  kind: z.enum(['video', 'gif']),
  /** Of the file that was painted. */
  name: z.string(),
  /** Pixels. */
  width: edge,
  height: edge,
  styleName: z.string(),
  styleId: z.nullable(z.string()),
  look: lookSchema,
  /** The renderer's job. */
  jobId: z.string(),
});

/** Calls the plugin answers. */
export const PLUGIN_CALLS = {
  /** The window listens. */
  start: {
    ask: nothing,
    answer: z.object({
      launch: launchSchema,
      selection: selectionSchema,
      settings: settingsSchema,
      /** Most recently used first. */
      styles: z.array(recentStyleSchema),
      /** Jobs of this document. */
      jobs: z.array(pendingJobSchema),
    }),
  },
  /** The picture of a portrait or reference: the file as uploaded, or a PNG of a layer as it looks. */
  'read-picture': { ask: z.object({ portrait: portraitSchema }), answer: z.object({ bytes }) },
  /** Puts a result on the canvas, and forgets its job: `instead` is in the original's place in auto layout. */
  'apply-result': {
    ask: resultSchema,
    answer: z.object({
      nodeId: z.string(),
      placed: z.enum(['beside', 'above', 'instead', 'replaced']),
    }),
  },
  /** Whether this team may add videos. Figma tells by taking a short one or not. */
  'takes-videos': { ask: z.object({ sample: bytes }), answer: z.object({ takes: z.boolean() }) },
  /** Puts a painted video on the canvas, in the middle of what the user sees, and forgets its job. */
  'add-video': { ask: paintedVideoSchema, answer: z.object({ nodeId: z.string() }) },
  /** Makes one undo step of all results since the last. */
  commit: { ask: nothing, answer: nothing },
  /** Selects layers and scrolls to them. */
  show: { ask: z.object({ nodeIds: z.array(z.string()) }), answer: nothing },
  'save-settings': { ask: z.object({ settings: settingsSchema }), answer: nothing },
  /** Puts a style first; the least recently used make room for it in Figma's 5 MB. */
  'save-style': {
    ask: z.object({ style: recentStyleSchema, file: bytes }),
    answer: z.object({ styles: z.array(recentStyleSchema) }),
  },
  /** The style's file; it becomes the most recently used. */
  'read-style': { ask: z.object({ id: z.string() }), answer: z.object({ file: bytes }) },
  'remove-style': {
    ask: z.object({ id: z.string() }),
    answer: z.object({ styles: z.array(recentStyleSchema) }),
  },
  'save-job': { ask: z.object({ job: pendingJobSchema }), answer: nothing },
  /** The job ended without a layer or was given up. */
  'remove-job': { ask: z.object({ id: z.string() }), answer: nothing },
  /** The text of an entry of the manifest's `ui` map: networks and the wasm runtime travel this way. */
  'read-asset': { ask: z.object({ name: z.string() }), answer: z.object({ text: z.string() }) },
  /** Leaves this window for one served by the paired renderer; without its `start` in 10 s this one comes back. */
  'open-hosted': { ask: z.object({ path: z.string(), theme }), answer: nothing },
  /** A short message at the bottom of Figma; cut to 100 characters. Where it is about layers, a button shows them. */
  notify: {
    ask: z.object({ message: z.string(), error: z.boolean(), nodeIds: z.array(z.string()) }),
    answer: nothing,
  },
  resize: { ask: z.object({ width: z.int(), height: z.int() }), answer: nothing },
  close: { ask: nothing, answer: nothing },
} as const;

/** Calls the window answers. */
export const WINDOW_CALLS = {
  selection: { ask: selectionSchema, answer: nothing },
} as const;

export type Command = (typeof COMMANDS)[number];
export type Launch = z.infer<typeof launchSchema>;
export type Selection = z.infer<typeof selectionSchema>;
export type Tile = z.infer<typeof tileSchema>;
export type Result = z.infer<typeof resultSchema>;
export type PaintedVideo = z.infer<typeof paintedVideoSchema>;
export type PluginCalls = typeof PLUGIN_CALLS;
export type WindowCalls = typeof WINDOW_CALLS;
