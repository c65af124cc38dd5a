/**
 * Mutation testing of a sample: changes the code in one place at a time and asks the nearest tests whether they notice.
 *
 *   npm run mutate -- models/stylize --mutants 60 --seed 1 --minutes 20
 *   npm run mutate -- models/composite/compose.ts
 *
 * The code stays as it is: a copy of the repository in .cache is changed, and its tests run there. A mutant that no test
 * notices within the limit is listed with its place; one that hangs is noticed.
 */
import { globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { seededRandom } from '../models/image/random.ts';
import { applyMutant, copyRepository, removeCopy } from './mutation/copy.ts';
import { testsNear } from './mutation/import-graph.ts';
import { type Mutant, mutantsOf } from './mutation/mutants.ts';
import { runTests } from './mutation/run-tests.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mutants: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '20' },
    /** Tests of its own folder that a mutant is shown to, at most. */
    tests: { type: 'string', default: '6' },
  },
});
if (positionals.length === 0) {
  console.error('Expected folders or files: npm run mutate -- models/composite');
  process.exit(2);
}

const files = positionals.flatMap((path) =>
  statSync(join(root, path)).isFile() ? [path] : globSync(`${path}/**/*.ts`, { cwd: root }).sort(),
);
const all = files.flatMap((path) => mutantsOf(path, readFileSync(join(root, path), 'utf8')));
const sample = draw(all, Number(values.mutants), seededRandom(Number(values.seed)));
const deadline = Date.now() + Number(values.minutes) * 60_000;
const passing = new Map<string, boolean>();

const copy = copyRepository(root);
process.once('exit', () => removeCopy(copy));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

let [killed, asked] = [0, 0];
const survivors: Mutant[] = [];
for (const mutant of sample) {
  if (Date.now() > deadline) break;
  asked++;
  if (await isNoticed(mutant)) killed++;
  else {
    survivors.push(mutant);
    console.log(`survived  ${mutant.path}:${mutant.line}  ${mutant.before}  →  ${mutant.after}`);
  }
}
console.log(
  `${killed} of ${asked} mutants noticed (${Math.round((100 * killed) / Math.max(1, asked))} %), of ${all.length} possible in ${files.length} files.`,
);

async function isNoticed(mutant: Mutant): Promise<boolean> {
  for (const test of testsNear(root, mutant.path, Number(values.tests))) {
    if (!(await passesAlone(test))) continue;
    const undo = applyMutant(copy, mutant);
    const result = await runTests(copy, test);
    undo();
    if (result !== 'passed') return true;
  }
  return false;
}

/** A test that fails by itself says nothing of a mutant. */
async function passesAlone(test: string): Promise<boolean> {
  const known = passing.get(test);
  if (known !== undefined) return known;
  const isPassing = (await runTests(copy, test)) === 'passed';
  if (!isPassing) console.error(`${test} fails without a mutant, and is not asked.`);
  passing.set(test, isPassing);
  return isPassing;
}

function draw<T>(from: readonly T[], count: number, random: () => number): T[] {
  const rest = [...from];
  return Array.from({ length: Math.min(count, rest.length) }, () =>
    rest.splice(Math.floor(random() * rest.length), 1),
  ).flat();
}
