/** Sequences go into the ledger as renders do. */
export const SEQUENCE_TRIGGERS = `
drop trigger note_job on limner.job;
create trigger note_job after update on limner.job for each row
  when (new.state = 'succeeded' and old.state <> 'succeeded'
    and new.kind in ('render', 'upscale', 'adapt', 'export', 'sequence'))
  execute function limner.note_job();
`;
