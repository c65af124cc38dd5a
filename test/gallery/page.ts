/** The gallery as a page for the eye. */
import { join, relative } from 'node:path';
import { saveFile } from '../../renderer/core/files/save-file.ts';
import { approvedPath } from './approved.ts';
import type { Failure } from './compare.ts';
import { galleryFolder, outFolder } from './paint.ts';
import type { Pair } from './pairs.ts';

export interface Row {
  readonly pair: Pair;
  /** What lies beyond its limit; null where nothing was approved yet. */
  readonly failures: readonly Failure[] | null;
}

/** @returns its path */
export async function writePage(rows: readonly Row[]): Promise<string> {
  const path = join(outFolder, 'index.html');
  const html = `<!doctype html><meta charset="utf-8"><title>Limner's gallery</title>
<style>body{font:14px sans-serif;background:#888}figure{display:flex;gap:8px;margin:8px 0 24px}img{height:320px}
.changed{color:#900;font-weight:bold}</style>
<p>Portrait, reference, approved, new. Approve with <code>npm run gallery -- --approve PAIR…</code></p>
${rows.map(rowHtml).join('\n')}
`;
  await saveFile(path, new TextEncoder().encode(html));
  return path;
}

function rowHtml(row: Row): string {
  const { pair, failures } = row;
  const pictures = [
    join(galleryFolder, 'portraits', `${pair.portrait}.jpg`),
    join(outFolder, 'references', `${pair.reference}.png`),
    approvedPath(pair),
    join(outFolder, 'results', `${pair.name}.png`),
  ];
  const images = pictures.map((path) => `<img src="${relative(outFolder, path)}" alt="">`).join('');
  return `<div class="${failures?.length ? 'changed' : ''}">${describeRow(row)}</div>
<figure>${images}</figure>`;
}

export const describeRow = ({ pair, failures }: Row): string => `${pair.name}: ${stateOf(failures)}`;

function stateOf(failures: Row['failures']): string {
  if (!failures) return 'new';
  if (failures.length === 0) return 'as approved';
  return failures.map(({ region, measure, value }) => `${region} ${measure} ${value.toFixed(3)}`).join(', ');
}
