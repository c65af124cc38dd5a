/** The tests' configuration, with one place of one file changed: `LIMNER_MUTANT`, see ./mutants.ts. */
import { join } from 'node:path';
import { defineConfig, mergeConfig } from 'vitest/config';
import config from '../../test/vitest.config.ts';
import type { Mutant } from './mutants.ts';

const given = process.env['LIMNER_MUTANT'];
const mutant = given ? (JSON.parse(given) as Mutant) : null;

export default mergeConfig(
  config,
  defineConfig({
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        transform(source, id) {
          if (!mutant || id !== join(config.root!, mutant.path)) return null;
          return source.slice(0, mutant.start) + mutant.after + source.slice(mutant.end);
        },
      },
    ],
    // Vitest would keep what it made of the changed source for other runs. A mutant that waits is one that is noticed.
    test: { fsModuleCache: false, maxWorkers: 1, testTimeout: 90_000, coverage: { enabled: false } },
  }),
);
