/**
 * Fair turns: whoever asks for much waits behind whoever asks for little. Every job gets a turn, later than those of the same
 * token before it by what it costs over the weight of the token, and never earlier than the front of the queue, so that nobody saves turns up
 * (start-time fair queueing: Goyal, Vin and Cheng 1996). Turns only grow, so every job is the first some day.
 */
import type { JobRequest } from '../../../protocol/renderer-api/index.ts';
import type { Transaction } from '../database/database.ts';
import { DEFAULT_TENANT } from './tenants.ts';

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
  const [{ last, step }] = await tx.query<{ last: number; step: number }>(TAKE_TURNS, [
    tenant,
    token,
    COSTS[kindOf(request)],
    count,
  ]);
  return { first: last - step * (count - 1), step };
}

/**
 * The weight of a token is that of its tenant times its own. The tokens of a tenant divide what is the tenant's, as far as
 * they have jobs waiting; those of the default tenant, where nobody else may be, are each by themselves. An empty queue
 * owes nobody anything.
 */
const TAKE_TURNS = `
  with front as (select min(turn) as turn from limner.job where state = 'queued' and queue_id is not null),
  active as (
    select $2::text as key union
    select share.token from limner.share, front where share.tenant = $1 and share.turn >= front.turn
  ),
  weighed as (
    select key, coalesce(token.weight, 1) as weight from active left join limner.token
      on key = case token.tenant when '${DEFAULT_TENANT}' then token.name else token.tenant || '/' || token.name end
  ),
  pace as (
    select $3::float8 / ((select weight from limner.tenant where name = $1)
      * (select weight from weighed where key = $2)
      / case $1 when '${DEFAULT_TENANT}' then 1 else (select sum(weight) from weighed) end) as step
  )
  insert into limner.share (token, tenant, turn)
    select $2, $1, coalesce(front.turn, 0) + step * $4::int from front, pace
  on conflict (token) do update set turn = greatest(excluded.turn,
    case when exists (select 1 from front where turn is not null)
      then share.turn + (select step from pace) * $4::int else 0 end)
  returning turn as last, (select step from pace) as step`;

/** Larger is earlier. */
export const priorityOf = (turn: number, request: JobRequest, isChild: boolean): number =>
  Math.round(AHEAD[isChild ? 'child' : kindOf(request)] - turn);

function kindOf(request: JobRequest): Kind {
  return request.kind === 'render' || request.kind === 'batch' ? request.mode : request.kind;
}
