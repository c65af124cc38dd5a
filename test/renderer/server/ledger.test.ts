/** A real renderer, database and worker: what happens gets into the ledger, and consents hold. */
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRendererClient, type RendererClient } from '../../../protocol/renderer-api/client/index.ts';
import type { Consent } from '../../../protocol/renderer-api/index.ts';
import { readCopy } from '../../../renderer/ledger/copy.ts';
import { grantorHash } from '../../../renderer/ledger/entry.ts';
import type { SignedHead } from '../../../renderer/ledger/signed-head.ts';
import { verifyConsistency } from '../../../renderer/ledger/verify-proof.ts';
import { readNote } from '../../../renderer/rating/plan/note-plan.ts';
import { openPlan } from '../../../renderer/rating/plan/plan.ts';
import type { Database } from '../../../renderer/server/database/database.ts';
import type { Renderer } from '../../../renderer/server/start-renderer.ts';
import { svg } from '../export/frames.ts';
import { DAY } from '../provenance/identities.ts';
import { draw } from '../rating/drawings.ts';
import { joconde, runLimner } from '../run-limner.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { portraitBytes } from './renderer.ts';
import { startSigned, TOKEN } from './signed-renderer.ts';

const inFolder = temporaryFolder();
const hex = (text: string) => Buffer.from(text, 'hex');
let database: Database;
let renderer: Renderer;
let client: RendererClient;
let portrait: string;
let style: string;

beforeAll(async () => {
  ({ database, renderer } = await startSigned(inFolder, { needsConsent: true }));
  client = createRendererClient({ baseUrl: renderer.url, token: TOKEN });
  portrait = await client.uploadPicture(await portraitBytes());
  style = await client.uploadPicture(await readFile(joconde));
  vi.stubEnv('LIMNER_TOKEN', TOKEN);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await renderer?.stop();
  await database?.close();
});

async function ask<T>(path: string, method = 'GET', body?: unknown): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${renderer.url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  const isJson = answer.headers.get('content-type')?.startsWith('application/json');
  const text = await answer.text();
  return { status: answer.status, body: isJson ? JSON.parse(text) : text };
}

const consent = (until = Date.now() + DAY) =>
  ask<Consent & { salt: string }>('/consents', 'POST', {
    portrait,
    grantor: 'Eileen Collins',
    scopes: ['restyle'],
    until: new Date(until).toISOString(),
  });
const render = (id: string) => client.putJob(id, { kind: 'render', portrait, style: { picture: style } });
const ended = async (id: string) => {
  for await (const _ of client.events(id));
  return client.job(id);
};
const copy = async () => {
  const { body } = await ask<string>('/ledger');
  return body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .flatMap(({ entry }) => (entry ? [JSON.parse(entry)] : []));
};

