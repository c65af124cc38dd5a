/** Which tests reach a file by their imports, nearest first. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Imports of a file by others, from the repository's root. */
let importers: Map<string, string[]> | undefined;

/**
 * Tests of the folder that mirrors the file's, by the number of imports between, those named like the file first; after so
 * many, those that compare whole pictures with approved ones.
 * @param root of the repository
 * @param path of the file from there
 * @param most tests of the folder
 * @returns paths from there
 */
export function testsNear(root: string, path: string, most: number): string[] {
  importers ??= readImporters(root);
  const mirror = join('test', dirname(path));
  const found: string[] = [];
  const seen = new Set([path]);
  for (let ring = [path]; ring.length > 0; ) {
    ring = ring.flatMap((one) => importers?.get(one) ?? []).filter((one) => !seen.has(one) && seen.add(one));
    found.push(...ring.filter((one) => /(?<!\.long)\.test\.ts$/.test(one)));
  }
  const named = join('test', path.replace(/\.ts$/, '.test.ts'));
  const order = (test: string) => (test === named ? 0 : 1);
  // A folder without tests of its own is tested by those of the one above.
  const folder = [mirror, dirname(mirror)].find((one) => found.some((test) => test.startsWith(`${one}/`)));
  const near = found.filter((test) => !folder || test.startsWith(`${folder}/`));
  const pictures = found.filter((test) => test.startsWith('test/gallery/'));
  return [...new Set([...near.sort((a, b) => order(a) - order(b)).slice(0, most), ...pictures])];
}

function readImporters(root: string): Map<string, string[]> {
  const by = new Map<string, string[]>();
  for (const path of globSync('{models,protocol,renderer,ui,plugin,test}/**/*.{ts,tsx}', {
    cwd: root,
  }).sort()) {
    const source = readFileSync(join(root, path), 'utf8');
    for (const [, name] of source.matchAll(/(?:from|import\(?) ?'(\.[^']+)'/g)) {
      const target = normalize(join(dirname(path), name));
      if (existsSync(join(root, target))) by.set(target, [...(by.get(target) ?? []), path]);
    }
  }
  return by;
}
