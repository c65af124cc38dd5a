/** The controls of a restyled portrait, as every client sends them. Mirrors `StylizeOptions` of models/style. */
import { z } from 'zod';

const share = (low: string, high: string, preset: number) =>
  z.number().min(0).max(1).default(preset).describe(`0: ${low}; 1: ${high}`);

export const settingsSchema = z.strictObject({
  likeness: share('all style', "all the person's features", 0.5),
  strength: share('the untouched portrait', 'the full effect', 1),
  background: z
    .enum(['style', 'keep', 'transparent'])
    .default('style')
    .describe('what stands behind the person'),
  faces: z.enum(['all', 'largest']).default('all').describe('which faces are restyled'),
});
/** All settings, defaults filled in. */
export type Settings = z.infer<typeof settingsSchema>;
/** Settings as they may be sent; what is left out takes its default. */
export type SettingsInput = z.input<typeof settingsSchema>;
