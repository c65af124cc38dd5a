/** Which pictures of several folders show the same thing. */
import { basename, extname, relative, resolve } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';
import { listPictures, scanPictures } from '../../core/pictures/list-pictures.ts';

/** A folder of results. */
export interface Method {
  readonly name: string;
  readonly folder: string;
}

export interface Item {
  /** The path of its results within their folders, without the ending. */
  readonly name: string;
  /** By the name of the method. */
  readonly results: ReadonlyMap<string, string>;
  readonly original?: string;
  readonly reference?: string;
}

export interface Matched {
  readonly items: readonly Item[];
  /** Found in some of the folders, and left out. */
  readonly incomplete: readonly string[];
}

/** `NAME=DIR`, or `DIR` called by its last part. @throws USAGE for names that are no two */
export function methodsOf(folders: readonly string[]): Method[] {
  const methods = folders.map((text) => {
    const [, name, folder] = /^([\w .+-]+)=(.+)$/.exec(text) ?? [];
    return folder ? { name, folder } : { name: basename(resolve(text)), folder: text };
  });
  const names = methods.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i || RESERVED.has(name));
  if (twice === undefined) return methods;
  throw new LimnerError(
    'USAGE',
    `Expected folders of different names (or NAME=DIR), none called ${[...RESERVED].join(' or ')}, but received ${twice}.`,
  );
}

/** What conditions that are no method are called. */
const RESERVED = new Set(['original', 'reinhard', 'nearest']);

/**
 * Results are matched by their names; `PORTRAIT.STYLE.png`, as Limner calls what it makes, finds its photograph and reference
 * by both parts.
 * @throws NOT_FOUND, NO_PICTURES, also when nothing is in all folders
 */
export async function matchItems(
  methods: readonly Method[],
  originals: readonly string[],
  references: readonly string[],
): Promise<Matched> {
  const folders = await Promise.all(methods.map(resultsOf));
  const names = [...new Set(folders.flatMap((results) => [...results.keys()]))].sort();
  const isInAll = (name: string) => folders.every((results) => results.has(name));
  const complete = names.filter(isInAll);
  if (complete.length === 0) {
    const places = methods.map(({ folder }) => folder).join(' and ');
    throw new LimnerError('NO_PICTURES', `No picture has the same name in ${places}.`);
  }
  const photographs = await byStem(originals);
  const styles = await byStem(references);
  return {
    items: complete.map((name) => ({
      name,
      results: new Map(methods.map((method, i) => [method.name, folders[i].get(name) ?? ''])),
      original: longest(photographs, (stem) => isStartOf(stem, basename(name))),
      reference: longest(styles, (stem) => basename(name) === stem || basename(name).endsWith(`.${stem}`)),
    })),
    incomplete: names.filter((name) => !isInAll(name)),
  };
}

const isStartOf = (stem: string, name: string) => name === stem || name.startsWith(`${stem}.`);

const stemOf = (path: string) => path.slice(0, path.length - extname(path).length).normalize('NFC');

async function resultsOf({ folder }: Method): Promise<Map<string, string>> {
  const { pictures } = await scanPictures(folder, { recursive: true });
  return new Map(pictures.map((path) => [stemOf(relative(folder, path)).replaceAll('\\', '/'), path]));
}

async function byStem(folders: readonly string[]): Promise<Map<string, string>> {
  const pictures = (await Promise.all(folders.map(listPictures))).flat();
  return new Map(pictures.map((path) => [basename(stemOf(path)), path]));
}

function longest(paths: ReadonlyMap<string, string>, fits: (stem: string) => boolean): string | undefined {
  const stems = [...paths.keys()].filter(fits).sort((a, b) => b.length - a.length);
  return paths.get(stems[0]);
}
