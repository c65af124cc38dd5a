/**
 * Every change of a job becomes an event, in the same transaction, by whichever statement it is made: none can be
 * forgotten and none can be told that did not happen. A batch follows its children in the same way.
 */
export const JOB_CHANNEL = 'limner_job';
/** Carries ids of jobs that whoever works on them should stop. */
export const CANCEL_CHANNEL = 'limner_cancel';

export const EVENT_TRIGGERS = `
create function limner.has_ended(state text) returns boolean immutable language sql
  as $$ select state in ('succeeded', 'failed', 'cancelled') $$;

create function limner.count_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  return new;
end $$;

create function limner.record_event() returns trigger language plpgsql as $$
begin
  insert into limner.event (job, id, type, data) values (
    new.id, new.version,
    case when tg_op = 'UPDATE' and new.state = old.state then 'progress'
         when new.state = 'running' then 'started' else new.state end,
    jsonb_build_object('state', new.state, 'percent', new.percent, 'stage', new.stage,
      'details', new.details, 'children', new.children, 'error', new.error));
  if limner.has_ended(new.state) then
    delete from limner.event where job = new.id and type = 'progress';
  end if;
  perform pg_notify('${JOB_CHANNEL}', new.id);
  if new.state = 'cancelled' then perform pg_notify('${CANCEL_CHANNEL}', new.id); end if;
  return null;
end $$;

create function limner.follow_child() returns trigger language plpgsql as $$
begin
  if limner.has_ended(new.state) then
    update limner.job set children = jsonb_set(children, array[new.state],
        to_jsonb((children->>new.state)::int + 1))
      where id = new.parent;
    update limner.job set
      percent = 100.0 * ended / total,
      state = case when ended < total then 'running' when succeeded > 0 then 'succeeded'
        when failed > 0 then 'failed' else 'cancelled' end,
      error = case when ended = total and succeeded = 0 then new.error end,
      started_at = coalesce(started_at, clock_timestamp()),
      ended_at = case when ended = total then clock_timestamp() end
      from (select (children->>'total')::int as total, (children->>'succeeded')::int as succeeded,
              (children->>'failed')::int as failed,
              (children->>'succeeded')::int + (children->>'failed')::int + (children->>'cancelled')::int as ended
            from limner.job where id = new.parent) as counted
      where id = new.parent and not limner.has_ended(state);
  else
    update limner.job set state = 'running', started_at = clock_timestamp()
      where id = new.parent and state = 'queued';
  end if;
  return null;
end $$;

create trigger a_version before update on limner.job for each row
  when (new.state <> old.state or new.percent <> old.percent or new.stage is distinct from old.stage
    or new.details is distinct from old.details)
  execute function limner.count_version();

create trigger b_created after insert on limner.job for each row execute function limner.record_event();

create trigger b_changed after update on limner.job for each row
  when (new.version <> old.version) execute function limner.record_event();

create trigger c_child after update on limner.job for each row
  when (new.parent is not null and new.state <> old.state) execute function limner.follow_child();
`;
