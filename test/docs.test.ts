import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '../models/errors.ts';

const root = new URL('../', import.meta.url);
const names = (await readdir(new URL('docs/', root)))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const pages = ['README.md', 'SECURITY.md', 'CHANGELOG.md', 'models/MODEL_CARD.md', ...names].map(
  (name) => new URL(name, root),
);
const texts = await Promise.all(pages.map((page) => readFile(page, 'utf8')));
const errors = await readFile(new URL('docs/errors.md', root), 'utf8');
const manifest = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));

describe('docs/errors.md', () => {
  it('has a row for every error code, with its exit code, and no other', () => {
    const rows = [...errors.matchAll(/^\| `([A-Z_]+)` \| (\d+) \| .+ \|$/gm)];
    const documented = Object.fromEntries(rows.map(([, code, exit]) => [code, Number(exit)]));
    const real = Object.fromEntries(Object.entries(ERRORS).map(([code, { exit }]) => [code, exit]));
    expect(documented).toEqual(real);
  });

  it('says the HTTP status of the codes of the service as they are', () => {
    const rows = [...errors.matchAll(/^\| `([A-Z_]+)` \| \d+ \| (\d{3}): .+ \|$/gm)];
    expect(rows.length).toBeGreaterThan(20);
    for (const [, code, status] of rows) expect(ERRORS[code as ErrorCode].status, code).toBe(Number(status));
  });
});

describe('the documents', () => {
  it('name only scripts that exist', () => {
    for (const [, name] of texts.join('\n').matchAll(/npm run (?:-s )?([a-z0-9:]+)/g)) {
      expect(manifest.scripts, name).toHaveProperty(name);
    }
  });

  it('link only to files that exist', async () => {
    for (const [i, page] of pages.entries()) {
      for (const [, path] of texts[i].matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
        await expect(readFile(new URL(path, page)), `${page.pathname}: ${path}`).resolves.toBeTruthy();
      }
    }
  });
});
