import { z } from 'zod';

export const failureSchema = z.object({
  code: z.string().describe('a stable code of the error catalogue'),
  message: z.string().describe('what happened, for people'),
  hint: z
    .string()
    .optional()
    .describe('what to do next, for people; jobs of earlier versions have it in the message'),
});
export type Failure = z.infer<typeof failureSchema>;

/** The one shape of every answer that is not 2xx or 304. */
export const errorBodySchema = z.object({
  error: failureSchema.extend({ requestId: z.string().optional().describe('the same as in the logs') }),
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

export interface RendererErrorOptions extends ErrorOptions {
  readonly status?: number;
  readonly retryAfter?: number;
  readonly hint?: string;
}

/** Any request that did not succeed. `code` is one of the renderer's error catalogue or a `ClientErrorCode`. */
export class RendererError extends Error {
  readonly code: string;
  /** HTTP status; undefined when there was no answer. */
  readonly status?: number;
  /** Seconds after which trying again makes sense, when the renderer said so. */
  readonly retryAfter?: number;
  /** What to do next, for people. */
  readonly hint?: string;

  constructor(code: string, message: string, { status, retryAfter, hint, cause }: RendererErrorOptions = {}) {
    super(message, { cause });
    this.name = 'RendererError';
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
    this.hint = hint;
  }

  /** Whether the same request may succeed later without anybody changing anything. */
  get isTransient(): boolean {
    if (this.status === undefined) return this.code === 'RENDERER_UNREACHABLE';
    return this.status === 429 || this.status >= 500;
  }
}

/** Why a job has no result. @param error the job's; null when somebody cancelled it @param cancelled, hint what to say then */
export function jobError(error: Failure | null, cancelled: string, hint?: string): RendererError {
  if (!error) return new RendererError('CANCELLED', cancelled, { hint });
  return new RendererError(error.code, error.message, { hint: error.hint });
}