describe('a renderer that requires consents', () => {
  it('refuses a portrait that nobody gave one for, or that has ended', async () => {
    await expect(render('none')).rejects.toMatchObject({ code: 'CONSENT_MISSING' });
    await consent(Date.now() - 1000);
    await expect(render('ended')).rejects.toMatchObject({ code: 'CONSENT_MISSING' });
  });

  it('renders under one, and tells the ledger what, of what, under which', async () => {
    const given = await consent();
    expect(given).toMatchObject({ status: 201, body: { grantor: 'Eileen Collins', revokedAt: null } });
    await render('job-1');
    const { state, result } = await ended('job-1');
    expect(state).toBe('succeeded');
    const entries = await copy();
    expect(entries.map(({ kind }) => kind)).toEqual(['upload', 'upload', 'consent', 'consent', 'render']);
    const sha256 = result?.type === 'picture' ? result.sha256 : '';
    expect(entries.at(-1)).toMatchObject({
      job: 'job-1',
      source: portrait,
      style,
      result: sha256,
      consent: given.body.id,
    });
    const salt = Buffer.from(given.body.salt, 'hex');
    expect(entries[3].grantor).toBe(grantorHash('Eileen Collins', salt));
    expect(JSON.stringify(entries)).not.toContain('Eileen');
  });

  it('limner inspect proves a result, limner ledger export and verify check the log at home', async () => {
    const { bytes } = await client.result('job-1');
    await writeFile(inFolder('result.png'), bytes);
    const inspected = await runLimner(['inspect', inFolder('result.png'), '--renderer', renderer.url]);
    expect(inspected.out).toMatch(/Trusted: unchanged/);
    expect(inspected.out).toMatch(/rendered by job job-1 under consent \S+ on .*, proved$/m);
    const file = inFolder('copy.jsonl');
    expect((await runLimner(['ledger', 'export', '--renderer', renderer.url, '--out', file])).code).toBe(0);
    expect((await runLimner(['ledger', 'verify', file])).out).toMatch(/^Whole: 5 entries/);
  });

  it('a consent that is revoked stops what waits and what comes, and the log says so', async () => {
    const { body } = await ask<{ consents: Consent[] }>(`/consents?portrait=${portrait}`);
    const inForce = body.consents.filter(({ until }) => new Date(until) > new Date());
    // The one worker is busy with the first of them.
    await render('job-2');
    await render('job-3');
    for (const { id } of inForce) expect((await ask(`/consents/${id}`, 'DELETE')).status).toBe(204);
    expect(await ended('job-3')).toMatchObject({ state: 'failed', error: { code: 'CONSENT_MISSING' } });
    await expect(render('job-4')).rejects.toMatchObject({ code: 'CONSENT_MISSING' });
    expect((await copy()).filter(({ kind }) => kind === 'revocation')).toHaveLength(inForce.length);
    expect((await ask('/consents/none', 'DELETE')).status).toBe(404);
  });

  it('a frame does not carry a portrait past its consent', async () => {
    const bytes = await portraitBytes();
    const image = `<image width="9" height="9" href="data:image/png;base64,${bytes.toString('base64')}"/>`;
    const frame = await client.uploadPicture(Buffer.from(svg(9, 9, image)));
    const until = new Date(Date.now() + DAY).toISOString();
    const allowed = { portrait: frame, grantor: 'The designer', scopes: ['restyle'], until };
    expect((await ask('/consents', 'POST', allowed)).status).toBe(201);
    const job = client.putJob('framed', { kind: 'export', frame, style: { picture: style } });
    await expect(job).rejects.toMatchObject({
      code: 'CONSENT_MISSING',
      message: expect.stringContaining(portrait),
    });
  });

  it('deleting the portrait deletes who allowed it; the log stays whole', async () => {
    await consent();
    await client.deletePicture(portrait);
    const { body } = await ask<{ consents: Consent[] }>(`/consents?portrait=${portrait}`);
    expect(body.consents.length).toBeGreaterThan(0);
    for (const { grantor, revokedAt } of body.consents)
      expect([grantor, revokedAt]).toEqual([null, expect.any(String)]);
    // And that of the frame that embeds it.
    const deleted = (await copy()).slice(-2);
    expect(deleted.map(({ kind }) => kind)).toEqual(['deletion', 'deletion']);
    expect(deleted.map(({ file }) => file)).toContain(portrait);
    const file = inFolder('later.jsonl');
    await runLimner(['ledger', 'export', '--renderer', renderer.url, '--out', file]);
    const verified = await runLimner(['ledger', 'verify', file, '--known', inFolder('copy.jsonl')]);
    expect(verified.code).toBe(0);
  });

  it('proves that it continues what it was', async () => {
    const kept = readCopy(await readFile(inFolder('copy.jsonl'), 'utf8'), 'copy').heads.at(-1)!;
    const { body } = await ask<{ path: string[]; head: SignedHead }>(`/ledger/consistency/${kept.size}`);
    const [path, old, root] = [body.path.map(hex), hex(kept.root), hex(body.head.root)];
    expect(verifyConsistency(kept.size, body.head.size, path, old, root)).toBe(true);
    expect((await ask(`/ledger/consistency/${body.head.size + 1}`)).status).toBe(422);
  });

  it('takes the hash of a plan of ratings, and proves when', async () => {
    await draw(inFolder('results', 'anna.png'), 20, 10);
    const plan = ['rate', 'plan', inFolder('results'), '--out', inFolder('rating')];
    const { code, out } = await runLimner([...plan, '--renderer', renderer.url]);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/entry \d+ of the ledger/) });
    const opened = await openPlan(inFolder('rating'));
    expect(await readNote(opened, {})).toMatchObject({ problem: null });
    expect((await copy()).at(-1)).toMatchObject({ kind: 'plan', file: opened.sha256 });
    const other = { ...opened, sha256: '0'.repeat(64) };
    expect(await readNote(other, {})).toMatchObject({ problem: 'the proof is about something else' });
  });

  it('somebody who changes the database is found out', async () => {
    await database.query(`update limner.ledger_entry set entry = replace(entry, 'job-1', 'job-9')`);
    const file = inFolder('changed.jsonl');
    await runLimner(['ledger', 'export', '--renderer', renderer.url, '--out', file]);
    const { code, out } = await runLimner(['ledger', 'verify', file]);
    expect(code).toBe(3);
    expect(out).toMatch(/Something from entry 4 to 4 is not what was signed/);
  });
});
