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
/** The tenant that is deleted meanwhile, and of how many jobs one is its. */
const DOOMED_TENANT = 'doomed';
const DOOMED_SHARE = 20;
/** Jobs that other tenants look for. */
const FOREIGN_LOOKS = 100;

/** A job, and whose. */
export interface Task {
  readonly client: RendererClient;
  readonly id: string;
  readonly picture: string;
  /** Whether its picture, or its tenant, is deleted before all have ended. */
  readonly isDoomed: boolean;
  readonly tenant: string;
}

/** The jobs of all tenants, one of each in turn, under the same ids. */
export async function makeTasks(
  fleet: Fleet,
  { jobs, tenants }: { readonly jobs: number; readonly tenants: number },
  random: () => number,
): Promise<Task[]> {
  const names = Array.from({ length: tenants }, (_, i) => `tenant-${i}`);
  const groups: { tenant: string; client: RendererClient; pictures: string[] }[] = [];
  // One after another: a renderer looks into so many files at once.
  for (const tenant of [...names, DOOMED_TENANT]) {
    const client = await joinTenant(fleet, tenant);
    groups.push({ tenant, client, pictures: await uploadPictures(client, random) });
  }
  const run = `load-${Date.now().toString(36)}`;
  return Array.from({ length: jobs }, (_, i) => {
    const { tenant, client, pictures } = groups[i % DOOMED_SHARE === 0 ? tenants : i % tenants];
    const nth = Math.floor(i / tenants);
    // The last pictures are those that are deleted.
    const place = nth % PICTURES;
    const isDoomed = place >= PICTURES - DOOMED || tenant === DOOMED_TENANT;
    return { tenant, client, id: `${run}-${nth}`, picture: pictures[place], isDoomed };
  });
}

/** Makes a tenant, if it is not there. @returns who renders in it */
async function joinTenant({ client, url, token }: Fleet, tenant: string): Promise<RendererClient> {
  await patiently(() => client.putTenant(tenant));
  const operator = createRendererClient({ baseUrl: url, token, tenant });
  const own = await patiently(() => operator.rotateToken('load', { roles: ['render'] }));
  return createRendererClient({ baseUrl: url, token: own });
}

/** Deletes the pictures of what is doomed, and the tenant. */
export async function deleteDoomed(fleet: Fleet, tasks: readonly Task[]): Promise<void> {
  await deletePictures(tasks.filter(({ tenant, isDoomed }) => isDoomed && tenant !== DOOMED_TENANT));
  await forgiving(404, () => fleet.client.deleteTenant(DOOMED_TENANT));
}

/** The same tasks as whoever has the name of the deleted tenant afterwards would ask for them. */
export async function comeAgain(fleet: Fleet, tasks: readonly Task[]): Promise<Task[]> {
  const client = await joinTenant(fleet, DOOMED_TENANT);
  return tasks.map((task) => (task.tenant === DOOMED_TENANT ? { ...task, client } : task));
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

/** What a doomed job is answered once what it needs, or whoever asks, is gone. */
const GONE = ['PICTURE_GONE', 'TENANT_NOT_FOUND', 'UNAUTHORIZED'];

/** A job whose picture or tenant is gone already is as good as deleted. */
export async function submit({ client, id, picture, isDoomed }: Task): Promise<void> {
  const asked = patiently(() => client.putJob(id, request(picture)));
  await asked.catch((error) => {
    if (!(isDoomed && error instanceof RendererError && GONE.includes(error.code))) throw error;
  });
}

/** One that is gone already was deleted by a request whose answer was lost. */
async function forgiving(status: number, ask: () => Promise<void>): Promise<void> {
  await patiently(ask).catch((error) => {
    if (!(error instanceof RendererError && error.status === status)) throw error;
  });
}

export async function deletePictures(tasks: readonly Task[]): Promise<void> {
  // Pictures are noise: no two tenants have the same.
  const seen = new Map(tasks.map((task) => [task.picture, task]));
  for (const { client, picture } of seen.values()) await forgiving(404, () => client.deletePicture(picture));
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
