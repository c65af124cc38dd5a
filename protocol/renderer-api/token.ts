/** Tokens: who may do what. */
import { z } from 'zod';

/** render: pictures and jobs; styles: send and delete styles; consents: give and revoke them; admin: tokens and metrics. */
export const ROLES = ['render', 'styles', 'consents', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const tokenNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'expected up to 64 letters, digits, - and _');

export const tokenInputSchema = z.strictObject({
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length).default(['render']),
});
export type TokenInput = z.input<typeof tokenInputSchema>;

export const tokenInfoSchema = z.object({
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  createdAt: z.iso.datetime(),
});
export type TokenInfo = z.infer<typeof tokenInfoSchema>;

export const newTokenSchema = z.object({ token: z.string().describe('shown this once') });
export const tokenListSchema = z.object({ tokens: z.array(tokenInfoSchema) });
