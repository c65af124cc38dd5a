/** Jobs come into being here: checked against what the renderer holds, stored and queued in one transaction. */
import { randomUUID } from 'node:crypto';
import { LimnerError } from '../../../models/errors.ts';
import type { JobRequest, StyleRef } from '../../../protocol/renderer-api/index.ts';
import type { Database, Transaction } from '../database/database.ts';
import { builtInStyles } from './built-in-styles.ts';
import { checkOutputs } from './check-outputs.ts';
import { requireConsents } from './consents.ts';
import { queueJobs } from './queue.ts';
import { checkJobQuotas, hasQuotas } from './quotas.ts';
import { idOf, keyIn, tenantNotFound } from './tenants.ts';
import { priorityOf, takeTurns } from './turns.ts';
import { deadlineMissed } from './urgency.ts';

export interface CreateOptions {
  readonly tenant: string;
  /** Key of the token it counts for. */
  readonly token: string;
  /** Most jobs of a token that have not ended. */
  readonly maxQueue: number;
  /** Longest edge (px) of a result. */
  readonly maxEdge: number;
  /** Whether portraits are worked on only under a consent. */
  readonly needsConsent?: boolean;
  /** `traceparent` of who asks. */
  readonly trace?: string;
}

/**
 * @returns whether the job is new; the same request under the same id changes nothing
 * @throws TENANT_NOT_FOUND, JOB_CONFLICT, DEADLINE_MISSED, QUEUE_FULL, PICTURE_GONE, STYLE_GONE, OUTPUT_TOO_LARGE, CONSENT_MISSING
 */
export function createJob(
  database: Database,
  id: string,
  request: JobRequest,
  options: CreateOptions,
): Promise<boolean> {
  return database.transaction((tx) =>
    createInside(database, tx, keyIn(options.tenant, id), request, options),
  );
}

async function createInside(
  database: Database,
  tx: Transaction,
  key: string,
  request: JobRequest,
  options: CreateOptions,
): Promise<boolean> {
  const { same, waiting, isLimited } = await lookAround(tx, key, request, options);
  if (same !== null) return isSame(key, same);
  if (request.deadline && Date.parse(request.deadline) <= Date.now()) throw deadlineMissed();
  const unordered = [newJob(key, request, null), ...childrenOf(key, request)];
  checkQueueLength(waiting, unordered.length, options);
  const jobs = await inTurn(tx, unordered, request, options);
  if (!(await insert(tx, jobs.slice(0, 1), options))) {
    // Somebody was faster, and has answered for it.
    const other = await lookAround(tx, key, request, options);
    return other.same === null || isSame(key, other.same);
  }
  await checkInputs(tx, request, options);
  if (jobs.length > 1 && (await insert(tx, jobs.slice(1), options)) !== jobs.length - 1)
    throw conflict(`${key}.0`);
  if (isLimited) await checkJobQuotas(tx, options.tenant);
  if (options.needsConsent) await requireConsents(tx, key);
  await queueJobs(database, tx, jobs.filter(isQueued));
  return true;
}

type NewJob = ReturnType<typeof newJob>;
type OrderedJob = NewJob & { readonly turn: number; readonly priority: number };

const isQueued = (job: OrderedJob): job is OrderedJob & { queue_id: string } => job.queue_id !== null;

function newJob(id: string, request: JobRequest, parent: string | null) {
  const isBatch = request.kind === 'batch';
  const total = isBatch ? request.portraits.length : 0;
  return {
    id,
    kind: request.kind,
    request,
    inputs: inputsOf(request),
    parent,
    urgency: request.priority ?? 0,
    deadline: request.deadline ?? null,
    queue_id: isBatch ? null : randomUUID(),
    children: isBatch ? { total, succeeded: 0, failed: 0, cancelled: 0 } : null,
  };
}

function childrenOf(id: string, request: JobRequest): NewJob[] {
  if (request.kind !== 'batch') return [];
  const { portraits, webhook: _, ...shared } = request;
  return portraits.map((portrait, i) => newJob(`${id}.${i}`, { ...shared, kind: 'render', portrait }, id));
}

/** Before the id of a style among the inputs of a job; pictures are there by their SHA-256 alone. */
export const STYLE_INPUT = 'style:';

/** What a job is made from. */
function inputsOf(request: JobRequest): string[] {
  switch (request.kind) {
    case 'render':
      return [request.portrait, styleInput(request.style)];
    case 'batch':
      return [...request.portraits, styleInput(request.style)];
    case 'upscale':
      return [request.picture];
    case 'adapt':
      return [request.reference];
    case 'export':
      return [request.frame, styleInput(request.style)];
    case 'sequence':
      return [request.animation, styleInput(request.style)];
    default:
      throw request satisfies never;
  }
}

const styleInput = (style: StyleRef) => ('picture' in style ? style.picture : STYLE_INPUT + style.style);

/** What the result of the job `r` will measure, for what it is charged; batches are charged as their children. */
const PIXELS = `case when r.queue_id is null then 0 else coalesce((
  select picture.width::float8 * picture.height from limner.picture
  where picture.tenant = $3 and picture.sha256 = r.inputs[1]), 0)
  * coalesce((r.request->>'scale')::float8, case r.request->>'mode' when 'full' then 4 else 1 end) ^ 2 end`;

