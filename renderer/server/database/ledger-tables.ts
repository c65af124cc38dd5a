/**
 * The ledger and what it is told. Every happening is noted in the same transaction, by whichever statement it is made: none
 * can be forgotten, and none told that did not happen. A writer moves the notes into the ledger; see ../ledger/write-notes.ts.
 */
export const LEDGER_CHANNEL = 'limner_ledger';

export const LEDGER_TABLES = `
create table limner.ledger_entry (index bigint primary key, entry text not null);
create table limner.ledger_head (size bigint primary key, head jsonb not null);
create table limner.ledger_note (id bigint generated always as identity primary key, note jsonb not null);

create table limner.consent (
  id text primary key,
  portrait text not null,
  scopes text[] not null,
  until timestamptz not null,
  -- who allowed it: here alone, gone with the portrait; the ledger has a salted hash of it
  grantor text,
  created_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz
);
create index on limner.consent (portrait);
-- the consent that a job was created under, where one is required
alter table limner.job add column consent text;

create function limner.note(note jsonb) returns void language plpgsql as $$
begin
  insert into limner.ledger_note (note) values (jsonb_strip_nulls(note) || jsonb_build_object(
    'at', to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')));
  perform pg_notify('${LEDGER_CHANNEL}', '');
end $$;

create function limner.note_picture() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform limner.note(jsonb_build_object('kind', 'upload', 'file', new.sha256));
  else
    update limner.consent set grantor = null, revoked_at = coalesce(revoked_at, clock_timestamp())
      where portrait = old.sha256;
    perform limner.note(jsonb_build_object('kind', 'deletion', 'file', old.sha256));
  end if;
  return null;
end $$;

create function limner.note_job() returns trigger language plpgsql as $$
begin
  if new.kind = 'adapt' then
    perform limner.note(jsonb_build_object('kind', 'adaptation', 'job', new.id,
      'reference', new.inputs[1], 'style', 'style:' || (new.result->>'style'), 'consent', new.consent));
  else
    perform limner.note(jsonb_build_object('kind', 'render', 'job', new.id, 'source', new.inputs[1],
      'style', new.inputs[2], 'result', new.result->>'sha256', 'consent', new.consent));
  end if;
  return null;
end $$;

create trigger note_picture after insert or delete on limner.picture
  for each row execute function limner.note_picture();
create trigger note_job after update on limner.job for each row
  when (new.state = 'succeeded' and old.state <> 'succeeded' and new.kind in ('render', 'upscale', 'adapt', 'export'))
  execute function limner.note_job();
`;
