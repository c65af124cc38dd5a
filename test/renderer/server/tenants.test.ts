/** Two tenants: nothing of one is seen, changed or hindered by the other, by any route that the document describes. */
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRendererClient, type RendererClient } from '../../../protocol/renderer-api/client/index.ts';
import type { Consent, Role } from '../../../protocol/renderer-api/index.ts';
import { finishJob, startJob } from '../../../renderer/server/jobs/run-state.ts';
import { insertStyle } from '../../../renderer/server/jobs/style-store.ts';
import { setTenant } from '../../../renderer/server/jobs/tenants.ts';
import { rotateToken } from '../../../renderer/server/jobs/tokens.ts';
import { openStorage } from '../../../renderer/server/storage/storage.ts';
import { sha256, testRenderer } from './renderer.ts';

const renderer = testRenderer({ worker: false });
const MEMBER: Role[] = ['render', 'styles', 'consents', 'admin'];
const NOBODYS = 'f'.repeat(64);

interface Tenant {
  readonly client: RendererClient;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}
interface Answer {
  readonly status: number;
  readonly text: string;
}

let mine: Tenant;
let theirs: Tenant;
/** Ids of what the other tenant has. */
const other = { picture: '', job: 'their-job', waiting: 'their-waiting', style: 'their-style', consent: '' };

beforeAll(async () => {
  [mine, theirs] = await Promise.all(['mine', 'theirs'].map(newTenant));
  const { database } = renderer;
  other.picture = await theirs.client.uploadPicture(await drawing('red'));
  const job = { kind: 'upscale', picture: other.picture } as const;
  for (const id of [other.job, other.waiting]) await theirs.client.putJob(id, job);
  const attempt = (await startJob(database, 'theirs/their-job'))!;
  const bytes = Buffer.from('result of theirs');
  const key = `results/${randomUUID()}`;
  const storage = openStorage(renderer.folder('data', 'storage'));
  await storage.put(key, bytes);
  const facts = { sha256: sha256(bytes), bytes: bytes.length, mediaType: 'image/png', width: 9, height: 9 };
  const result = { type: 'picture' as const, ...facts, device: 'cpu', faces: [], warnings: [] };
  expect(await finishJob(database, attempt, { result, resultKey: key })).toBe(true);
  const style = { id: other.style, name: 'Theirs', sha256: sha256(bytes), key, bytes: bytes.length };
  await database.transaction((tx) => insertStyle(tx, { tenant: 'theirs', ...style }));
  const consent = await theirs.ask('POST', '/v1/consents', consentFor(other.picture));
  other.consent = (JSON.parse(consent.text) as Consent).id;
});

