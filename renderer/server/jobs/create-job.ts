/** Jobs come into being here: checked against what the renderer holds, stored and queued in one transaction. */
import { randomUUID } from 'node:crypto';
import { LimnerError } from '../../../models/errors.ts';
import type { JobRequest, StyleRef } from '../../../protocol/renderer-api/index.ts';
import type { Database, Transaction } from '../database/database.ts';
import { checkOutputs } from './check-outputs.ts';
import { requireConsents } from './consents.ts';
import { JOB_QUEUE, PRIORITIES, type QueuedJob } from './queue.ts';

export interface CreateOptions {
  /** Name of the token it counts for. */
  readonly token: string;
  /** Most jobs of a token that have not ended. */
  readonly maxQueue: number;
  /** Longest edge (px) of a result. */
  readonly maxEdge: number;
  /** Whether portraits are worked on only under a consent. */
  readonly needsConsent?: boolean;
}

/**
 * @returns whether the job is new; the same request under the same id changes nothing
 * @throws JOB_CONFLICT, QUEUE_FULL, PICTURE_GONE, STYLE_GONE, OUTPUT_TOO_LARGE, CONSENT_MISSING
 */
export function createJob(
  database: Database,
  id: string,
  request: JobRequest,
  options: CreateOptions,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const jobs = [newJob(id, request, null), ...childrenOf(id, request)];
    if (!(await insert(tx, jobs.slice(0, 1), options.token))) return isSameRequest(tx, id, request);
    await checkQueueLength(tx, jobs.length - 1, options);
    await checkInputs(tx, request, options.maxEdge);
    if (jobs.length > 1 && (await insert(tx, jobs.slice(1), options.token)) !== jobs.length - 1)
      throw conflict(`${id}.0`);
    if (options.needsConsent) await requireConsents(tx, id);
    await database.boss.insert(
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
  });
}

type NewJob = ReturnType<typeof newJob>;

function newJob(id: string, request: JobRequest, parent: string | null) {
  const isBatch = request.kind === 'batch';
  const total = isBatch ? request.portraits.length : 0;
  return {
    id,
    kind: request.kind,
    request,
    inputs: inputsOf(request),
    parent,
    priority: parent === null ? priorityOf(request) : PRIORITIES.child,
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
    default:
      throw request satisfies never;
  }
}

const styleInput = (style: StyleRef) => ('picture' in style ? style.picture : STYLE_INPUT + style.style);

function priorityOf(request: JobRequest): number {
  switch (request.kind) {
    case 'render':
      return PRIORITIES[request.mode];
    case 'upscale':
      return PRIORITIES.upscale;
    case 'batch':
      return PRIORITIES.child;
    case 'adapt':
      return PRIORITIES.adapt;
    case 'export':
      return PRIORITIES.full;
    default:
      throw request satisfies never;
  }
}

/** How many were new. */
async function insert(tx: Transaction, jobs: readonly NewJob[], token: string): Promise<number> {
  const rows = await tx.query(
    `insert into limner.job (id, kind, request, inputs, parent, priority, queue_id, children, token)
     select id, kind, request, inputs, parent, priority, queue_id, children, $2
     from jsonb_to_recordset($1::jsonb) as r(id text, kind text, request jsonb, inputs text[], parent text,
       priority int, queue_id uuid, children jsonb)
     on conflict (id) do nothing returning 1`,
    [JSON.stringify(jobs), token],
  );
  return rows.length;
}

/** False, which says that the job is not new. @throws JOB_CONFLICT */
async function isSameRequest(tx: Transaction, id: string, request: JobRequest): Promise<false> {
  const [found] = await tx.query<{ same: boolean }>(
    'select request = $2::jsonb as same from limner.job where id = $1',
    [id, JSON.stringify(request)],
  );
  if (!found?.same) throw conflict(id);
  return false;
}

const conflict = (id: string) =>
  new LimnerError('JOB_CONFLICT', `There is a job ${id} already, with another request.`);

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

async function checkInputs(tx: Transaction, request: JobRequest, maxEdge: number): Promise<void> {
  const wanted = inputsOf(request);
  const pictures = wanted.filter((input) => !input.startsWith(STYLE_INPUT));
  const found = await tx.query<{ sha256: string; width: number; height: number }>(
    'update limner.picture set used_at = now() where sha256 = any($1) returning sha256, width, height',
    [pictures],
  );
  const held = new Map(found.map((picture) => [picture.sha256, picture]));
  const missing = pictures.find((sha256) => !held.has(sha256));
  if (missing) throw new LimnerError('PICTURE_GONE', `The renderer has no picture ${missing}.`);
  const style = wanted.find((input) => input.startsWith(STYLE_INPUT))?.slice(STYLE_INPUT.length);
  if (style !== undefined) await checkStyle(tx, style);
  checkOutputs(request, held, maxEdge);
}

async function checkStyle(tx: Transaction, id: string): Promise<void> {
  const found = await tx.query('select 1 from limner.style where id = $1', [id]);
  if (found.length === 0) throw new LimnerError('STYLE_GONE', `The renderer has no style ${id}.`);
}
