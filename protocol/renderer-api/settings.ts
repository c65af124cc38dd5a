/** The controls of a restyled portrait, as every client sends them. Mirrors `StylizeOptions` of models/stylize. */
import { z } from 'zod';
import { DEFAULT_STYLE_SETTINGS } from '../style-settings.ts';

const share = (low: string, high: string) => z.number().min(0).max(1).describe(`0: ${low}; 1: ${high}`);

const controls = {
  likeness: share('all style', "all the person's features"),
  tone: share("skin in the style's tones", "in the portrait's own"),
  shape: share('own hair, clothes and outline', "the reference's are worn"),
  strokes: z
    .number()
    .min(1)
    .max(1.8)
    .describe('size of the strokes against the face; 1: as in the reference'),
  proportions: z
    .union([z.literal('auto'), z.number().min(0).max(1)])
    .describe(
      "0: the person's own proportions; 1: the reference's; auto: 0, or up to 0.35 where the reference's face is far from human",
    ),
  exaggerate: share(
    "the person's own proportions",
    'what tells them from the mean is added twice more: a caricature',
  ),
  strength: share('the untouched portrait', 'the full effect'),
  background: z.enum(['style', 'keep', 'transparent']).describe('what stands behind the person'),
  faces: z.enum(['all', 'largest']).describe('which faces are restyled'),
  referenceFace: z
    .number()
    .int()
    .min(0)
    .max(99)
    .describe('which face of the reference, counted from the left; 0: the largest'),
  quality: z.enum(['draft', 'standard', 'best']).describe('how much care is taken, and time'),
};

/** What a picture as a style is rendered with; a style file may bring its own. */
export const DEFAULT_SETTINGS = { ...DEFAULT_STYLE_SETTINGS, faces: 'all' } as const;

/** All settings. */
export const settingsSchema = z.strictObject(controls);
export type Settings = z.infer<typeof settingsSchema>;

/** The settings somebody chose; for the others those of the style, or the defaults, are taken. */
export const chosenSettingsSchema = settingsSchema.partial();
export type ChosenSettings = z.infer<typeof chosenSettingsSchema>;

/** The settings that a style may bring. */
export const styleSettingsSchema = settingsSchema.omit({ faces: true }).partial();