/** How many were new. */
async function insert(
  tx: Transaction,
  jobs: readonly OrderedJob[],
  { tenant, token, trace }: CreateOptions,
): Promise<number> {
  const rows = await tx.query(
    `insert into limner.job (id, kind, request, inputs, parent, turn, priority, urgency, deadline, queue_id, children,
       token, tenant, trace, pixels)
     select id, kind, request, inputs, parent, turn, priority, urgency, deadline, queue_id, children, $2, $3, $4, ${PIXELS}
     from jsonb_to_recordset($1::jsonb) as r(id text, kind text, request jsonb, inputs text[], parent text,
       turn float8, priority int, urgency int, deadline timestamptz, queue_id uuid, children jsonb)
     on conflict (id) do nothing returning 1`,
    [JSON.stringify(jobs), token, tenant, trace ?? null],
  );
  return rows.length;
}

/** What a new job would find: whether one of its key has the same request, null without one, and how busy its token is. */
async function lookAround(
  tx: Transaction,
  key: string,
  request: JobRequest,
  { tenant, token }: CreateOptions,
): Promise<{ same: boolean | null; waiting: number; isLimited: boolean }> {
  const [{ isLimited, ...found }] = await tx.query<{
    same: boolean | null;
    waiting: number;
    isLimited: boolean | null;
  }>(
    `select (select request = $2::jsonb from limner.job where id = $1) as same,
       (select count(*)::int from limner.job where token = $3 and state in ('queued', 'running')) as waiting,
       ${hasQuotas('$4')} as "isLimited"`,
    [key, JSON.stringify(request), token, tenant],
  );
  if (isLimited === null) throw tenantNotFound(tenant);
  return { ...found, isLimited };
}

/** @returns that nothing is new @throws JOB_CONFLICT */
function isSame(key: string, same: boolean): false {
  if (!same) throw conflict(key);
  return false;
}

/** Gives the jobs that are to wait their turns; a batch itself does not wait. */
async function inTurn(
  tx: Transaction,
  jobs: readonly NewJob[],
  request: JobRequest,
  by: CreateOptions,
): Promise<OrderedJob[]> {
  const count = jobs.filter(({ queue_id }) => queue_id).length;
  const { first, step } = await takeTurns(tx, by, request, count);
  const skipped = jobs.length - count;
  return jobs.map((job, i) => {
    const turn = first + step * Math.max(0, i - skipped);
    return { ...job, turn, priority: priorityOf(turn, request, job.parent !== null) };
  });
}

const conflict = (key: string) =>
  new LimnerError('JOB_CONFLICT', `There is a job ${idOf(key)} already, with another request.`);

/** @throws QUEUE_FULL */
function checkQueueLength(waiting: number, added: number, { maxQueue }: CreateOptions): void {
  if (waiting + added <= maxQueue) return;
  throw new LimnerError(
    'QUEUE_FULL',
    `${waiting} of at most ${maxQueue} jobs of this token wait or run; ${added} more are too many.`,
  );
}

async function checkInputs(
  tx: Transaction,
  request: JobRequest,
  { tenant, maxEdge }: CreateOptions,
): Promise<void> {
  const wanted = inputsOf(request);
  const pictures = wanted.filter((input) => !input.startsWith(STYLE_INPUT));
  const found = await tx.query<{ sha256: string; width: number; height: number; kind: PictureKind }>(
    `update limner.picture set used_at = now() where sha256 = any($1) and tenant = $2
     returning sha256, width, height, kind`,
    [pictures, tenant],
  );
  const held = new Map(found.map((picture) => [picture.sha256, picture]));
  const missing = pictures.find((sha256) => !held.has(sha256));
  if (missing) throw new LimnerError('PICTURE_GONE', `The renderer has no picture ${missing}.`);
  for (const picture of found) checkKind(picture, kindNeeded(request, picture.sha256));
  const style = wanted.find((input) => input.startsWith(STYLE_INPUT))?.slice(STYLE_INPUT.length);
  if (style !== undefined) await checkStyle(tx, tenant, style);
  checkOutputs(request, held, maxEdge);
}

type PictureKind = 'picture' | 'animation' | 'frame';

/** What a request takes a picture for. */
function kindNeeded(request: JobRequest, sha256: string): PictureKind {
  if (request.kind === 'export' && request.frame === sha256) return 'frame';
  return request.kind === 'sequence' && request.animation === sha256 ? 'animation' : 'picture';
}

/** @throws UNSUPPORTED_FORMAT, ANIMATED_PICTURE */
function checkKind({ sha256, kind }: { sha256: string; kind: PictureKind }, needed: PictureKind): void {
  if (kind === needed) return;
  if (kind === 'animation' && needed === 'picture')
    throw new LimnerError('ANIMATED_PICTURE', `${sha256} is animated.`, {
      hint: 'Ask for a job of the kind sequence, or send a single frame.',
    });
  if (needed === 'animation')
    throw new LimnerError('UNSUPPORTED_FORMAT', `${sha256} is no animated GIF or WebP, and no video.`, {
      hint: 'Ask for a job of the kind render.',
    });
  throw new LimnerError(
    'UNSUPPORTED_FORMAT',
    kind === 'frame' ? `${sha256} is a frame where a picture is needed.` : `${sha256} is no frame.`,
  );
}

async function checkStyle(tx: Transaction, tenant: string, id: string): Promise<void> {
  const found = await tx.query('select 1 from limner.style where tenant = $1 and id = $2', [tenant, id]);
  if (found.length === 0 && !(await builtInStyles()).has(id))
    throw new LimnerError('STYLE_GONE', `The renderer has no style ${id}.`);
}
