/**
 * Native libraries (Vulkan loaders, onnxruntime, libvips) write to the descriptors 1 and 2 what they like. Who asked for JSON
 * gets nothing of that: the command runs in a process of its own whose 1 and 2 lead nowhere, and which writes to ours by
 * other numbers.
 */
import { spawn } from 'node:child_process';
import { failureOf } from '../../core/errors.ts';
import { useDescriptors, writeMessage } from '../../core/files/standard-streams.ts';

/** Set in the process that does the work. */
const MARK = 'LIMNER_QUIET';
/** What our standard output and standard error are there. */
const [RESULTS, MESSAGES] = [3, 4];

/** Whether this process is the one that does the work; what it writes then goes to whoever started the first one. */
export function isQuiet(): boolean {
  if (process.env[MARK] === undefined) return false;
  delete process.env[MARK];
  useDescriptors(RESULTS, MESSAGES);
  // A first process that was killed wants nothing more.
  process.on('disconnect', () => process.exit(1));
  process.channel?.unref();
  return true;
}

/** Runs the same command again, quietly; signals reach it once, whoever sends them. @returns its exit code */
export function runQuietly(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1], ...args], {
    stdio: ['inherit', 'ignore', 'ignore', 1, 2, 'ipc'],
    env: { ...process.env, [MARK]: '1' },
    // In a group of its own: a terminal's Ctrl-C would come twice.
    detached: true,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(failed(error.message)));
    child.on('exit', (code, signal) => resolve(code ?? failed(`the process was ended by ${signal}`)));
  });
}

function failed(what: string): number {
  const error = failureOf(what);
  writeMessage(JSON.stringify({ error }));
  return 1;
}
