import type { Problem } from './state.ts';

/** What to tell the user. Errors of Limner say what happened and what to do next; others are mistakes of ours. */
export function problemOf(error: unknown): Problem {
  const { code, message, hint } = (error ?? {}) as Partial<Record<'code' | 'message' | 'hint', unknown>>;
  if (typeof code === 'string' && typeof message === 'string')
    return { code, message, ...(typeof hint === 'string' && { hint }) };
  return { code: 'INTERNAL', message: `Something went wrong: ${message ?? error}` };
}

export const isCancelled = ({ code }: Problem): boolean => code === 'CANCELLED' || code === 'ABORTED';
