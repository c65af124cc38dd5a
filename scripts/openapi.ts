/**
 * Writes docs/openapi.json as a renderer serves it, and the types of it that the tests compile a client with.
 *
 *   node scripts/openapi.ts [--check]
 *
 * `--check` writes nothing and fails when the committed file differs.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import openapiTS, { astToString } from 'openapi-typescript';
import { pino } from 'pino';
import { openDatabase } from '../renderer/server/database/open-database.ts';
import { startRenderer } from '../renderer/server/start-renderer.ts';

const { values: options } = parseArgs({ options: { check: { type: 'boolean' } } });
const targets = {
  document: new URL('../docs/openapi.json', import.meta.url),
  types: new URL('../test/renderer/server/openapi.d.ts', import.meta.url),
};
const limit = 2 ** 20;

const data = mkdtempSync(join(tmpdir(), 'limner-openapi-'));
const database = await openDatabase({ folder: join(data, 'database'), onError: console.error });
const renderer = await startRenderer({
  database,
  storage: join(data, 'storage'),
  host: '127.0.0.1',
  port: 0,
  webhookHosts: [],
  access: { hosts: [], origins: [], proxies: [], requestsPerMinute: limit },
  limits: {
    maxBody: limit,
    maxPixels: limit,
    maxEdge: limit,
    maxQueue: limit,
    maxStreams: limit,
    retention: limit,
  },
  log: pino({ enabled: false }),
  worker: null,
});
const served = await (await fetch(`${renderer.url}/openapi.json`)).json();
await renderer.stop();
await database.close();
rmSync(data, { recursive: true });

const made = {
  document: `${JSON.stringify(served, null, 1)}\n`,
  types: `// Made from docs/openapi.json by scripts/openapi.ts.\n${astToString(await openapiTS(JSON.stringify(served)))}`,
};
for (const [name, target] of Object.entries(targets)) {
  const text = made[name as keyof typeof made];
  if (!options.check) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    console.error(
      `${target.pathname} differs from what a renderer serves: node scripts/openapi.ts writes it.`,
    );
    process.exitCode = 1;
  }
}
