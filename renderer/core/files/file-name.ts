import { basename, dirname, join } from 'node:path';

/** Bytes of UTF-8 that a name may have on every file system in use. */
const LONGEST = 255;

const bytesOf = (text: string) => Buffer.byteLength(text);

/** A name of a stem and an ending; a stem that is too long loses its last characters. */
export function fileName(stem: string, ending: string): string {
  const room = LONGEST - bytesOf(ending);
  if (bytesOf(stem) <= room) return stem + ending;
  let kept = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(stem)) {
    used += bytesOf(segment);
    if (used > room) break;
    kept += segment;
  }
  return kept + ending;
}

/** What two names must not share in a folder: some file systems know neither case nor how an accent is composed. */
export const nameKey = (path: string): string => path.normalize('NFC').toLowerCase();

/** The same path without slashes at its end. */
export const withoutSlash = (path: string): string => join(dirname(path), basename(path));
