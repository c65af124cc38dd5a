/** Who allowed what to be done with a portrait, and until when. */
import { randomBytes, randomUUID } from 'node:crypto';
import { LimnerError } from '../../../models/errors.ts';
import type { Consent, ConsentInput } from '../../../protocol/renderer-api/index.ts';
import { grantorHash } from '../../ledger/entry.ts';
import type { Database, Queryable, Transaction } from '../database/database.ts';

/** The answer alone has the salt: whoever keeps it can prove later who gave the consent. */
export function giveConsent(
  database: Database,
  tenant: string,
  input: ConsentInput,
): Promise<Consent & { salt: string }> {
  const { portrait, scopes, until, grantor } = input;
  const id = randomUUID();
  const salt = randomBytes(16);
  return database.transaction(async (tx) => {
    await tx.query(
      'insert into limner.consent (id, portrait, scopes, until, grantor, tenant) values ($1, $2, $3, $4, $5, $6)',
      [id, portrait, scopes, until, grantor, tenant],
    );
    const hash = grantorHash(grantor, salt);
    await note(tx, tenant, { kind: 'consent', consent: id, portrait, scopes, until, grantor: hash });
    return { id, portrait, scopes, until, grantor, revokedAt: null, salt: salt.toString('hex') };
  });
}

/** Jobs under it that wait or run end with CONSENT_MISSING. @throws CONSENT_NOT_FOUND */
export function revokeConsent(database: Database, tenant: string, id: string): Promise<void> {
  return database.transaction(async (tx) => {
    const found = await tx.query<{ revoked: boolean }>(
      'select revoked_at is not null as revoked from limner.consent where id = $1 and tenant = $2 for update',
      [id, tenant],
    );
    if (found.length === 0) throw new LimnerError('CONSENT_NOT_FOUND', `There is no consent ${id}.`);
    if (found[0].revoked) return;
    await tx.query('update limner.consent set revoked_at = clock_timestamp() where id = $1', [id]);
    await note(tx, tenant, { kind: 'revocation', consent: id });
  });
}

export async function consentsFor(db: Queryable, tenant: string, portrait: string): Promise<Consent[]> {
  const rows = await db.query<
    Omit<Consent, 'until' | 'revokedAt'> & { until: Date; revoked_at: Date | null }
  >(
    `select id, portrait, scopes, until, grantor, revoked_at from limner.consent
     where portrait = $1 and tenant = $2 order by created_at`,
    [portrait, tenant],
  );
  return rows.map(({ revoked_at, until, ...consent }) => ({
    ...consent,
    until: new Date(until).toISOString(),
    revokedAt: revoked_at && new Date(revoked_at).toISOString(),
  }));
}

/** In force now, for the job that is called `job`. */
const IN_FORCE = `consent.revoked_at is null and consent.until > clock_timestamp() and consent.portrait = job.inputs[1]
  and consent.tenant = job.tenant
  and (case job.kind when 'adapt' then 'adapt' else 'restyle' end) = any (consent.scopes)`;

/** Portraits that the frame of `job` embeds, that are known here, and that nobody allows to be restyled. */
const EMBEDDED = `select embedded as portrait from limner.job
    join limner.picture on picture.sha256 = job.inputs[1] and picture.tenant = job.tenant and job.kind = 'export'
    cross join lateral unnest(picture.contains) as embedded
  where job.id = $1
    and (exists (select 1 from limner.consent where consent.portrait = embedded and consent.tenant = job.tenant)
      or exists (select 1 from limner.picture as known where known.sha256 = embedded and known.tenant = job.tenant))
    and not exists (select 1 from limner.consent where consent.portrait = embedded and consent.tenant = job.tenant
      and consent.revoked_at is null
      and consent.until > clock_timestamp() and 'restyle' = any (consent.scopes)) limit 1`;

/** Puts a job and its children under consents. @throws CONSENT_MISSING naming a portrait without one */
export async function requireConsents(tx: Transaction, job: string): Promise<void> {
  const jobs = `(job.id = $1 or job.parent = $1) and job.kind <> 'batch'`;
  await tx.query(
    `update limner.job set consent = (select consent.id from limner.consent where ${IN_FORCE} limit 1) where ${jobs}`,
    [job],
  );
  const [without] = await tx.query<{ portrait: string }>(
    `select inputs[1] as portrait from limner.job where ${jobs} and consent is null limit 1`,
    [job],
  );
  if (without) throw missing(without.portrait);
  await checkEmbedded(tx, job);
}

async function checkEmbedded(db: Queryable, job: string): Promise<void> {
  const [without] = await db.query<{ portrait: string }>(EMBEDDED, [job]);
  if (without) throw missing(without.portrait);
}

/** For a worker, before it begins. @throws CONSENT_MISSING when the consent of the job was revoked or has ended */
export async function checkConsent(db: Queryable, job: string): Promise<void> {
  const [without] = await db.query<{ portrait: string }>(
    `select inputs[1] as portrait from limner.job where id = $1 and consent is not null
       and not exists (select 1 from limner.consent where consent.id = job.consent and ${IN_FORCE})`,
    [job],
  );
  if (without) throw missing(without.portrait);
  const [under] = await db.query('select 1 from limner.job where id = $1 and consent is not null', [job]);
  if (under) await checkEmbedded(db, job);
}

const missing = (portrait: string) =>
  new LimnerError('CONSENT_MISSING', `Nobody allows, or allows any longer, that ${portrait} is worked on.`);

const note = (tx: Transaction, tenant: string, happened: Readonly<Record<string, unknown>>) =>
  tx.query('select limner.note($1::jsonb, $2)', [JSON.stringify(happened), tenant]);
