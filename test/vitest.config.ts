import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: dirname(dirname(fileURLToPath(import.meta.url))),
  test: {
    include: ['test/**/*.test.ts'],
    // Networks load and command lines start more slowly than a unit test's five seconds when cores are shared.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
