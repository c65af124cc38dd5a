/** What tenants may use, what they have used, and their shares of the turns; see ../jobs/quotas.ts and ../jobs/turns.ts. */
export const QUOTA_TABLES = `
alter table limner.tenant add column weight float8 not null default 1;
-- null: without limit
alter table limner.tenant add column max_jobs int;
alter table limner.tenant add column max_bytes bigint;
alter table limner.tenant add column max_pixel_seconds float8;
alter table limner.token add column weight float8 not null default 1;
alter table limner.share add column tenant text not null default 'default' references limner.tenant;
alter table limner.share alter column tenant drop default;

-- of the result, as far as it can be told before
alter table limner.job add column pixels float8 not null default 0;
-- when its last attempt began
alter table limner.job add column tried_at timestamptz;
create index on limner.job (tenant) where state in ('queued', 'running');
create index on limner.job (tenant, ((result->>'bytes')::bigint)) where result is not null;

create table limner.usage (
  tenant text not null references limner.tenant,
  -- in UTC
  day date not null,
  pixel_seconds float8 not null,
  primary key (tenant, day)
);

create function limner.count_usage() returns trigger language plpgsql as $$
begin
  insert into limner.usage values (new.tenant, (clock_timestamp() at time zone 'utc')::date,
    new.pixels * extract(epoch from clock_timestamp() - new.tried_at))
  on conflict (tenant, day) do update set pixel_seconds = usage.pixel_seconds + excluded.pixel_seconds;
  return null;
end $$;

create trigger count_usage after update on limner.job for each row
  when (old.state = 'running' and new.state <> 'running' and new.tried_at is not null)
  execute function limner.count_usage();
`;
