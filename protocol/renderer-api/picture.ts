import { z } from 'zod';
import { sha256Schema } from './identifiers.ts';

/** A picture the renderer holds. It is kept upright, in sRGB, without any metadata. */
export const pictureInfoSchema = z.object({
  sha256: sha256Schema.describe('of the bytes as sent'),
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int().describe('as kept'),
  createdAt: z.iso.datetime(),
});
export type PictureInfo = z.infer<typeof pictureInfoSchema>;