async function newTenant(name: string): Promise<Tenant> {
  await setTenant(renderer.database, name);
  const token = await rotateToken(renderer.database, 'member', { tenant: name, roles: MEMBER });
  return {
    client: createRendererClient({ baseUrl: renderer.url, token, deadline: 300_000 }),
    async ask(method, path, body, headers) {
      const answer = await fetch(`${renderer.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return { status: answer.status, text: await answer.text() };
    },
  };
}

const drawing = (background: string) =>
  sharp({ create: { width: 40, height: 40, channels: 3, background } })
    .png()
    .toBuffer();

const consentFor = (portrait: string) => ({
  portrait,
  grantor: 'Jane',
  scopes: ['restyle'],
  until: new Date(Date.now() + 864e5).toISOString(),
});

/** What an operation is asked for, and what comes of it. */
type Case =
  /** An id of the other tenant is as unknown as one that nobody has. */
  | { at: 'picture' | 'job' | 'style' | 'consent'; body?: unknown }
  /** Nothing of the other tenant is listed. */
  | { lists: string }
  /** The other tenant's ids are free, what they name is not there to be used. */
  | { makes: string; body?: unknown; status: number }
  /** Of nobody, or of the token's own tenant: as without any other. */
  | { open: string; body?: unknown }
  /** Of the whole renderer. */
  | { operators: string; method?: string; body?: unknown };

const upscale = () => ({ kind: 'upscale', picture: other.picture });
const cases = (): Record<string, Case> => ({
  isAlive: { open: '/healthz' },
  isReady: { open: '/readyz' },
  readMetrics: { operators: '/metrics' },
  putJob: { makes: `/v1/jobs/${other.job}`, body: upscale(), status: 422 },
  createJob: { makes: '/v1/jobs', body: upscale(), status: 422 },
  listJobs: { lists: '/v1/jobs' },
  getJob: { at: 'job' },
  cancelJob: { at: 'job' },
  retryJob: { at: 'job' },
  deleteJob: { at: 'job' },
  getResult: { at: 'job' },
  listAllDeliveries: { lists: '/v1/deliveries' },
  getQueue: { open: '/v1/queue' },
  putQueue: { operators: '/v1/queue', method: 'PUT', body: { isPaused: false } },
  listDeliveries: { at: 'job' },
  redeliver: { at: 'job' },
  followJob: { at: 'job' },
  getPicture: { at: 'picture' },
  putPicture: { makes: `/v1/pictures/${other.picture}`, status: 422 },
  deletePicture: { at: 'picture' },
  listStyles: { lists: '/v1/styles' },
  putStyle: { makes: `/v1/styles/${other.style}`, status: 422 },
  getStyle: { at: 'style' },
  getThumbnail: { at: 'style' },
  deleteStyle: { at: 'style' },
  giveConsent: { makes: '/v1/consents', body: consentFor(other.picture), status: 201 },
  listConsents: { lists: `/v1/consents?portrait=${other.picture}` },
  revokeConsent: { at: 'consent' },
  copyLedger: { operators: '/v1/ledger' },
  getLedgerHead: { open: '/v1/ledger/head' },
  proveConsistency: { open: '/v1/ledger/consistency/1' },
  notePlan: { open: '/v1/ledger/plans', body: { sha256: NOBODYS } },
  proveInclusion: { lists: `/v1/ledger/proofs/${other.picture}` },
  getStatus: { lists: '/v1/status' },
  listTokens: { lists: '/v1/tokens' },
  rotateToken: { makes: '/v1/tokens/guest', body: {}, status: 201 },
  revokeToken: { makes: '/v1/tokens/member-of-theirs', status: 404 },
  listTenants: { operators: '/v1/tenants' },
  putTenant: { operators: '/v1/tenants/theirs', method: 'PUT', body: {} },
  deleteTenant: { operators: '/v1/tenants/nobody', method: 'DELETE' },
});

interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
}

async function operations(): Promise<Operation[]> {
  const { paths } = JSON.parse((await mine.ask('GET', '/openapi.json')).text) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({
      operationId,
      path,
      method: method.toUpperCase(),
    })),
  );
}

describe('another tenant', () => {
  it('is asked about by every operation of the document', async () => {
    expect((await operations()).map(({ operationId }) => operationId).sort()).toEqual(
      Object.keys(cases()).sort(),
    );
  });

  it('is not seen, changed or hindered by any of them', async () => {
    const before = await everything();
    for (const operation of await operations()) await check(operation, cases()[operation.operationId]);
    expect(await everything()).toEqual(before);
  });

  it('may have the same ids, files and names, and each deletes its own', async () => {
    const red = await drawing('red');
    expect(await mine.client.uploadPicture(red)).toBe(other.picture);
    await mine.client.putJob(other.job, { ...upscale(), kind: 'upscale' });
    await mine.client.putJob('batch', {
      kind: 'batch',
      portraits: [other.picture],
      style: { picture: other.picture },
    });
    expect(await mine.client.job('batch.0')).toMatchObject({ id: 'batch.0', parent: 'batch' });
    const { jobs } = await mine.client.jobs({ limit: 1 });
    expect(jobs[0].id).toMatch(/^batch/);
    const styled = { ...upscale(), kind: 'render', portrait: other.picture, picture: undefined };
    const borrowed = mine.client.putJob('borrowed', { ...styled, style: { style: other.style } } as never);
    await expect(borrowed).rejects.toMatchObject({ code: 'STYLE_GONE' });
    await mine.client.deletePicture(other.picture);
    await expect(mine.client.job(other.job)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    expect((await theirs.client.job(other.job)).state).toBe('succeeded');
    expect((await theirs.client.result(other.job)).bytes.length).toBe(16);
    expect((await theirs.client.pictureInfo(other.picture)).sha256).toBe(other.picture);
  });

  it('is followed page by page without jobs of others in between', async () => {
    const green = await mine.client.uploadPicture(await drawing('green'));
    for (const id of ['p0', 'p1', 'p2']) await mine.client.putJob(id, { kind: 'upscale', picture: green });
    const first = await mine.client.jobs({ limit: 2 });
    const rest = await mine.client.jobs({ limit: 2, cursor: first.next! });
    expect([...first.jobs, ...rest.jobs].map(({ id }) => id)).toEqual(['p2', 'p1', 'p0']);
    await mine.client.deletePicture(green);
  });
});

/** All that the other tenant sees of itself. */
const everything = () =>
  Promise.all(
    [
      '/v1/jobs',
      `/v1/jobs/${other.job}/result`,
      `/v1/jobs/${other.waiting}`,
      `/v1/pictures/${other.picture}`,
      '/v1/styles',
      `/v1/styles/${other.style}`,
      `/v1/consents?portrait=${other.picture}`,
      '/v1/tokens',
    ].map((path) => theirs.ask('GET', path)),
  );

async function check({ operationId, method, path }: Operation, expected: Case): Promise<void> {
  const what = `${operationId}: ${method} ${path}`;
  if ('at' in expected) {
    const nobodys = { picture: NOBODYS, job: 'nobody', style: 'nobody', consent: 'nobody' }[expected.at];
    const [real, unreal] = await Promise.all(
      [other[expected.at], nobodys].map((id) => mine.ask(method, path.replace(/\{\w+\}/, id), expected.body)),
    );
    expect(real.status, what).toBe(404);
    expect(anonymous(real.text, other[expected.at]), what).toBe(anonymous(unreal.text, nobodys));
  } else if ('lists' in expected) {
    const { status, text } = await mine.ask(method, expected.lists);
    if (operationId === 'proveInclusion') return expect(status, what).toBe(501);
    expect(status, what).toBe(200);
    for (const id of [other.job, other.waiting, other.style, other.consent])
      expect(text, what).not.toContain(id);
    if (operationId === 'getStatus')
      expect(JSON.parse(text).jobs, what).toMatchObject({ queued: 0, succeeded: 0 });
  } else if ('makes' in expected) {
    expect((await mine.ask(method, expected.makes, expected.body)).status, what).toBe(expected.status);
  } else if ('operators' in expected) {
    expect((await mine.ask(method, expected.operators, expected.body)).status, what).toBe(403);
    const answer = await renderer.fetch(expected.operators, { method });
    expect(answer.status, what).not.toBe(403);
  } else {
    const answer = await mine.ask(method, expected.open, expected.body);
    for (const id of Object.values(other)) expect(answer.text, what).not.toContain(id);
  }
}

const anonymous = (text: string, id: string) =>
  text.replaceAll(id, 'ID').replace(/"requestId":"[^"]*"/, '"requestId":""');

describe('styles that come with Limner', () => {
  it('are there for every tenant, and nobody deletes them', async () => {
    for (const { client, ask } of [mine, theirs]) {
      const listed = await client.styles();
      expect(listed.filter(({ builtIn }) => builtIn).length).toBeGreaterThanOrEqual(8);
      const oil = listed.find(({ id }) => id === 'oil')!;
      expect(oil).toMatchObject({ builtIn: true, createdAt: null });
      expect(sha256(await client.downloadStyle('oil'))).toBe(oil.sha256);
      const { height, format } = await sharp(await client.styleThumbnail('oil')).metadata();
      expect([height, format]).toEqual([96, 'png']);
      const { status, text } = await ask('DELETE', '/v1/styles/oil');
      expect([status, JSON.parse(text).error.code]).toEqual([409, 'STYLE_BUILT_IN']);
      expect(await client.styles()).toEqual(listed);
    }
  });

  it('give way to a style of a tenant’s own by the same id, there alone, until that is deleted', async () => {
    const own = { tenant: 'theirs', id: 'oil', name: 'Our oil', key: `styles/${randomUUID()}` };
    const bytes = Buffer.from('a style file');
    await openStorage(renderer.folder('data', 'storage')).put(own.key, bytes);
    await renderer.database.transaction((tx) =>
      insertStyle(tx, { ...own, sha256: sha256(bytes), bytes: bytes.length }),
    );
    const oils = async ({ client }: Tenant) => (await client.styles()).filter(({ id }) => id === 'oil');
    expect(await oils(theirs)).toMatchObject([{ name: 'Our oil', builtIn: false }]);
    expect(await oils(mine)).toMatchObject([{ builtIn: true }]);
    expect(Buffer.from(await theirs.client.downloadStyle('oil'))).toEqual(bytes);
    expect((await theirs.ask('DELETE', '/v1/styles/oil')).status).toBe(204);
    expect(await oils(theirs)).toMatchObject([{ builtIn: true }]);
  });
});

describe('whoever runs the renderer', () => {
  it('acts in any tenant by naming it; nobody else does', async () => {
    const naming = (tenant: string) => ({ headers: { 'limner-tenant': tenant } });
    const seen = await renderer.fetch(`/v1/jobs/${other.job}`, naming('theirs'));
    expect(await seen.json()).toMatchObject({ id: other.job });
    expect((await renderer.fetch(`/v1/jobs/${other.job}`)).status).toBe(404);
    expect(await (await renderer.fetch('/v1/jobs', naming('nobody'))).json()).toMatchObject({
      error: { code: 'TENANT_NOT_FOUND' },
    });
    const refused = await mine.ask('GET', '/v1/jobs', undefined, { 'limner-tenant': 'theirs' });
    expect([refused.status, JSON.parse(refused.text).error.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('alone makes, replaces and ends tokens that may do everything', async () => {
    const operator = { roles: ['operator'] };
    expect((await mine.ask('PUT', '/v1/tokens/climber', operator)).status).toBe(403);
    await rotateToken(renderer.database, 'chief', { tenant: 'mine', roles: ['operator'] });
    expect((await mine.ask('PUT', '/v1/tokens/chief', { roles: ['render'] })).status).toBe(403);
    expect((await mine.ask('DELETE', '/v1/tokens/chief')).status).toBe(403);
  });
});
