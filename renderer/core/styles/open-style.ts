/** What `--style` names: a picture, a style file, or a style of the folder. */
import { stat } from 'node:fs/promises';
import { parse } from 'node:path';
import type { Picture } from '../../../models/image/picture.ts';
import { decodeStyle, isStyleFile, type Style } from '../../../models/style-file/index.ts';
import { readFileBytes } from '../files/read-file.ts';
import { decodePicture, type ReadOptions } from '../pictures/read-picture.ts';
import { findStarter } from './starters.ts';
import { listStyles, STYLE_EXTENSION, stylePath, stylesFolder } from './style-folder.ts';

export interface OpenedStyle {
  readonly reference: Picture;
  /** Null for a plain picture. */
  readonly style: Style | null;
}

/** The path of the file that `--style` means: itself, else a style of the folder of that name, else a starter. */
export async function findStyle(wanted: string, folder: string | undefined): Promise<string> {
  if (await stat(wanted).catch(() => null)) return wanted;
  const styles = stylesFolder(folder);
  const known: string[] = await listStyles(styles).catch(() => []);
  if (known.includes(wanted)) return stylePath(styles, wanted);
  return (await findStarter(wanted)) ?? wanted;
}

/** @throws what reading and decoding pictures and styles throw */
export async function openStyle(path: string, options: ReadOptions = {}): Promise<OpenedStyle> {
  const bytes = await readFileBytes(path);
  const isStyle = isStyleFile(bytes) || parse(path).ext === STYLE_EXTENSION;
  if (!isStyle) return { reference: await decodePicture(bytes, path, options), style: null };
  const style = decodeStyle(bytes);
  return { reference: await decodePicture(style.reference, `the reference in ${path}`, options), style };
}
