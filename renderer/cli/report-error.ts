import { ERRORS, LimnerError } from '../../models/errors.ts';
import type { Io } from './io.ts';

/** Any thrown value as an error of the catalogue. */
export function toLimnerError(error: unknown): LimnerError {
  if (error instanceof LimnerError) return error;
  if (error instanceof Error && error.name === 'AbortError') {
    return new LimnerError('CANCELLED', 'Cancelled.', { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new LimnerError('INTERNAL', `Something went wrong inside Limner: ${message}.`, { cause: error });
}

/** Prints an error, as one line of JSON if wanted, and gives the exit code that goes with it. */
export function reportError(error: unknown, io: Io, json: boolean): number {
  const { code, message } = toLimnerError(error);
  io.err(json ? JSON.stringify({ error: { code, message } }) : `limner: ${message} [${code}]`);
  return ERRORS[code].exit;
}
