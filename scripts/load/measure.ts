/** How long a renderer takes for what once took it too long, with its queue full. */
import sharp from 'sharp';
import { inParallel, percentile } from './asking.ts';
import type { Fleet } from './fleet.ts';
import { uploadPictures } from './tasks.ts';

export interface Measurement {
  readonly what: string;
  /** Milliseconds. */
  readonly took: number;
  readonly aim: number;
}

/** Jobs that wait meanwhile. */
const QUEUED = 2000;
const CANCELLED = 1000;
const LISTINGS = 30;

/** Without a worker; jobs only wait. @param fleet started with --no-worker */
export async function measureQueue(fleet: Fleet, random: () => number): Promise<Measurement[]> {
  const { client } = fleet;
  const [picture] = await uploadPictures(client, random, 1);
  const ids = Array.from({ length: QUEUED }, (_, i) => `queued-${i}`);
  const creations = await inParallel(ids, (id) => timeOf(() => client.putJob(id, upscale(picture))));
  const listings: number[] = [];
  for (let i = 0; i < LISTINGS; i++) listings.push(await timeOf(() => client.jobs({ limit: 200 })));
  const cancelling = await timeOf(() => inParallel(ids.slice(0, CANCELLED), (id) => client.cancelJob(id)));
  return [
    { what: `creating a job, p99 of ${QUEUED}, 8 at once`, took: percentile(creations, 0.99), aim: 100 },
    { what: `GET /v1/jobs?limit=200, ${QUEUED} queued, p50`, took: percentile(listings, 0.5), aim: 50 },
    { what: `${CANCELLED} cancellations, 8 at once`, took: cancelling, aim: 5000 },
  ];
}

/** From SIGKILL in the middle of a job to the same job at work again. @param fleet with a worker */
export async function measureRecovery(fleet: Fleet): Promise<Measurement[]> {
  const { client } = fleet;
  const bytes = await sharp({ create: { width: 1200, height: 1200, channels: 3, background: 'grey' } })
    .jpeg()
    .toBuffer();
  const picture = await client.uploadPicture(bytes);
  await client.putJob('long', { ...upscale(picture), scale: 4, weights: 'srresnet' });
  for await (const { state } of client.events('long')) if (state === 'running') break;
  const took = await timeOf(async () => {
    await fleet.killServer();
    await fleet.startServer();
    for await (const { state } of client.events('long'))
      if (state === 'running' && (await client.job('long')).attempts === 2) break;
  });
  await client.cancelJob('long');
  return [{ what: 'a killed server back, its job at work again', took, aim: 10_000 }];
}

const upscale = (picture: string) => ({ kind: 'upscale', picture, scale: 2, weights: 'srgan-lite' }) as const;

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return Math.round(performance.now() - started);
}
