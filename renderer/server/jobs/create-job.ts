/** Jobs come into being here: checked against what the renderer holds, stored and queued in one transaction. */
import { randomUUID } from 'node:crypto';
import { LimnerError } from '../../../models/errors.ts';
import type { JobRequest, StyleRef } from '../../../protocol/renderer-api/index.ts';
import type { Database, Transaction } from '../database/database.ts';
import { builtInStyles } from './built-in-styles.ts';
import { checkOutputs } from './check-outputs.ts';
import { requireConsents } from './consents.ts';
import { JOB_QUEUE, type QueuedJob } from './queue.ts';
import { checkJobQuotas } from './quotas.ts';
import { idOf, keyIn } from './tenants.ts';
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
 * @throws JOB_CONFLICT, DEADLINE_MISSED, QUEUE_FULL, PICTURE_GONE, STYLE_GONE, OUTPUT_TOO_LARGE, CONSENT_MISSING
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
  { boss }: Database,
  tx: Transaction,
  key: string,
  request: JobRequest,
  options: CreateOptions,
): Promise<boolean> {
  const unordered = [newJob(key, request, null), ...childrenOf(key, request)];
  if (await isThere(tx, key, request)) return false;
  if (request.deadline && Date.parse(request.deadline) <= Date.now()) throw deadlineMissed();
  const jobs = await inTurn(tx, unordered, request, options);
  if (!(await insert(tx, jobs.slice(0, 1), options))) return !(await isThere(tx, key, request));
  await checkQueueLength(tx, jobs.length - 1, options);
  await checkInputs(tx, request, options);
  if (jobs.length > 1 && (await insert(tx, jobs.slice(1), options)) !== jobs.length - 1)
    throw conflict(`${key}.0`);
  await checkJobQuotas(tx, options.tenant);
  await notePixels(tx, key);
  if (options.needsConsent) await requireConsents(tx, key);
  await boss.insert(
    JOB_QUEUE,
    jobs
      .filter(({ queue_id }) => queue_id)
      .map(({ id: job, queue_id, priority }) => ({
        id: queue_id as string,
        data: { job } satisfies QueuedJob,
        priority,
      })),
    { db: tx },
  );
  return true;
}

type NewJob = ReturnType<typeof newJob>;
type OrderedJob = NewJob & { readonly turn: number; readonly priority: number };

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

/** How many were new. */
async function insert(
  tx: Transaction,
  jobs: readonly OrderedJob[],
  { tenant, token, trace }: CreateOptions,
): Promise<number> {
  const rows = await tx.query(
    `insert into limner.job (id, kind, request, inputs, parent, turn, priority, urgency, deadline, queue_id, children,
       token, tenant, trace)
     select id, kind, request, inputs, parent, turn, priority, urgency, deadline, queue_id, children, $2, $3, $4
     from jsonb_to_recordset($1::jsonb) as r(id text, kind text, request jsonb, inputs text[], parent text,
       turn float8, priority int, urgency int, deadline timestamptz, queue_id uuid, children jsonb)
     on conflict (id) do nothing returning 1`,
    [JSON.stringify(jobs), token, tenant, trace ?? null],
  );
  return rows.length;
}

/** Whether there is such a job already. @throws JOB_CONFLICT when it has another request */
async function isThere(tx: Transaction, id: string, request: JobRequest): Promise<boolean> {
  const [found] = await tx.query<{ same: boolean }>(
    'select request = $2::jsonb as same from limner.job where id = $1',
    [id, JSON.stringify(request)],
  );
  if (found && !found.same) throw conflict(id);
  return found !== undefined;
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

/** @param toCome jobs that are not in the table yet */
async function checkQueueLength(tx: Transaction, toCome: number, options: CreateOptions): Promise<void> {
  const [{ count }] = await tx.query<{ count: number }>(
    `select count(*)::int as count from limner.job where token = $1 and state in ('queued', 'running')`,
    [options.token],
  );
  if (count + toCome <= options.maxQueue) return;
  const [waiting, added] = [count - 1, toCome + 1];
  throw new LimnerError(
    'QUEUE_FULL',
    `${waiting} of at most ${options.maxQueue} jobs of this token wait or run; ${added} more are too many.`,
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

/** What the results of a job and its children will measure, for what they are charged. */
async function notePixels(tx: Transaction, key: string): Promise<void> {
  await tx.query(
    `update limner.job set pixels = picture.width::float8 * picture.height
       * coalesce((request->>'scale')::float8, case request->>'mode' when 'full' then 4 else 1 end) ^ 2
     from limner.picture
     where picture.tenant = job.tenant and picture.sha256 = job.inputs[1] and job.queue_id is not null
       and (job.id = $1 or job.parent = $1)`,
    [key],
  );
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
    throw new LimnerError('UNSUPPORTED_FORMAT', `${sha256} is no animated GIF or WebP.`, {
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
