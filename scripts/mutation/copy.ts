/** A copy of the repository in which single places are changed, so that child processes run the change, too. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mutant } from './mutants.ts';

/** What is not tracked and is needed. */
const LINKED = ['node_modules', '.cache/node', '.cache/test-database'];

/** @returns the copy's root, inside the repository's `.cache` */
export function copyRepository(root: string): string {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const copy = mkdtempSync(join(root, '.cache/mutation-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  for (const path of listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path))))
    cpSync(join(root, path), join(copy, path));
  for (const path of LINKED.filter((path) => existsSync(join(root, path)))) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    symlinkSync(join(root, path), join(copy, path));
  }
  return copy;
}

/** @returns undoes the change */
export function applyMutant(copy: string, { path, start, end, after }: Mutant): () => void {
  const file = join(copy, path);
  const source = readFileSync(file, 'utf8');
  writeFileSync(file, source.slice(0, start) + after + source.slice(end));
  return () => writeFileSync(file, source);
}

export const removeCopy = (copy: string): void => rmSync(copy, { recursive: true, force: true });
