import { spawnSync } from 'node:child_process';
import { copyFile, cp, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const root = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Builds Limner into a folder as npm would install it: what `files` of package.json names, the dependencies beside it. */
export async function install(folder: string): Promise<void> {
  const args = [root('scripts/build.ts'), join(folder, 'dist')];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  await mkdir(join(folder, 'models'));
  await cp(root('models/weights'), join(folder, 'models/weights'), { recursive: true });
  await copyFile(root('package.json'), join(folder, 'package.json'));
  await copyFile(root('manifest.json'), join(folder, 'manifest.json'));
  await symlink(root('node_modules'), join(folder, 'node_modules'));
}
