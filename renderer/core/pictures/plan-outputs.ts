/** Where results go, decided and checked before anything is rendered. */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';
import { checkWritable } from '../files/save-file.ts';
import { outputFormat } from './encode-picture.ts';

/**
 * One path an input. Without `out`: beside each input. With a folder (one that exists, a name ending in /, or any name
 * when there are several inputs): in there. Else `out` itself.
 * @param nameOf the file name of an input's result
 * @param others further inputs that no result may replace
 * @param checkName throws USAGE for a name that says no format
 * @throws USAGE, OUTPUT_EXISTS_AS_INPUT, NOT_WRITABLE
 */
export async function planOutputs(
  inputs: readonly string[],
  nameOf: (input: string) => string,
  out?: string,
  others: readonly string[] = [],
  checkName: (path: string) => unknown = outputFormat,
): Promise<string[]> {
  const outputs = (await isFolder(inputs, out))
    ? inputs.map((input) => join(out ?? dirname(input), nameOf(input)))
    : [out as string];
  for (const output of outputs) checkName(output);
  refuseTwins(outputs);
  await refuseInputs(outputs, [...inputs, ...others]);
  const onePerFolder = new Map(outputs.map((path) => [dirname(path), path])).values();
  for (const path of onePerFolder) await checkWritable(path);
  return outputs;
}

async function isFolder(inputs: readonly string[], out: string | undefined): Promise<boolean> {
  if (out === undefined || /[/\\]$/.test(out)) return true;
  const found = await stat(out).catch(() => null);
  if (found?.isDirectory()) return true;
  if (inputs.length === 1) return false;
  if (!found && extname(out) === '') return true;
  throw new LimnerError('USAGE', `Expected a folder for --out with several pictures but received ${out}.`);
}

function refuseTwins(outputs: readonly string[]): void {
  const seen = new Set<string>();
  for (const output of outputs) {
    const path = resolve(output);
    if (seen.has(path)) {
      throw new LimnerError(
        'USAGE',
        `Expected pictures with different names but received two ${basename(output)}.`,
      );
    }
    seen.add(path);
  }
}

/** @throws OUTPUT_EXISTS_AS_INPUT */
export async function refuseInputs(outputs: readonly string[], inputs: readonly string[]): Promise<void> {
  const identities = new Set((await Promise.all(inputs.map(fileIdentities))).flat());
  for (const output of outputs) {
    if (!(await fileIdentities(output)).some((identity) => identities.has(identity))) continue;
    throw new LimnerError('OUTPUT_EXISTS_AS_INPUT', `The output ${output} is one of the inputs.`);
  }
}

/** Names by which two paths can be known as one file: the path itself, the one behind links, device and inode. */
async function fileIdentities(path: string): Promise<string[]> {
  const real = await realpath(path).catch(() => realParent(path));
  const found = await stat(path, { bigint: true }).catch(() => null);
  return [resolve(path), real, ...(found ? [`${sep}${sep}${found.dev}:${found.ino}`] : [])];
}

const realParent = async (path: string) =>
  join(await realpath(dirname(path)).catch(() => resolve(dirname(path))), basename(path));
