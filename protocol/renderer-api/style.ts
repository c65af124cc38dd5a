import { z } from 'zod';
import { sha256Schema, styleIdSchema } from './identifiers.ts';

/** A style file (`.limner`) the renderer holds, until it is deleted. */
export const styleInfoSchema = z.object({
  id: styleIdSchema,
  name: z.string(),
  sha256: sha256Schema.describe('of the file'),
  bytes: z.number().int(),
  createdAt: z.iso.datetime(),
});
export type StyleInfo = z.infer<typeof styleInfoSchema>;

export const styleListSchema = z.object({ styles: z.array(styleInfoSchema) });
