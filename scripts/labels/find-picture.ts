import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The picture called `name` (`FOLDER__NAME` in a folder of folders), whatever its format. */
export function findPicture(folder: string, name: string): string {
  const path = join(folder, name.replaceAll('__', '/'));
  const found = ['.jpg', '.png', '.jpeg', '.webp'].map((ending) => path + ending).find((file) => existsSync(file));
  if (!found) throw new Error(`${path} is no picture`);
  return found;
}
