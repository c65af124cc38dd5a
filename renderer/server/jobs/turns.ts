/**
 * Fair turns: whoever asks for much waits behind whoever asks for little. Every job gets a turn, later than those of the same
 * token before it by what it costs, and never earlier than the front of the queue, so that nobody saves turns up
 * (start-time fair queueing: Goyal, Vin and Cheng 1996). Turns only grow, so every job is the first some day.
 */
import type { JobRequest } from '../../../protocol/renderer-api/index.ts';
import type { Transaction } from '../database/database.ts';

/** Turns that a job costs: roughly its time on a processor, in that of an instant render. */
const COSTS = { instant: 1, full: 4, upscale: 4, export: 4, adapt: 20 } as const;
/** Turns by which a job goes ahead: somebody waits for an instant render, nobody for a batch. */
const AHEAD = { instant: 20, full: 10, upscale: 10, export: 10, adapt: 0, child: 0 } as const;

type Kind = keyof typeof COSTS;

/** @returns the turn of the first of several jobs alike, and what each further one adds */
export async function takeTurns(
  tx: Transaction,
  token: string,
  request: JobRequest,
  count: number,
): Promise<{ first: number; step: number }> {
  const step = COSTS[kindOf(request)];
  const [{ last }] = await tx.query<{ last: number }>(
    `with front as (select min(turn) as turn from limner.job where state = 'queued' and queue_id is not null)
     insert into limner.share (token, turn) select $1, coalesce(turn, 0) + $2::float8 from front
     on conflict (token) do update set turn = greatest(excluded.turn,
       -- an empty queue owes nobody anything
       case when exists (select 1 from front where turn is not null) then share.turn + $2::float8 else 0 end)
     returning turn as last`,
    [token, step * count],
  );
  return { first: last - step * (count - 1), step };
}

/** Larger is earlier. */
export const priorityOf = (turn: number, request: JobRequest, isChild: boolean): number =>
  Math.round(AHEAD[isChild ? 'child' : kindOf(request)] - turn);

function kindOf(request: JobRequest): Kind {
  return request.kind === 'render' || request.kind === 'batch' ? request.mode : request.kind;
}
