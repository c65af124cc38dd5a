/** A renderer as a process: it starts, is asked to stop, and is gone afterwards. With jobs at work: lifecycle.long.test.ts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { endAllAfterEach, startLimner } from './renderer-command.ts';
import { itStartsAndStops } from './start-and-stop.ts';

const inFolder = temporaryFolder();
endAllAfterEach();

describe('a renderer', () => {
  const serve = (...more: string[]) =>
    startLimner('serve', '--port', '0', '--device', 'cpu', '--data', inFolder('data'), ...more);

  itStartsAndStops(serve);
});

describe('a folder', () => {
  it('that cannot be written is named', async () => {
    await writeFile(inFolder('file'), '');
    const started = startLimner('serve', '--port', '0', '--data', inFolder('file', 'data'));
    expect(await started.ended).toBe(3);
    expect(started.said()).toContain('[NOT_WRITABLE]');
  });

  it('whose database is damaged is named', async () => {
    const data = inFolder('damaged');
    await mkdir(join(data, 'database'), { recursive: true });
    await writeFile(join(data, 'database', 'PG_VERSION'), 'hello');
    const started = startLimner('serve', '--port', '0', '--data', data);
    expect(await started.ended).toBe(4);
    expect(started.said()).toContain('[DATABASE_DAMAGED]');
  });

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
  });
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
