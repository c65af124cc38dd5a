/** Runs one file of tests in a process of its own, with or without a mutant. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Mutant } from './mutants.ts';

/** Milliseconds after which a mutant counts as one that hangs. */
const LIMIT = 180_000;

/** @param test from the root @param mutant what is changed; nothing where there is none */
export async function runTests(
  root: string,
  test: string,
  mutant?: Mutant,
): Promise<'passed' | 'failed' | 'hung'> {
  const config = join(root, 'scripts/mutation/vitest.config.ts');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', '--config', config, '--bail', '1', test], {
    cwd: root,
    env: { ...process.env, LIMNER_MUTANT: mutant ? JSON.stringify(mutant) : '' },
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
