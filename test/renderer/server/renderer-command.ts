/** `limner serve` and `limner worker` as processes, for tests of how they start and end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

export const COMMAND_TOKEN = 'token-of-the-tests-of-starting-and-stopping';
const entry = fileURLToPath(new URL('../../../renderer/limner.ts', import.meta.url));
const running = new Set<ChildProcess>();

export interface Started {
  readonly child: ChildProcess;
  /** Everything it has said so far. */
  said(): string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

export function startLimner(...args: string[]): Started {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...args], {
    env: { ...process.env, LIMNER_TOKEN: COMMAND_TOKEN },
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

/** Ends what a test that failed left running. */
export function endAllAfterEach(): void {
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
  });
}

/** The address that a renderer says it listens on. */
export async function addressOf({ child, said, ended }: Started): Promise<string> {
  void ended.then((code) => child.stderr!.emit('gone', code));
  for (;;) {
    const [, url] = /listens on (http:\S+)/.exec(said()) ?? [];
    if (url) return url;
    const [event] = await Promise.race([once(child.stderr!, 'data'), once(child.stderr!, 'gone')]);
    if (typeof event !== 'string') throw new Error(`It ended with ${event}: ${said()}`);
  }
}
