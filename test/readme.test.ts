import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '../models/errors.ts';

const root = new URL('../', import.meta.url);
const readme = await readFile(new URL('README.md', root), 'utf8');
const manifest = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));

describe('README', () => {
  it('has a row for every error code, with its exit code, and no other', () => {
    const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \| (\d+) \| .+ \|$/gm)];
    const documented = Object.fromEntries(rows.map(([, code, exit]) => [code, Number(exit)]));
    const real = Object.fromEntries(Object.entries(ERRORS).map(([code, { exit }]) => [code, exit]));
    expect(documented).toEqual(real);
  });

  it('says the HTTP status of the codes of the service as they are', () => {
    const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \| \d+ \| (\d{3}): .+ \|$/gm)];
    expect(rows.length).toBeGreaterThan(20);
    for (const [, code, status] of rows) expect(ERRORS[code as ErrorCode].status, code).toBe(Number(status));
  });

  it('names only scripts that exist', () => {
    for (const [, name] of readme.matchAll(/npm run (?:-s )?([a-z0-9]+)/g)) {
      expect(manifest.scripts, name).toHaveProperty(name);
    }
  });

  it('links only to files that exist', async () => {
    for (const [, path] of readme.matchAll(/\]\(([^)#:]+)\)/g)) {
      await expect(readFile(new URL(path, root)), path).resolves.toBeTruthy();
    }
  });
});
