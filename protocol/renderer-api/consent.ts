/** Consents: who allowed what to be done with a portrait, until when. */
import { z } from 'zod';
import { sha256Schema } from './identifiers.ts';
import { dateTimeSchema, textSchema } from './text.ts';

export const CONSENT_SCOPES = ['restyle', 'adapt'] as const;

export const consentInputSchema = z.strictObject({
  portrait: sha256Schema,
  grantor: textSchema
    .trim()
    .min(1)
    .max(200)
    .describe('who allows it; forgotten when the portrait is deleted'),
  scopes: z.array(z.enum(CONSENT_SCOPES)).min(1).max(CONSENT_SCOPES.length),
  until: dateTimeSchema,
});
export type ConsentInput = z.infer<typeof consentInputSchema>;

export const consentSchema = consentInputSchema.extend({
  id: z.string(),
  grantor: z.string().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type Consent = z.infer<typeof consentSchema>;

export const newConsentSchema = consentSchema.extend({
  salt: z
    .string()
    .describe('proves, with the name, to whom the entry in the ledger belongs; shown this once'),
});
