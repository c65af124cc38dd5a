/** Priorities and deadlines of jobs, see ../jobs/urgency.ts; their traces; whether the queue is paused, see ../jobs/pause.ts. */
export const PRIORITY_TABLES = `
-- among the jobs of its token, larger first; "priority" is where its turn stands in the queue of all
alter table limner.job add column urgency int not null default 0;
alter table limner.job add column deadline timestamptz;
-- W3C Trace Context of the request that created it
alter table limner.job add column trace text;
create index on limner.job (token, urgency desc, deadline) where state = 'queued' and queue_id is not null;
create index on limner.job (deadline) where state = 'queued' and deadline is not null;

-- a row while it is paused
create table limner.pause (
  id boolean primary key default true check (id),
  since timestamptz not null default now(),
  -- name of a token
  by text not null
);
`;
