import { z } from 'zod';
import { sha256Schema, styleIdSchema } from './identifiers.ts';

/** A style file (`.limner`) the renderer holds until it is deleted, or a picture that comes with it. */
export const styleInfoSchema = z.object({
  id: styleIdSchema,
  name: z.string(),
  sha256: sha256Schema.describe('of the file'),
  bytes: z.number().int(),
  createdAt: z.iso.datetime().nullable().describe('null for built-in styles'),
  builtIn: z.boolean().describe('comes with Limner: every tenant has it, none can delete it'),
});
export type StyleInfo = z.infer<typeof styleInfoSchema>;

export const styleListSchema = z.object({ styles: z.array(styleInfoSchema) });
