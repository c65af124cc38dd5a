import { z } from 'zod';
import { jobIdSchema } from './identifiers.ts';

/** One attempt to call the webhook of a job. */
export const deliverySchema = z.object({
  at: z.iso.datetime(),
  status: z.number().int().nullable().describe('of HTTP; null when there was no answer'),
  error: z.string().nullable().describe('why there was none'),
});
export type Delivery = z.infer<typeof deliverySchema>;

export const deliveryListSchema = z.object({ deliveries: z.array(deliverySchema) });

/** An attempt, and of which job. */
export const loggedDeliverySchema = deliverySchema.extend({
  id: z.number().int(),
  job: jobIdSchema,
  host: z.string().describe('that was called'),
});
export type LoggedDelivery = z.infer<typeof loggedDeliverySchema>;

export const deliveryLogSchema = z.object({
  deliveries: z.array(loggedDeliverySchema),
  next: z.number().int().nullable().describe('pass as before to go on; null at the end'),
});
export type DeliveryLog = z.infer<typeof deliveryLogSchema>;

export const deliveryLogQuerySchema = z.strictObject({
  outcome: z.enum(['any', 'failed']).default('any').describe('failed: what was not answered with success'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
});
export type DeliveryLogQuery = z.infer<typeof deliveryLogQuerySchema>;
