/**
 * Fair turns: whoever asks for much waits behind whoever asks for little. Every job gets a turn, later than those of the same
 * token before it by what it costs over the weight of the token, and never earlier than the front of the queue, so that nobody saves turns up
 * (start-time fair queueing: Goyal, Vin and Cheng 1996). Turns only grow, so every job is the first some day. What a token
 * weighs is in ../database/queue-functions.ts.
 */
import type { JobRequest } from '../../../protocol/renderer-api/index.ts';
import type { Transaction } from '../database/database.ts';

/** Turns that a job costs: roughly its time on a processor, in that of an instant render. */
const COSTS = { instant: 1, full: 4, upscale: 4, export: 4, adapt: 20, sequence: 20 } as const;
/** Turns by which a job goes ahead: somebody waits for an instant render, nobody for a batch. */
const AHEAD = { instant: 20, full: 10, upscale: 10, export: 10, adapt: 0, sequence: 0, child: 0 } as const;

type Kind = keyof typeof COSTS;

/** @returns the turn of the first of several jobs alike, and what each further one adds */
export async function takeTurns(
  tx: Transaction,
  { tenant, token }: { readonly tenant: string; readonly token: string },
  request: JobRequest,
  count: number,
): Promise<{ first: number; step: number }> {
  const [{ last, step }] = await tx.query<{ last: number; step: number }>(
    'select last, step from limner.take_turns($1, $2, $3, $4)',
    [tenant, token, COSTS[kindOf(request)], count],
  );
  return { first: last - step * (count - 1), step };
}

/** Larger is earlier. */
export const priorityOf = (turn: number, request: JobRequest, isChild: boolean): number =>
  Math.round(AHEAD[isChild ? 'child' : kindOf(request)] - turn);

function kindOf(request: JobRequest): Kind {
  return request.kind === 'render' || request.kind === 'batch' ? request.mode : request.kind;
}
