import type { z } from 'zod';
import { errorBodySchema } from '../../../../protocol/renderer-api/index.ts';

/** The statuses by which a route may refuse, for its documentation. */
export function errorsOf<Status extends number>(
  ...statuses: readonly Status[]
): Record<Status, z.ZodType<z.infer<typeof errorBodySchema>>> {
  return Object.fromEntries(statuses.map((status) => [status, errorBodySchema])) as never;
}
