import { ERRORS } from '../../../models/errors.ts';
import { failureOf } from '../../core/errors.ts';
import type { Io } from './io.ts';

/** Prints an error, as one line of JSON if wanted, and gives the exit code that goes with it. */
export function reportError(error: unknown, io: Io, json: boolean): number {
  const { code, message } = failureOf(error);
  io.err(json ? JSON.stringify({ error: { code, message } }) : `limner: ${message} [${code}]`);
  return ERRORS[code].exit;
}
