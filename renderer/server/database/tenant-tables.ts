/** Who owns what; see ../jobs/tenants.ts. All there was before belongs to the tenant `default`. */
export const TENANT_TABLES = `
create table limner.tenant (
  name text primary key,
  created_at timestamptz not null default now()
);
insert into limner.tenant (name) values ('default');

alter table limner.job add column tenant text not null default 'default' references limner.tenant;
alter table limner.job alter column tenant drop default;
drop index limner.job_created_at_id_idx;
create index on limner.job (tenant, created_at desc, id desc);

alter table limner.picture add column tenant text not null default 'default' references limner.tenant;
alter table limner.picture alter column tenant drop default;
alter table limner.picture drop constraint picture_pkey, add primary key (tenant, sha256);

alter table limner.style add column tenant text not null default 'default' references limner.tenant;
alter table limner.style alter column tenant drop default;
alter table limner.style drop constraint style_pkey, add primary key (tenant, id);

alter table limner.consent add column tenant text not null default 'default' references limner.tenant;
alter table limner.consent alter column tenant drop default;

alter table limner.token add column tenant text not null default 'default' references limner.tenant;
alter table limner.token alter column tenant drop default;
alter table limner.token alter column roles drop default;
alter table limner.token drop constraint token_pkey, add primary key (tenant, name);
update limner.token set roles = roles || array['operator'] where 'admin' = any (roles);

-- whose an entry is; not part of what is hashed
alter table limner.ledger_note add column tenant text not null default 'default';
alter table limner.ledger_note alter column tenant drop default;
alter table limner.ledger_entry add column tenant text not null default 'default';
alter table limner.ledger_entry alter column tenant drop default;

drop function limner.note(jsonb);
create function limner.note(note jsonb, tenant text) returns void language plpgsql as $$
begin
  insert into limner.ledger_note (note, tenant) values (jsonb_strip_nulls(note) || jsonb_build_object(
    'at', to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), tenant);
  perform pg_notify('limner_ledger', '');
end $$;

create or replace function limner.note_picture() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform limner.note(jsonb_build_object('kind', 'upload', 'file', new.sha256), new.tenant);
  else
    update limner.consent set grantor = null, revoked_at = coalesce(revoked_at, clock_timestamp())
      where portrait = old.sha256 and tenant = old.tenant;
    perform limner.note(jsonb_build_object('kind', 'deletion', 'file', old.sha256), old.tenant);
  end if;
  return null;
end $$;

create or replace function limner.note_job() returns trigger language plpgsql as $$
begin
  if new.kind = 'adapt' then
    perform limner.note(jsonb_build_object('kind', 'adaptation', 'job', new.id,
      'reference', new.inputs[1], 'style', 'style:' || (new.result->>'style'), 'consent', new.consent), new.tenant);
  else
    perform limner.note(jsonb_build_object('kind', 'render', 'job', new.id, 'source', new.inputs[1],
      'style', new.inputs[2], 'result', new.result->>'sha256', 'consent', new.consent), new.tenant);
  end if;
  return null;
end $$;
`;
