import { z } from 'zod';

/** One attempt to call the webhook of a job. */
export const deliverySchema = z.object({
  at: z.iso.datetime(),
  status: z.number().int().nullable().describe('of HTTP; null when there was no answer'),
  error: z.string().nullable().describe('why there was none'),
});
export type Delivery = z.infer<typeof deliverySchema>;

export const deliveryListSchema = z.object({ deliveries: z.array(deliverySchema) });
