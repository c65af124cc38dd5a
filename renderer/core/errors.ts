import { ERRORS, type ErrorCode, LimnerError } from '../../models/errors.ts';
import { RendererError } from '../../protocol/renderer-api/errors.ts';

/** Any thrown value as an error of the catalogue. */
export function toLimnerError(error: unknown): LimnerError {
  if (error instanceof LimnerError) return error;
  if (error instanceof Error && error.name === 'AbortError') {
    return new LimnerError('CANCELLED', 'Cancelled.', { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new LimnerError('INTERNAL', `Something went wrong inside Limner: ${message}.`, { cause: error });
}

/** Any thrown value as a code of the catalogue and words for people; a renderer's errors have its own words. */
export function failureOf(error: unknown): { code: ErrorCode; message: string } {
  if (!(error instanceof RendererError)) {
    const { code, message } = toLimnerError(error);
    return { code, message };
  }
  return { code: isCode(error.code) ? error.code : 'RENDERER_FAILED', message: error.message };
}

const isCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);
