import { z } from 'zod';

/** The one shape of every answer that is not 2xx or 304. */
export const errorBodySchema = z.object({
  error: z.object({
    code: z.string().describe('a stable code of the error catalogue'),
    message: z.string().describe('what happened and what to do next, for people'),
    requestId: z.string().optional().describe('the same as in the logs'),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** What went wrong before or after the renderer had its say. */
export type ClientErrorCode =
  | 'RENDERER_UNREACHABLE'
  | 'BLOCKED_BY_FIGMA'
  | 'BLOCKED_BY_BROWSER'
  | 'DEADLINE_EXCEEDED'
  | 'CANCELLED'
  | 'BAD_RESPONSE';

/** Any request that did not succeed. `code` is one of the renderer's error catalogue or a `ClientErrorCode`. */
export class RendererError extends Error {
  readonly code: string;
  /** HTTP status; undefined when there was no answer. */
  readonly status?: number;
  /** Seconds after which trying again makes sense, when the renderer said so. */
  readonly retryAfter?: number;

  constructor(
    code: string,
    message: string,
    { status, retryAfter, cause }: { status?: number; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.name = 'RendererError';
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may succeed later without anybody changing anything. */
  get isTransient(): boolean {
    if (this.status === undefined) return this.code === 'RENDERER_UNREACHABLE';
    return this.status === 429 || this.status >= 500;
  }
}
