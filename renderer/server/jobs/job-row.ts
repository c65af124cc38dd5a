/** Jobs as the database has them and as the API shows them. */
import type {
  Job,
  JobEvent,
  JobKind,
  JobRequest,
  JobResult,
  JobState,
} from '../../../protocol/renderer-api/index.ts';
import { idOf } from './tenants.ts';

export interface JobRow {
  /** Its key; see tenants.ts. */
  id: string;
  tenant: string;
  kind: JobKind;
  request: JobRequest;
  parent: string | null;
  queue_id: string | null;
  state: JobState;
  percent: number;
  stage: string | null;
  details: Record<string, number> | null;
  children: Job['children'];
  error: Job['error'];
  result: JobResult | null;
  result_key: string | null;
  timings: Record<string, number>;
  attempts: number;
  losses: number;
  deadline: Date | null;
  /** `traceparent` of the request that created it. */
  trace: string | null;
  version: number;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  /** Jobs before it; null when not queued. */
  position: number | null;
}

/** Whether a job waits in the queue, and so has a turn. */
const waits = (job: string) => `${job}.state = 'queued' and ${job}.queue_id is not null`;
/** In which order turns come. */
const turnOf = (job: string) => `-${job}.priority, ${job}.created_at, ${job}.id`;
/** In which order the jobs of a token take its turns: see urgency.ts. */
const urgencyOf = (job: string) => `-${job}.urgency, coalesce(${job}.deadline, 'infinity'), ${turnOf(job)}`;

/** Selects one JobRow by its key, $1. */
export const SELECT_JOB = `
  select job.*, case when ${waits('job')} then limner.place_of(job) end as position from limner.job where id = $1`;

/** Selects the JobRows of a page of jobs. @param page selects jobs, a few */
export const selectPage = (page: string): string => `
  with page as materialized (${page}),
  waiting as materialized (
    select token, (row_number() over (order by ${turnOf('job')}))::int - 1 as position, id,
      row_number() over (partition by token order by ${urgencyOf('job')}) as nth
    from limner.job where ${waits('job')} and exists (select 1 from page where state = 'queued')
  ),
  turns as (select token, position, row_number() over (partition by token order by position) as nth from waiting)
  select page.*, turns.position from page left join waiting using (id)
    left join turns on turns.token = page.token and turns.nth = waiting.nth
  order by page.created_at desc, page.id desc`;

export function jobOf(row: JobRow): Job {
  const { kind, state, stage, details, children, error, attempts, timings, result } = row;
  return {
    id: idOf(row.id),
    kind,
    state,
    percent: round(row.percent),
    stage,
    details,
    children,
    error,
    position: row.position,
    parent: row.parent && idOf(row.parent),
    attempts,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    timings,
    result,
    request: withoutSecret(row.request),
  };
}

function withoutSecret(request: JobRequest): Record<string, unknown> {
  if (!('webhook' in request) || !request.webhook) return request;
  return { ...request, webhook: { url: request.webhook.url } };
}

export interface EventRow {
  id: number;
  type: JobEvent['type'];
  at: Date;
  data: Pick<JobEvent, 'state' | 'percent' | 'stage' | 'details' | 'children' | 'error'>;
}

export const eventOf = ({ id, type, at, data }: EventRow): JobEvent => ({
  id,
  type,
  at: at.toISOString(),
  ...data,
  percent: round(data.percent),
});

const round = (percent: number) => Math.round(percent * 10) / 10;
