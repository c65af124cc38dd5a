/** A folder of style files. The name of a style is that of its file. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';
import { decodeStyle, MAX_STYLE_BYTES, type Style } from '../../../models/style-file/index.ts';
import { readFileBytes } from '../files/read-file.ts';
import { saveFile } from '../files/save-file.ts';
import { userFolder } from '../files/user-folder.ts';

export const STYLE_EXTENSION = '.limner';
const FILE_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u;

/** `--styles`, or LIMNER_STYLES, or where this system keeps a user's data. */
export function stylesFolder(option: string | undefined): string {
  return option ?? process.env['LIMNER_STYLES'] ?? join(userFolder(), 'styles');
}

/** @throws USAGE for a name that cannot be that of a file everywhere */
export function stylePath(folder: string, name: string): string {
  if (!FILE_NAME.test(name) || /[. ]$/.test(name))
    throw new LimnerError(
      'USAGE',
      `Expected a name of letters, digits, spaces, dots, - and _ but received ${JSON.stringify(name)}.`,
    );
  return join(folder, `${name}${STYLE_EXTENSION}`);
}

/** Names of the styles in a folder, sorted; none where the folder is not there yet. */
export async function listStyles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new LimnerError('NOT_READABLE', `Cannot read the folder ${folder} (${error.code}).`);
  });
  return names
    .filter((name) => name.endsWith(STYLE_EXTENSION) && !name.startsWith('.'))
    .map((name) => name.slice(0, -STYLE_EXTENSION.length))
    .sort();
}

/** @throws NOT_FOUND, STYLE_TOO_LARGE before reading, and what `decodeStyle` throws */
export async function readStyle(path: string): Promise<{ style: Style; bytes: Uint8Array }> {
  const found = await stat(path).catch(() => null);
  if (found && found.size > MAX_STYLE_BYTES && found.isFile())
    throw new LimnerError('STYLE_TOO_LARGE', `The style file ${path} has ${found.size} bytes.`);
  const bytes = await readFileBytes(path);
  return { style: decodeStyle(bytes), bytes };
}

/** Keeps a style under a name. @throws STYLE_EXISTS, NOT_WRITABLE, CANCELLED */
export async function keepStyle(
  folder: string,
  name: string,
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<string> {
  const path = stylePath(folder, name);
  if (await stat(path).catch(() => null))
    throw new LimnerError('STYLE_EXISTS', `There is a style ${name} in ${folder} already.`);
  await saveFile(path, bytes, signal);
  return path;
}

/** @throws NOT_FOUND */
export async function removeStyle(folder: string, name: string): Promise<void> {
  await rm(stylePath(folder, name)).catch((cause: unknown) => {
    throw new LimnerError('NOT_FOUND', `There is no style ${name} in ${folder}.`, { cause });
  });
}
