/** The renderer as a process of its own, which tests start, kill and start again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export const TOKEN = 'e2e-token-0123456789abcdef0123456789';

export interface RendererProcess {
  readonly url: string;
  stop(): Promise<void>;
}

export interface RendererOptions {
  /** Where Limner is installed (see install.ts); the renderer's data lie there, too. */
  readonly folder: string;
  readonly port?: number;
}

export async function startRenderer({ folder, port = 0 }: RendererOptions): Promise<RendererProcess> {
  const args = ['dist/limner.js', 'serve', '--port', `${port}`, '--data', join(folder, 'data')];
  const child = spawn(process.execPath, [...args, '--processes', '1', '--log-level', 'warn'], {
    cwd: folder,
    env: { ...process.env, LIMNER_TOKEN: TOKEN },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await addressOf(child);
  return {
    url,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The address it says it listens on. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const [, url] = /listens on (http:\S+)/.exec(said) ?? [];
      // As a plugin's manifest may name it.
      if (url) resolve(url.replace(/\/$/, '').replace('127.0.0.1', 'localhost'));
    });
    child.once('exit', (code) => reject(new Error(`limner serve ended with ${code}: ${said}`)));
  });
}
