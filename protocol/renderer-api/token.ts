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

export const tenantInfoSchema = z.object({ name: z.string(), createdAt: z.iso.datetime() });
export type TenantInfo = z.infer<typeof tenantInfoSchema>;
export const tenantListSchema = z.object({ tenants: z.array(tenantInfoSchema) });

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
