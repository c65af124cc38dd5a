import { ERRORS, type ErrorCode, LimnerError } from '../../models/errors.ts';
import { type Failure, RendererError } from '../../protocol/renderer-api/errors.ts';

/** Any thrown value as an error of the catalogue. */
export function toLimnerError(error: unknown): LimnerError {
  if (error instanceof LimnerError) return error;
  if (error instanceof Error && error.name === 'AbortError') {
    return new LimnerError('CANCELLED', 'Cancelled.', { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new LimnerError('INTERNAL', `Something went wrong inside Limner: ${message}.`, { cause: error });
}

/** A failure with a code of the catalogue. */
export interface KnownFailure extends Failure {
  readonly code: ErrorCode;
}

/** Any thrown value as a code of the catalogue and words for people; a renderer's errors have its own words. */
export function failureOf(error: unknown): KnownFailure {
  if (!(error instanceof RendererError)) {
    const { code, message, hint } = toLimnerError(error);
    return { code, message, hint };
  }
  const { code, message, hint } = error;
  return { code: isCode(code) ? code : 'RENDERER_FAILED', message, hint };
}

const isCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);
