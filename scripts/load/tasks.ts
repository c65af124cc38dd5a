/** The jobs of a run: whose they are, from which pictures, and what can be read of them. */
import sharp from 'sharp';
import { createRendererClient, type RendererClient } from '../../protocol/renderer-api/client/index.ts';
import { RendererError } from '../../protocol/renderer-api/index.ts';
import { inParallel, patiently, sum } from './asking.ts';
import type { Fleet } from './fleet.ts';

/** Different pictures, so that not everything is the same. */
const PICTURES = 20;
/** Of these, those that are deleted meanwhile. */
const DOOMED = 1;
export const EDGE = 24;
/** Jobs that other tenants look for. */
const FOREIGN_LOOKS = 100;

/** A job, and whose. */
export interface Task {
  readonly client: RendererClient;
  readonly id: string;
  readonly picture: string;
  /** Whether its picture is deleted before all have ended. */
  readonly isDoomed: boolean;
}

/** The jobs of all tenants, one of each in turn, under the same ids. */
export async function makeTasks(
  fleet: Fleet,
  { jobs, tenants }: { readonly jobs: number; readonly tenants: number },
  random: () => number,
): Promise<Task[]> {
  const names = Array.from({ length: tenants }, (_, i) => `tenant-${i}`);
  const groups = await Promise.all(
    names.map(async (tenant) => {
      await fleet.client.putTenant(tenant);
      const operator = createRendererClient({ baseUrl: fleet.url, token: fleet.token, tenant });
      const token = await operator.rotateToken('load', { roles: ['render'] });
      const client = createRendererClient({ baseUrl: fleet.url, token });
      return { client, pictures: await uploadPictures(client, random) };
    }),
  );
  const run = `load-${Date.now().toString(36)}`;
  return Array.from({ length: jobs }, (_, i) => {
    const { client, pictures } = groups[i % tenants];
    const nth = Math.floor(i / tenants);
    // The last pictures are those that are deleted.
    const place = nth % PICTURES;
    return { client, id: `${run}-${nth}`, picture: pictures[place], isDoomed: place >= PICTURES - DOOMED };
  });
}

export function uploadPictures(
  client: RendererClient,
  random: () => number,
  count = PICTURES,
): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const data = Uint8Array.from({ length: EDGE * EDGE * 3 }, () => random() * 256);
      const png = await sharp(data, { raw: { width: EDGE, height: EDGE, channels: 3 } })
        .png()
        .toBuffer();
      return client.uploadPicture(png);
    }),
  );
}

export const request = (picture: string) =>
  ({ kind: 'upscale', picture, scale: 2, weights: 'srgan-lite', format: 'png' }) as const;

/** A job whose picture is gone already is as good as deleted. */
export async function submit({ client, id, picture, isDoomed }: Task): Promise<void> {
  const asked = patiently(() => client.putJob(id, request(picture)));
  await asked.catch((error) => {
    if (!(isDoomed && error instanceof RendererError && error.code === 'PICTURE_GONE')) throw error;
  });
}

/** One that is gone already was deleted by a request whose answer was lost. */
export async function deletePictures(tasks: readonly Task[]): Promise<void> {
  // Pictures are noise: no two tenants have the same.
  const seen = new Map(tasks.map((task) => [task.picture, task]));
  for (const { client, picture } of seen.values())
    await patiently(() => client.deletePicture(picture)).catch((error) => {
      if (!(error instanceof RendererError && error.status === 404)) throw error;
    });
}

const isThere = (ask: () => Promise<unknown>) =>
  patiently(ask).then(
    () => 1,
    () => 0,
  );
/** Jobs and results that can be read. */
export const countReadable = async (tasks: readonly Task[]): Promise<number> =>
  sum(
    await inParallel(
      tasks,
      async ({ client, id }) =>
        (await isThere(() => client.job(id))) + (await isThere(() => client.result(id))),
    ),
  );

/** Jobs made from a picture that another tenant sees under the same id. */
export async function countForeign(tasks: readonly Task[]): Promise<number> {
  const clients = [...new Set(tasks.map(({ client }) => client))];
  const looks = tasks
    .slice(0, FOREIGN_LOOKS)
    .flatMap((task) =>
      clients.filter((client) => client !== task.client).map((client) => ({ task, client })),
    );
  return sum(
    await inParallel(looks, async ({ task, client }) => {
      const job = await patiently(() => client.job(task.id)).catch(() => null);
      return job && 'picture' in job.request && job.request['picture'] === task.picture ? 1 : 0;
    }),
  );
}
