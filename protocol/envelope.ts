/** The one shape of everything that crosses between plugin and window, in both directions. */
import * as z from 'zod/mini';

export const CHANNEL_ERRORS = [
  /** A message or a call this side does not know. */
  'UNKNOWN_MESSAGE',
  /** A call or an answer whose contents break the protocol. */
  'BAD_MESSAGE',
  /** No answer within the deadline. */
  'DEADLINE',
  'ABORTED',
  /** The layer is gone, or shows another picture than it did. */
  'SOURCE_CHANGED',
  /** Figma cannot give the picture's bytes. */
  'NOT_READABLE',
  /** Figma refuses the change, or the picture. */
  'NOT_PLACED',
  /** Figma's 5 MB of client storage do not hold it. */
  'STORAGE_FULL',
  /** No such style, job or asset, or no paired renderer. */
  'NOT_FOUND',
  'INTERNAL',
] as const;

export const envelopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id: z.string(), name: z.string(), ask: z.unknown() }),
  z.object({ kind: z.literal('answer'), id: z.string(), answer: z.unknown() }),
  /** `id` is null where the message that is refused had none. */
  z.object({
    kind: z.literal('error'),
    id: z.nullable(z.string()),
    code: z.enum(CHANNEL_ERRORS),
    message: z.string(),
    hint: z.optional(z.string()),
  }),
  z.object({ kind: z.literal('abort'), id: z.string() }),
]);

/** Whether something that came along is meant as a message of Limner, well-formed or not. */
export function isEnvelope(message: unknown): boolean {
  const { kind } = (message ?? {}) as { kind?: unknown };
  return KINDS.some((known) => known === kind);
}

const KINDS: readonly Envelope['kind'][] = ['call', 'answer', 'error', 'abort'];

export type Envelope = z.infer<typeof envelopeSchema>;
export type ChannelErrorCode = (typeof CHANNEL_ERRORS)[number];

/** An error that crosses the channel. Its message says what happened, its hint what to do next, both for the user. */
export class ChannelError extends Error {
  readonly code: ChannelErrorCode;
  readonly hint?: string;

  constructor(code: ChannelErrorCode, message: string, hint?: string) {
    super(message);
    this.name = 'ChannelError';
    this.code = code;
    this.hint = hint;
  }
}
