import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Run by `npm run test:long`. */
export const LONG = 'test/**/*.long.test.ts';

export default defineConfig({
  root,
  test: {
    // Debian's chromium, where there is none.
    globalSetup: 'test/hosts/chromium.ts',
    include: ['test/**/*.test.ts'],
    exclude: [LONG],
    // Vitest leaves a core idle unless told otherwise: of two, half.
    maxWorkers: '100%',
    // Signing keys are made on first use; those of tests do not belong among the user's.
    env: { LIMNER_HOME: join(root, '.cache/test-home') },
    // Networks load and command lines start more slowly than a unit test's five seconds when cores are shared.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
