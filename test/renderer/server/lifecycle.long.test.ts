/** A renderer as a process, with each of its databases: it is asked to stop in every state, and is gone afterwards. */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRendererClient } from '../../../protocol/renderer-api/client/index.ts';
import { type PostgresServer, startPostgres } from '../../../scripts/load/postgres.ts';
import { noise } from '../core/pictures/samples.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { addressOf, COMMAND_TOKEN, endAllAfterEach, startLimner } from './renderer-command.ts';
import { itStartsAndStops } from './start-and-stop.ts';

const inFolder = temporaryFolder();
endAllAfterEach();

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

const DATABASES = [
  ['PGlite', () => []],
  ['PostgreSQL', () => ['--database-url', postgres.url]],
] as const;

describe.each(DATABASES)('with %s', (name, database) => {
  const serve = (...more: string[]) =>
    startLimner(
      'serve',
      '--port',
      '0',
      '--device',
      'cpu',
      '--data',
      inFolder(`data-${name}`),
      ...database(),
      ...more,
    );

  // With PGlite: lifecycle.test.ts.
  if (name === 'PostgreSQL') itStartsAndStops(serve);

  it('it exits with a job at work, which goes on when it is started again, and no try is counted against it', async () => {
    const started = serve('--processes', '1', '--drain', '0');
    const client = createRendererClient({ baseUrl: await addressOf(started), token: COMMAND_TOKEN });
    const picture = await client.uploadPicture(await noise(900, 900).jpeg().toBuffer());
    await client.putJob('long', { kind: 'upscale', picture, scale: 4, weights: 'srresnet' });
    for await (const { state } of client.events('long')) if (state === 'running') break;
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    const again = serve('--processes', '1');
    const restarted = createRendererClient({ baseUrl: await addressOf(again), token: COMMAND_TOKEN });
    for await (const _ of restarted.events('long')) if ((await restarted.job('long')).attempts === 2) break;
    expect(await restarted.job('long')).toMatchObject({ state: 'running', attempts: 2, error: null });
    await restarted.cancelJob('long');
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  });

  it('it lets a job end that is nearly done', async () => {
    const started = serve('--processes', '1', '--drain', '600');
    const url = await addressOf(started);
    const client = createRendererClient({ baseUrl: url, token: COMMAND_TOKEN });
    const picture = await client.uploadPicture(await noise(200, 200).jpeg().toBuffer());
    await client.putJob('short', { kind: 'upscale', picture, scale: 4, weights: 'srresnet' });
    for await (const { state } of client.events('short')) if (state === 'running') break;
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    const again = serve('--no-worker');
    const restarted = createRendererClient({ baseUrl: await addressOf(again), token: COMMAND_TOKEN });
    expect(await restarted.job('short')).toMatchObject({ state: 'succeeded', attempts: 1 });
  });
});

it('a worker exits when it is asked to', async () => {
  const data = inFolder('data-PostgreSQL');
  const worker = startLimner(
    'worker',
    '--processes',
    '1',
    '--data',
    data,
    '--database-url',
    postgres.url,
    '--device',
    'cpu',
  );
  for (; !worker.said().includes('working on'); ) await once(worker.child.stderr!, 'data');
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toBe(0);
});
