import type * as z from 'zod/mini';
import { ChannelError } from '../envelope.ts';

/** The contents of a call or an answer. Throws BAD_MESSAGE, which names the first thing that is wrong. */
export function parse(schema: z.ZodMiniType, value: unknown, name: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  throw new ChannelError('BAD_MESSAGE', `${name}: ${path.join('.') || 'the message'}: ${message}`);
}

export function toChannelError(error: unknown): ChannelError {
  if (error instanceof ChannelError) return error;
  return new ChannelError('INTERNAL', error instanceof Error ? error.message : String(error));
}
