/** A renderer as a process: it starts, is asked to stop in every state, and is gone afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRendererClient } from '../../../protocol/renderer-api/client/index.ts';
import { type PostgresServer, startPostgres } from '../../../scripts/load/postgres.ts';
import { noise } from '../core/pictures/samples.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const TOKEN = 'token-of-the-tests-of-starting-and-stopping';
const entry = fileURLToPath(new URL('../../../renderer/limner.ts', import.meta.url));
const inFolder = temporaryFolder();
const running = new Set<ChildProcess>();

interface Started {
  readonly child: ChildProcess;
  /** Everything it has said so far. */
  said(): string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

function limner(...args: string[]): Started {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...args], {
    env: { ...process.env, LIMNER_TOKEN: TOKEN },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  let text = '';
  child.stderr!.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  const ended = once(child, 'exit').then(([code, signal]) => {
    running.delete(child);
    return code ?? signal;
  });
  return { child, said: () => text, ended };
}

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

async function addressOf({ child, said, ended }: Started): Promise<string> {
  void ended.then((code) => child.stderr!.emit('gone', code));
  for (;;) {
    const [, url] = /listens on (http:\S+)/.exec(said()) ?? [];
    if (url) return url;
    const [event] = await Promise.race([once(child.stderr!, 'data'), once(child.stderr!, 'gone')]);
    if (typeof event !== 'string') throw new Error(`It ended with ${event}: ${said()}`);
  }
}

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
}, 180_000);
afterAll(() => postgres?.stop());

const DATABASES = [
  ['PGlite', () => []],
  ['PostgreSQL', () => ['--database-url', postgres.url]],
] as const;

describe.each(DATABASES)('with %s', (name, database) => {
  const serve = (...more: string[]) =>
    limner(
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

  it('it exits when it is asked to, with nothing to do', async () => {
    const started = serve('--no-worker');
    // And nobody but this machine sees it.
    expect(await addressOf(started)).toMatch(/^http:\/\/127\.0\.0\.1:/);
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
  }, 180_000);

  it('it exits while it starts', async () => {
    const started = serve('--no-worker');
    await once(started.child, 'spawn');
    started.child.kill('SIGTERM');
    expect(['SIGTERM', 0]).toContain(await started.ended);
  }, 180_000);

  it('it exits with a job at work, which goes on when it is started again, and no try is counted against it', async () => {
    const started = serve('--processes', '1', '--drain', '0');
    const client = createRendererClient({ baseUrl: await addressOf(started), token: TOKEN });
    const picture = await client.uploadPicture(await noise(900, 900).jpeg().toBuffer());
    await client.putJob('long', { kind: 'upscale', picture, scale: 4, weights: 'srresnet' });
    for await (const { state } of client.events('long')) if (state === 'running') break;
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    const again = serve('--processes', '1');
    const restarted = createRendererClient({ baseUrl: await addressOf(again), token: TOKEN });
    for await (const _ of restarted.events('long')) if ((await restarted.job('long')).attempts === 2) break;
    expect(await restarted.job('long')).toMatchObject({ state: 'running', attempts: 2, error: null });
    await restarted.cancelJob('long');
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  }, 300_000);

  it('it lets a job end that is nearly done', async () => {
    const started = serve('--processes', '1', '--drain', '600');
    const url = await addressOf(started);
    const client = createRendererClient({ baseUrl: url, token: TOKEN });
    const picture = await client.uploadPicture(await noise(200, 200).jpeg().toBuffer());
    await client.putJob('short', { kind: 'upscale', picture, scale: 4, weights: 'srresnet' });
    for await (const { state } of client.events('short')) if (state === 'running') break;
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    const again = serve('--no-worker');
    const restarted = createRendererClient({ baseUrl: await addressOf(again), token: TOKEN });
    expect(await restarted.job('short')).toMatchObject({ state: 'succeeded', attempts: 1 });
  }, 300_000);

  it('a port that is taken is named, and nothing is left running', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const started = serve('--port', `${port}`);
    expect(await started.ended).toBe(4);
    expect(started.said()).toContain('[ADDRESS_IN_USE]');
    other.close();
  }, 180_000);
});

it('a worker exits when it is asked to', async () => {
  const data = inFolder('data-PostgreSQL');
  const worker = limner(
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
}, 180_000);

describe('a folder', () => {
  it('that cannot be written is named', async () => {
    await writeFile(inFolder('file'), '');
    const started = limner('serve', '--port', '0', '--data', inFolder('file', 'data'));
    expect(await started.ended).toBe(3);
    expect(started.said()).toContain('[NOT_WRITABLE]');
  });

  it('whose database is damaged is named', async () => {
    const data = inFolder('damaged');
    await mkdir(join(data, 'database'), { recursive: true });
    await writeFile(join(data, 'database', 'PG_VERSION'), 'hello');
    const started = limner('serve', '--port', '0', '--data', data);
    expect(await started.ended).toBe(4);
    expect(started.said()).toContain('[DATABASE_DAMAGED]');
  }, 180_000);

  it('is opened by one of many that ask at once, by whatever name', async () => {
    const data = inFolder('wanted');
    await mkdir(data);
    await symlink(data, inFolder('alias'));
    const code = `import { lockFolder } from ${JSON.stringify(new URL('../../../renderer/server/database/folder-lock.ts', import.meta.url).href)};
      await lockFolder(process.argv[1]).then(() => console.error('mine'), (error) => console.error(error.code));
      process.stdin.resume();`;
    const all = Array.from({ length: 12 }, (_, i) =>
      spawn(
        process.execPath,
        [
          '--disable-warning=ExperimentalWarning',
          '--input-type=module-typescript',
          '-e',
          code,
          i % 2 ? data : inFolder('alias'),
        ],
        {
          stdio: ['pipe', 'ignore', 'pipe'],
        },
      ),
    );
    const said = await Promise.all(
      all.map(async (child) => String((await once(child.stderr.setEncoding('utf8'), 'data'))[0]).trim()),
    );
    for (const child of all) child.kill('SIGKILL');
    expect(said.toSorted()).toEqual([...Array(11).fill('DATA_IN_USE'), 'mine']);
  }, 180_000);
});

it('work that never returns is ended by a signal all the same', async () => {
  const code = `import { interruptibly } from ${JSON.stringify(new URL('../../../renderer/server/database/interruptibly.ts', import.meta.url).href)};
    process.on('SIGTERM', () => undefined);
    await interruptibly(async () => { console.error('now'); for (;;); });`;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '-e', code],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await once(child.stderr, 'data');
  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[1]).toBe('SIGTERM');
});
