/** Rounds of samples as a training needs them: made once from portraits, labels and grounds, and kept. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { listPictures, readPicture } from '../pictures.ts';
import type { Sitter } from './place-scene.ts';
import { openBackdrops, openMatte, packPlain, packRound } from './samples.ts';
import { type LabelSource, loadSitters } from './sitters.ts';

export interface RoundSources {
  /** Portraits to learn from, and others to validate on. */
  readonly train: readonly string[];
  readonly heldOut: readonly string[];
  /** Folders of label pictures, the surest first. */
  readonly labels: readonly string[];
  /** Photographs to stand behind people. */
  readonly grounds: readonly string[];
  /** A folder of painted copies NAME.STYLE.webp of the portraits; see paint-copies.ts. */
  readonly painted?: string;
}

/** The first folder was corrected by people; others come from rules or networks and are unsure at borders. */
const CORRECTED = { atBorder: 0.6, inside: 1 };
const AUTOMATIC = { atBorder: 0.2, inside: 1 };
/** Corrected portraits come so many times as often. */
const CORRECTED_ROUNDS = 2;

export interface RoundFiles {
  readonly train: readonly string[];
  readonly heldOut: string;
}

/** @param rounds how many samples are made of each portrait */
export async function prepareRounds(
  sources: RoundSources,
  rounds: number,
  cache: string,
): Promise<RoundFiles> {
  const key = createHash('sha256')
    .update(JSON.stringify([sources, 2]))
    .digest('hex')
    .slice(0, 12);
  const folder = join(cache, `parsing-${key}`);
  mkdirSync(folder, { recursive: true });
  const files = {
    train: Array.from({ length: rounds }, (_, k) => join(folder, `${k}.bin`)),
    corrected: Array.from({ length: rounds * CORRECTED_ROUNDS }, (_, k) =>
      join(folder, `corrected-${k}.bin`),
    ),
    painted: sources.painted ? [join(folder, 'painted.bin')] : [],
  };
  const [train, heldOut] = [Object.values(files).flat(), join(folder, 'held-out.validation')];
  if (![...train, heldOut].every((file) => existsSync(file)))
    await pack(sources, { ...files, heldOut }, cache);
  return { train, heldOut };
}

async function pack(
  { train, heldOut, labels, grounds, painted }: RoundSources,
  files: Record<'train' | 'corrected' | 'painted', readonly string[]> & { heldOut: string },
  cache: string,
): Promise<void> {
  const folders = labels.map((folder, k): LabelSource => ({ folder, ...(k === 0 ? CORRECTED : AUTOMATIC) }));
  const backdrop = await openBackdrops(grounds);
  const { matteOf, release } = await openMatte();
  const sitters = await loadSitters(train, folders, cache);
  const corrected = await loadSitters(train, folders.slice(0, 1), cache);
  const copies = painted ? await paintedSitters(sitters, painted) : [];
  const passes = [
    { rounds: files.train, sitters, isPainted: false },
    { rounds: files.corrected, sitters: corrected, isPainted: false },
    { rounds: files.painted, sitters: copies, isPainted: true },
  ];
  for (const [pass, { rounds, ...samples }] of passes.entries()) {
    for (const [k, file] of rounds.entries()) {
      const options = { backdrop, matteOf, isPainted: samples.isPainted, seed: 1000 * pass + k };
      if (!existsSync(file)) await packRound(file, samples.sitters, options);
      process.stderr.write(
        `\rmaking samples: ${k + 1} of ${rounds.length} rounds of ${samples.sitters.length}`,
      );
    }
    process.stderr.write('\n');
  }
  await packPlain(files.heldOut, await loadSitters(heldOut, folders, cache), matteOf);
  await release();
}

/** The sitters as they were painted. */
async function paintedSitters(sitters: readonly Sitter[], folder: string): Promise<Sitter[]> {
  const copies: Sitter[] = [];
  for (const file of listPictures(folder)) {
    const sitter = sitters.find(({ name }) => name === basename(file).split('.')[0]);
    if (sitter) copies.push({ ...sitter, picture: await readPicture(file) });
  }
  return copies;
}
