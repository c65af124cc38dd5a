/** Writes the intermediate pictures of a render into a folder, with a page that shows them: for bug reports. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '../../../models/image/picture.ts';
import { saveFile } from '../files/save-file.ts';
import { encodePicture } from './encode-picture.ts';

export interface DebugFolder {
  /** Keeps a picture. @param name `PERSON/NUMBER TITLE` */
  add(name: string, picture: Picture): void;
  /** Writes all that were kept, and index.html. */
  write(signal?: AbortSignal): Promise<void>;
}

/** @param title of the page, e.g. the portrait and the style */
export function createDebugFolder(folder: string, title: string): DebugFolder {
  const kept = new Map<string, Picture>();
  return {
    add: (name, picture) => kept.set(name, picture),
    async write(signal) {
      await mkdir(folder, { recursive: true });
      const files: { readonly name: string; readonly file: string }[] = [];
      for (const [name, picture] of kept) {
        const file = `${name.replaceAll(/[^\w]+/g, '-')}.png`;
        await saveFile(join(folder, file), await encodePicture(picture, 'png'), signal);
        files.push({ name, file });
      }
      await saveFile(join(folder, 'index.html'), Buffer.from(pageOf(title, files)), signal);
    },
  };
}

function pageOf(title: string, files: readonly { readonly name: string; readonly file: string }[]): string {
  const figures = files.map(
    ({ name, file }) =>
      `<figure><img src="${file}" alt="${escapeHtml(name)}"><figcaption>${escapeHtml(name)}</figcaption></figure>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>body{font:14px system-ui;margin:16px;background:#222;color:#eee}main{display:flex;flex-wrap:wrap;gap:12px}
figure{margin:0}img{display:block;max-width:560px;height:auto}</style>
<h1>${escapeHtml(title)}</h1><main>${figures.join('\n')}</main></html>
`;
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
