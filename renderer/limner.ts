#!/usr/bin/env node
/** The command line. Everything but the process itself is in ./cli/main.ts. */
import { main } from './cli/main.ts';
import { isQuiet, runQuietly } from './cli/terminal/quiet-process.ts';
import { writeMessage, writeResult } from './core/files/standard-streams.ts';

const args = process.argv.slice(2);
const exitCode = isQuiet() || !args.includes('--json') ? await run() : await runQuietly(args);
// Not left to the last timer or socket: what a library forgot to close would keep the process for ever. All is written by now.
process.exit(exitCode);

function run(): Promise<number> {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return main(args, {
    out: (line) => print(writeResult, line),
    err: (line) => print(writeMessage, line),
    isTerminal: process.stderr.isTTY === true,
    signal: controller.signal,
  });
}

/** A reader that has seen enough (`limner … | head`) is no error. */
function print(write: (line: string) => void, line: string): void {
  try {
    write(line);
  } catch (error) {
    process.exit((error as NodeJS.ErrnoException).code === 'EPIPE' ? 0 : 1);
  }
}
