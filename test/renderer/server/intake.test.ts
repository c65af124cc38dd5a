/** What was sent is opened in processes that can be killed, and that know nothing worth knowing. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { encodeStyle } from '../../../models/style-file/index.ts';
import { childEnvironment } from '../../../renderer/core/processes/child-environment.ts';
import { openInspector } from '../../../renderer/server/intake/inspector.ts';
import { plainStyle } from '../../models/style-file/samples.ts';
import { noise } from '../core/pictures/samples.ts';
import { svg } from '../export/frames.ts';
import { sha256, testRenderer } from './renderer.ts';

const picture = async () => ({
  type: 'picture' as const,
  bytes: new Uint8Array(await noise(40, 40).png().toBuffer()),
  maxPixels: 1e6,
});

describe('the processes that look into files', () => {
  const inspector = openInspector({ processes: 1 });
  afterAll(() => inspector.close());

  it('answer with what is kept, or with why nothing is, and go on', async () => {
    expect(await inspector.inspect(await picture())).toMatchObject({ width: 40, height: 40 });
    const text = { ...(await picture()), bytes: new TextEncoder().encode('hello') };
    await expect(inspector.inspect(text)).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
    const many = { ...(await picture()), maxPixels: 100 };
    await expect(inspector.inspect(many)).rejects.toMatchObject({
      code: 'TOO_MANY_PIXELS',
      message: 'The picture has 40×40 px; the limit is 100 pixels.',
      hint: expect.stringMatching(/^Shrink/),
    });
    const style = { type: 'style' as const, bytes: new Uint8Array(99) };
    await expect(inspector.inspect(style)).rejects.toMatchObject({ code: 'STYLE_DAMAGED' });
  });

  it('refuse a style whose reference says where it was taken', async () => {
    const exif = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } };
    const style = async (reference: Uint8Array) => ({
      type: 'style' as const,
      bytes: encodeStyle({ ...plainStyle, reference, thumbnail: await noise(16, 16).png().toBuffer() }),
    });
    const told = await noise(40, 40).png().withExif(exif).toBuffer();
    await expect(inspector.inspect(await style(told))).rejects.toMatchObject({
      code: 'STYLE_DAMAGED',
      message: expect.stringContaining('where or by whom'),
    });
    const silent = await noise(40, 40).png().toBuffer();
    expect(await inspector.inspect(await style(silent))).toMatchObject({ name: plainStyle.manifest.name });
  });

  it.each([
    ['time', { timeout: 1 }],
    ['memory', { memory: 1 }],
  ])('are killed when they take too much %s', async (_, limit) => {
    const strict = openInspector(limit);
    await expect(strict.inspect(await picture())).rejects.toMatchObject({ code: 'FILE_TOO_COMPLEX' });
    strict.close();
    expect(await inspector.inspect(await picture())).toMatchObject({ width: 40 });
  });

  it('have only so many files waiting', async () => {
    const narrow = openInspector({ processes: 1, mostWaiting: 1 });
    const task = await picture();
    const all = await Promise.allSettled([1, 2, 3].map(() => narrow.inspect(task)));
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    narrow.close();
  });

  it.runIf(process.platform === 'linux')('are ended with whoever started them', async () => {
    const before = children();
    const another = openInspector({ processes: 1 });
    await another.inspect(await picture());
    const [own] = children().filter((pid) => !before.includes(pid));
    expect(own).toBeDefined();
    another.close();
    await expect.poll(children).not.toContain(own);
  });

  it.runIf(process.platform === 'linux')('know neither token nor database', async () => {
    vi.stubEnv('LIMNER_TOKEN', 'secret-token');
    vi.stubEnv('DATABASE_URL', 'postgres://user:secret@host/');
    const fresh = openInspector({ processes: 1 });
    await fresh.inspect(await picture());
    const told = children().map((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8'));
    fresh.close();
    vi.unstubAllEnvs();
    expect(told.length).toBeGreaterThan(0);
    expect(told.join()).not.toContain('secret');
  });
});

/** Process numbers, of those that still run. */
function children(): string[] {
  const parentOf = (pid: string) =>
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()!.split(' ')[1];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return parentOf(pid) === `${process.pid}`;
      } catch {
        return false;
      }
    });
}

it('a process is told what it needs and nothing else', () => {
  const secrets = { LIMNER_TOKEN: 't', DATABASE_URL: 'd', PGPASSWORD: 'p' };
  const all = { PATH: '/bin', AWS_SECRET_ACCESS_KEY: 'a', CUDA_PATH: 'c', ...secrets };
  expect(childEnvironment('storing', all)).toEqual({
    PATH: '/bin',
    AWS_SECRET_ACCESS_KEY: 'a',
    CUDA_PATH: 'c',
  });
  expect(childEnvironment('rendering', all)).toEqual({ PATH: '/bin', CUDA_PATH: 'c' });
  expect(childEnvironment('browsing', all)).toEqual({ PATH: '/bin' });
});

describe('a short upload that once took the service for a minute', () => {
  const renderer = testRenderer({ worker: false });
  it.each([
    ['comments before nothing', `${'<!---->'.repeat(27)}x`, 415],
    ['an address of spaces', svg(9, 9, `<rect fill="url(${' '.repeat(4000)}"/>`), 422],
    ['groups within groups', svg(9, 9, '<g>'.repeat(6000) + '</g>'.repeat(6000)), 422],
    ['a size without end', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e400 1e12"/>', 422],
  ])('%s', async (_, text, status) => {
    const bytes = Buffer.from(text);
    const answer = await renderer.fetch(`/v1/pictures/${sha256(bytes)}`, {
      method: 'PUT',
      body: bytes as BodyInit,
      headers: { 'content-type': 'image/svg+xml' },
    });
    expect(answer.status).toBe(status);
  });
});
