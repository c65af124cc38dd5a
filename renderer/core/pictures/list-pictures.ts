/** The pictures of a folder, known by what they hold; whatever is none is named with a reason. */
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';
import { readHead } from '../files/read-file.ts';
import { kindNotRead, sniffFormat } from './sniff-format.ts';

export interface LeftOut {
  readonly path: string;
  /** What it is, e.g. "a folder". */
  readonly reason: string;
}

export interface FolderOfPictures {
  /** By name, those of a folder before those of its sub-folders. */
  readonly pictures: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

export interface ScanOptions {
  /** Also look into sub-folders. */
  readonly recursive?: boolean;
  /** A folder that is not looked into: that of the results. */
  readonly except?: string;
}

/** Named as a picture: worth an error of its own when it is none. */
const NAMED_SO = /\.(png|jpe?g|webp|avif|tiff?|gif)$/i;

/** Paths of the pictures in a folder, by name. @throws NOT_FOUND, NO_PICTURES */
export async function listPictures(folder: string): Promise<readonly string[]> {
  return (await scanPictures(folder)).pictures;
}

/** @throws NOT_FOUND, NO_PICTURES */
export async function scanPictures(folder: string, options: ScanOptions = {}): Promise<FolderOfPictures> {
  const except = options.except && (await realpath(options.except).catch(() => undefined));
  const found = await scan(folder, { ...options, except }).catch((cause: unknown) => {
    throw new LimnerError('NOT_FOUND', `There is no folder ${folder}.`, { cause });
  });
  if (found.pictures.length > 0) return found;
  const others = found.leftOut.length;
  const left = others > 0 ? `, but ${others} other ${others === 1 ? 'thing' : 'things'}` : '';
  throw new LimnerError('NO_PICTURES', `There are no pictures in ${folder}${left}.`);
}

async function scan(folder: string, options: ScanOptions): Promise<FolderOfPictures> {
  const entries = await readdir(folder, { withFileTypes: true });
  const pictures: string[] = [];
  const leftOut: LeftOut[] = [];
  const folders: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const reason = await reasonAgainst(entry, path, options);
    if (reason !== null) leftOut.push({ path, reason });
    else if (entry.isDirectory()) folders.push(path);
    else pictures.push(path);
  }
  for (const path of folders) {
    const inside = await scan(path, options).catch(() => null);
    if (inside === null) leftOut.push({ path, reason: 'a folder that cannot be read' });
    pictures.push(...(inside?.pictures ?? []));
    leftOut.push(...(inside?.leftOut ?? []));
  }
  return { pictures, leftOut };
}

/** Why an entry of a folder is left out; null for a picture, or a folder to look into. */
async function reasonAgainst(entry: Dirent, path: string, options: ScanOptions): Promise<string | null> {
  if (entry.name.startsWith('.')) return 'hidden';
  if (entry.isDirectory()) {
    if (!options.recursive) return 'a folder';
    return options.except === (await realpath(path).catch(() => resolve(path)))
      ? 'the folder of the results'
      : null;
  }
  if (NAMED_SO.test(entry.name)) return null;
  const found = await stat(path).catch(() => null);
  if (!found) return 'a link that leads nowhere';
  if (found.isDirectory()) return 'a link to a folder';
  const head = await readHead(path).catch(() => null);
  if (!head) return 'a file that cannot be read';
  return sniffFormat(head) ? null : (kindNotRead(head) ?? 'not a picture that Limner reads');
}
