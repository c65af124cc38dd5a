/** Pictures that come with Limner as styles: `starters/NAME.webp` beside the bundle or in a checkout. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const EXTENSION = '.webp';
const shipped = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../starters/' : '../starters/', import.meta.url),
);

/** Names, sorted; none where there is no such folder. */
export async function listStarters(folder = shipped): Promise<string[]> {
  const names: string[] = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => name.slice(0, -EXTENSION.length))
    .sort();
}

/** The picture of a starter; null for any other name. */
export async function findStarter(name: string, folder = shipped): Promise<string | null> {
  const known = (await listStarters(folder)).includes(name);
  return known ? join(folder, `${name}${EXTENSION}`) : null;
}
