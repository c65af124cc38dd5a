/** Temporary folders that are named by their process, so that what a killed one left is found. They may show people. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Works in a folder that is removed afterwards, once the folders of this kind are removed whose processes are no more.
 * @param kind letters and hyphens
 */
export async function inProcessFolder<T>(kind: string, work: (folder: string) => Promise<T>): Promise<T> {
  await removeLeftOver(kind);
  const folder = await mkdtemp(join(tmpdir(), `${prefixOf(kind)}${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const prefixOf = (kind: string) => `limner-${kind}-`;

/** Removes the folders of this kind whose processes are no more. */
export async function removeLeftOver(kind: string): Promise<void> {
  const prefix = prefixOf(kind);
  for (const name of await readdir(tmpdir())) {
    const [owner] = name.startsWith(prefix) ? name.slice(prefix.length).split('-') : [];
    if (Number(owner) && !isAlive(Number(owner)))
      await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
