/** Jobs that run on the renderer, so that a window opened later can go on with them. */
import * as z from 'zod/mini';
import { type PendingJob, pendingJobSchema } from '../../protocol/plugin-data.ts';
import { documentId } from './document-id.ts';
import { inTurn } from './in-turn.ts';

const KEY = 'jobs';
/** Older ones have been given up: the renderer keeps results for a shorter time. */
const MOST_JOBS = 200;
const storedSchema = z.array(z.extend(pendingJobSchema, { documentId: z.string() }));
type StoredJob = z.infer<typeof storedSchema>[number];

/** Jobs started in this document: their layers are found here and nowhere else. */
export async function readJobsAsync(): Promise<PendingJob[]> {
  const here = documentId();
  return (await readAllAsync()).filter((job) => job.documentId === here).map(withoutDocument);
}

export function saveJobAsync(job: PendingJob): Promise<void> {
  return inTurn(async () => {
    const others = (await readAllAsync()).filter(({ id }) => id !== job.id);
    const stored = { ...job, documentId: documentId({ create: true }) };
    await figma.clientStorage.setAsync(KEY, [...others, stored].slice(-MOST_JOBS));
  });
}

export function removeJobAsync(id: string): Promise<void> {
  return inTurn(async () => {
    const kept = (await readAllAsync()).filter((job) => job.id !== id);
    await figma.clientStorage.setAsync(KEY, kept);
  });
}

async function readAllAsync(): Promise<StoredJob[]> {
  const parsed = storedSchema.safeParse(await figma.clientStorage.getAsync(KEY));
  return parsed.success ? parsed.data : [];
}

function withoutDocument({ documentId, ...job }: StoredJob): PendingJob {
  return job;
}
