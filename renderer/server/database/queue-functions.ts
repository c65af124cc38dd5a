/**
 * What every new job asks of the queue, as functions: their plans are made once a session, which takes longer than running
 * them. Plans made while the tables are small are kept when they are large, so they have to use the indexes.
 */
export const QUEUE_FUNCTIONS = `
-- jobs that go before one that waits: as ../jobs/job-row.ts has it for pages
create function limner.place_of(job limner.job) returns int stable language plpgsql set enable_seqscan = off as $$
declare
  -- of the job at whose turn it goes: itself where all that wait of its token are alike
  taken record := job;
begin
  if exists (select 1 from limner.job as urgent where urgent.token = job.token
      and urgent.state = 'queued' and urgent.queue_id is not null and urgent.urgency > 0)
    or exists (select 1 from limner.job as urgent where urgent.token = job.token
      and urgent.state = 'queued' and urgent.queue_id is not null and urgent.urgency < 0)
    or exists (select 1 from limner.job as urgent where urgent.token = job.token
      and urgent.state = 'queued' and urgent.queue_id is not null and urgent.urgency = 0 and urgent.deadline is not null)
  then
    select mine.priority, mine.created_at, mine.id into taken from limner.job as mine
      where mine.token = job.token and mine.state = 'queued' and mine.queue_id is not null
      order by mine.priority desc, mine.created_at, mine.id limit 1 offset (
        select count(*) from limner.job as rival
        where rival.token = job.token and rival.state = 'queued' and rival.queue_id is not null
          and (-rival.urgency, coalesce(rival.deadline, 'infinity'), -rival.priority, rival.created_at, rival.id)
            < (-job.urgency, coalesce(job.deadline, 'infinity'), -job.priority, job.created_at, job.id));
  end if;
  return (select count(*) from limner.job as other
    where other.state = 'queued' and other.queue_id is not null
      and (-other.priority, other.created_at, other.id) < (-taken.priority, taken.created_at, taken.id));
end $$;

-- the last of so many turns of a token, and what each adds; see ../jobs/turns.ts
create function limner.take_turns(of_tenant text, of_token text, cost float8, many int, out last float8, out step float8)
language plpgsql set enable_seqscan = off as $$
declare
  front float8 := (select min(job.turn) from limner.job where job.state = 'queued' and job.queue_id is not null);
begin
  -- The tokens of a tenant divide what is the tenant's, as far as they have jobs waiting; those of the default tenant,
  -- where nobody else may be, are each by themselves.
  with active as (
    select of_token as key union
    select share.token from limner.share where share.tenant = of_tenant and share.turn >= front
  ),
  weighed as (
    select active.key, coalesce(token.weight, 1) as weight from active left join limner.token
      on active.key = case token.tenant when 'default' then token.name else token.tenant || '/' || token.name end
  )
  select cost / (tenant.weight * (select weighed.weight from weighed where weighed.key = of_token)
      / case of_tenant when 'default' then 1 else (select sum(weighed.weight) from weighed) end)
    into step from limner.tenant where tenant.name = of_tenant;
  insert into limner.share (token, tenant, turn) values (of_token, of_tenant, coalesce(front, 0) + step * many)
    -- an empty queue owes nobody anything
    on conflict (token) do update set turn = greatest(excluded.turn,
      case when front is not null then share.turn + step * many else 0 end)
    returning share.turn into last;
end $$;
`;
