/** A real renderer in a process of its own, for the tests of the window. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { copyNewDatabase } from '../renderer/server/new-database.ts';

export interface TestRenderer {
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

const TOKEN = 'token-of-the-window-tests';

export async function startRenderer(): Promise<TestRenderer> {
  const folder = await mkdtemp(join(tmpdir(), 'limner-ui-'));
  await copyNewDatabase(folder);
  const command = fileURLToPath(new URL('../../renderer/limner.ts', import.meta.url));
  const options = ['serve', '--port', '0', '--data', folder, '--log-level', 'silent'];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', command, ...options], {
    env: { ...process.env, LIMNER_TOKEN: TOKEN },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const [, found] = /listens on (http:\S+)/.exec(said) ?? [];
      if (found) resolve(found);
    });
    void ended.then(() => reject(new Error(`The renderer did not start: ${said}`)));
  });
  return {
    url,
    token: TOKEN,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
