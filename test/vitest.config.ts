import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Run by `npm run test:long`. */
export const LONG = 'test/**/*.long.test.ts';

/**
 * Those that replace a module or where weights come from, start a server that ends its process, or use up a memory that is
 * never given back.
 */
const ALONE = [
  'test/hosts/figma/limits.test.ts',
  'test/models/upscale/weights.test.ts',
  'test/renderer/cli/commands/render-bad-result.test.ts',
  'test/renderer/cli/options/config-file.test.ts',
];

export default defineConfig({
  root,
  test: {
    // A process and its modules are used again by other files: a fifth of the time goes into starting them.
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          // Debian's chromium, where there is none.
          globalSetup: 'test/hosts/chromium.ts',
          include: ['test/**/*.test.ts'],
          exclude: [LONG, ...ALONE],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
    // One more than there are cores: tests wait for timers and for processes.
    maxWorkers: availableParallelism() + 1,
    // Signing keys are made on first use; those of tests do not belong among the user's.
    env: { LIMNER_HOME: join(root, '.cache/test-home') },
    // They end what hangs, and nothing else: a machine may be as busy as it likes.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    // `npm run coverage`, and always where changes are checked. Files that no test imports count, too.
    coverage: {
      enabled: process.env['CI'] !== undefined,
      provider: 'v8',
      include: [
        'models/**/*.ts',
        'protocol/**/*.ts',
        'renderer/**/*.ts',
        'plugin/**/*.ts',
        'ui/**/*.{ts,tsx}',
      ],
      exclude: ['models/synthesis/kernels/assembly/**', '**/*.d.ts'],
      reporter: ['text-summary', 'html'],
      reportsDirectory: join(root, 'out/coverage'),
    },
  },
});
