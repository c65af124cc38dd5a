/** Tokens: who may do what. */
import { z } from 'zod';

/** Within a tenant. render: pictures and jobs; styles: send and delete styles; consents: give and revoke them; admin: tokens. */
export const TENANT_ROLES = ['render', 'styles', 'consents', 'admin'] as const;
/** operator: of the whole renderer: tenants, acting in any of them, metrics, the whole ledger. */
export const ROLES = [...TENANT_ROLES, 'operator'] as const;
export type Role = (typeof ROLES)[number];

export const tokenNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'expected up to 64 letters, digits, - and _');

export const tenantNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,29}$/, 'expected up to 30 lower-case letters, digits and -');

/** By which an operator acts in a tenant that is not its own. */
export const TENANT_HEADER = 'limner-tenant';

/** Turns over those of others. */
const weightSchema = z.number().min(0.01).max(100);

/** null: without limit. */
export const quotasSchema = z.strictObject({
  maxJobs: z.number().int().min(0).max(1_000_000).nullable().describe('jobs that wait or run'),
  maxBytes: z.number().int().min(0).nullable().describe('of pictures, styles and results'),
  maxPixelSeconds: z
    .number()
    .min(0)
    .max(1e18)
    .nullable()
    .describe('pixels times seconds of work a day (UTC)'),
});
export type Quotas = z.infer<typeof quotasSchema>;

/** What is not given stays as it is. */
export const tenantInputSchema = quotasSchema.extend({ weight: weightSchema }).partial();
export type TenantInput = z.infer<typeof tenantInputSchema>;

export const tenantInfoSchema = z.object({
  name: z.string(),
  createdAt: z.iso.datetime(),
  weight: z.number().describe('its share of the turns, over that of other tenants'),
  ...quotasSchema.shape,
  jobs: z.number().int().describe('that wait or run'),
  bytes: z.number().describe('kept'),
  pixelSeconds: z.number().describe('of today (UTC)'),
});
export type TenantInfo = z.infer<typeof tenantInfoSchema>;
export const tenantListSchema = z.object({ tenants: z.array(tenantInfoSchema) });

export const tokenInputSchema = z.strictObject({
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length).default(['render']),
  weight: weightSchema
    .optional()
    .describe('its share of the turns, over that of other tokens; takes the role operator'),
});
export type TokenInput = z.input<typeof tokenInputSchema>;

export const tokenInfoSchema = z.object({
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  weight: z.number(),
  createdAt: z.iso.datetime(),
});
export type TokenInfo = z.infer<typeof tokenInfoSchema>;

export const newTokenSchema = z.object({ token: z.string().describe('shown this once') });
export const tokenListSchema = z.object({ tokens: z.array(tokenInfoSchema) });
