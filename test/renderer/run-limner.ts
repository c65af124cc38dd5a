import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { main } from '../../renderer/cli/main.ts';

export interface Run {
  code: number | null;
  out: string;
  err: string;
}

/** The command line within this process. */
export async function runLimner(
  args: readonly string[],
  signal = new AbortController().signal,
): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    isTerminal: false,
    signal,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const entry = fileURLToPath(new URL('../../renderer/limner.ts', import.meta.url));

/** The command line as a process of its own. @param onStart may send it signals */
export function spawnLimner(
  args: readonly string[],
  onStart: (child: ReturnType<typeof spawn>) => void = () => undefined,
): Promise<Run> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...args]);
  const run: Run = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    run.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    run.err += chunk;
  });
  onStart(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...run, code }));
  });
}

export const astronaut = fileURLToPath(new URL('../fixtures/astronaut.png', import.meta.url));
/** Larger than portraits in tests, so that they are painted larger, too. */
export const largeJoconde = fileURLToPath(new URL('../fixtures/joconde.jpg', import.meta.url));
export const joconde = fileURLToPath(new URL('../fixtures/small/joconde.jpg', import.meta.url));
