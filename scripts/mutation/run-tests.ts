/** Runs one file of tests in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Milliseconds after which a mutant counts as one that hangs. */
const LIMIT = 180_000;
/** Milliseconds of a test: a mutant that waits is one that is noticed. */
const TEST_LIMIT = 90_000;

/** @param root of the repository or its copy @param test from there */
export async function runTests(root: string, test: string): Promise<'passed' | 'failed' | 'hung'> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const config = join(root, 'test/vitest.config.ts');
  const options = [
    '--bail',
    '1',
    '--maxWorkers',
    '1',
    '--testTimeout',
    `${TEST_LIMIT}`,
    '--coverage.enabled=false',
  ];
  const child = spawn(process.execPath, [vitest, 'run', '--config', config, ...options, test], {
    cwd: root,
    stdio: 'ignore',
    detached: true,
  });
  let isHung = false;
  const timer = setTimeout(() => {
    isHung = true;
    process.kill(-child.pid!, 'SIGKILL');
  }, LIMIT);
  const [code] = await once(child, 'exit');
  clearTimeout(timer);
  return isHung ? 'hung' : code === 0 ? 'passed' : 'failed';
}
