import { LimnerError } from '../../models/errors.ts';

/** Why nothing can listen there. @returns ADDRESS_IN_USE or ADDRESS_UNAVAILABLE */
export function addressError(cause: unknown, host: string, port: number): LimnerError {
  const { code } = cause as NodeJS.ErrnoException;
  const where = `${host} port ${port}`;
  if (code === 'EADDRINUSE')
    return new LimnerError('ADDRESS_IN_USE', `Something else listens at ${where}.`, { cause });
  return new LimnerError('ADDRESS_UNAVAILABLE', `Cannot listen at ${where} (${code}).`, { cause });
}
