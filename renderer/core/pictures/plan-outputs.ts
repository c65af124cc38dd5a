/** Where results go, decided and checked before anything is rendered. */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, parse, resolve, sep } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';
import { fileName, nameKey } from '../files/file-name.ts';
import { notWritable } from '../files/make-folder.ts';
import { checkWritable, followLinks } from '../files/save-file.ts';
import { PIPE } from '../files/standard-streams.ts';
import { outputFormat } from './encode-picture.ts';

export interface OutputPlan {
  /** What a result's name ends in, after the name of its input. */
  readonly ending: string | ((input: string) => string);
  /** A file, a folder, or `-` for standard output; without it results lie beside their inputs. */
  readonly out?: string;
  /** Further inputs that no result may replace. */
  readonly others?: readonly string[];
  /** Throws USAGE for a name that says no format. */
  readonly checkName?: (path: string) => unknown;
  /** Where an input lies below a folder whose parts the results keep; '' in it itself. */
  readonly partOf?: (input: string) => string;
}

export interface PlannedOutput {
  readonly path: string;
  /** Why nothing may be written there; the other results can. */
  readonly problem: LimnerError | null;
}

/** The path. @throws what is wrong with it */
export function usable({ path, problem }: PlannedOutput): string {
  if (problem) throw problem;
  return path;
}

/**
 * One an input. With a folder for `out` (one that exists, a name ending in /, or any name when there are several
 * inputs): in there. Inputs of the same name keep their extensions, or get numbers.
 * @throws USAGE; NOT_WRITABLE or OUTPUT_EXISTS_AS_INPUT where no result at all can be written
 */
export async function planOutputs(inputs: readonly string[], plan: OutputPlan): Promise<PlannedOutput[]> {
  const { others = [], checkName = outputFormat } = plan;
  const out = plan.out ?? (inputs.length === 1 && inputs[0] === PIPE ? PIPE : undefined);
  const outputs = (await isFolder(inputs, out)) ? namedOutputs(inputs, { ...plan, out }) : [out as string];
  const files = outputs.filter((output) => output !== PIPE);
  for (const output of files) checkName(output);
  const planned = await findLocked(await findProblems(outputs, [...inputs, ...others]));
  const [first] = planned;
  if (first?.problem && planned.every(({ problem }) => problem)) throw first.problem;
  return planned;
}

function namedOutputs(inputs: readonly string[], { ending, out, partOf = () => '' }: OutputPlan): string[] {
  const endingOf = typeof ending === 'string' ? () => ending : ending;
  const folderOf = (input: string) => (out === undefined ? dirname(input) : join(out, partOf(input)));
  const pathOf = (input: string, stem: string) => join(folderOf(input), fileName(stem, endingOf(input)));
  const keyOf = (path: string) => nameKey(resolve(path));
  const paths = inputs.map((input) => pathOf(input, stemOf(input)));
  const counts = new Map<string, number>();
  for (const key of paths.map(keyOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const taken = new Set(paths.map(keyOf).filter((key) => counts.get(key) === 1));
  const firstFree = (input: string) => {
    const numbered = (n: number) =>
      join(folderOf(input), fileName(basename(input), `-${n}${endingOf(input)}`));
    let path = pathOf(input, basename(input));
    for (let n = 2; taken.has(keyOf(path)); n++) path = numbered(n);
    taken.add(keyOf(path));
    return path;
  };
  return inputs.map((input, i) => (counts.get(keyOf(paths[i])) === 1 ? paths[i] : firstFree(input)));
}

const stemOf = (input: string): string => (input === PIPE ? 'stdin' : parse(input).name);

async function isFolder(inputs: readonly string[], out: string | undefined): Promise<boolean> {
  if (out === undefined || /[/\\]$/.test(out)) return true;
  if (out === PIPE && inputs.length === 1) return false;
  if (out === PIPE) throw noFolder(out);
  const found = await stat(out).catch(() => null);
  if (found?.isDirectory()) return true;
  if (inputs.length === 1) return false;
  if (!found && !/^\.[a-z]/i.test(extname(out))) return true;
  throw noFolder(out);
}

const noFolder = (out: string) =>
  new LimnerError('USAGE', `Expected a folder for --out with several pictures but received ${out}.`, {
    hint: 'End the name of a folder that is not there yet with a slash where it looks like that of a file.',
  });

/** @throws OUTPUT_EXISTS_AS_INPUT, NOT_WRITABLE for a link that leads nowhere */
export async function refuseInputs(outputs: readonly string[], inputs: readonly string[]): Promise<void> {
  for (const output of await findProblems(outputs, inputs)) usable(output);
}

async function findProblems(outputs: readonly string[], inputs: readonly string[]): Promise<PlannedOutput[]> {
  // A link that leads in a circle is no file, and says so when it is read.
  const named = await Promise.all(inputs.map((input) => fileIdentities(input).catch(() => [])));
  const identities = new Set(named.flat());
  const check = async (output: string) => {
    if (output === PIPE) return;
    if (!(await fileIdentities(output)).some((identity) => identities.has(identity))) return;
    throw new LimnerError('OUTPUT_EXISTS_AS_INPUT', `The output ${output} is one of the inputs.`);
  };
  return Promise.all(outputs.map(async (path) => ({ path, problem: await problemOf(check(path)) })));
}

/** Outputs in folders that nothing can be written into; each folder is tried once. */
async function findLocked(outputs: readonly PlannedOutput[]): Promise<PlannedOutput[]> {
  const problems = new Map<string, LimnerError | null>();
  for (const { path } of outputs) {
    const folder = dirname(path);
    if (path === PIPE || problems.has(folder)) continue;
    problems.set(folder, await problemOf(checkWritable(join(folder, 'limner'))));
  }
  return outputs.map(({ path, problem }) => {
    const locked = problems.get(dirname(path));
    return { path, problem: problem ?? (locked ? notWritable(path, locked.cause) : null) };
  });
}

const problemOf = (work: Promise<void>): Promise<LimnerError | null> =>
  work.then(
    () => null,
    (error: unknown) => {
      if (error instanceof LimnerError) return error;
      throw error;
    },
  );

/** Names by which two paths can be known as one file: the path itself, the one behind links, device and inode. */
async function fileIdentities(path: string): Promise<string[]> {
  const real = await realpath(path).catch(async () => realParent(await followLinks(path)));
  const found = await stat(path, { bigint: true }).catch(() => null);
  return [resolve(path), real, ...(found ? [`${sep}${sep}${found.dev}:${found.ino}`] : [])];
}

const realParent = async (path: string) =>
  join(await realpath(dirname(path)).catch(() => resolve(dirname(path))), basename(path));
