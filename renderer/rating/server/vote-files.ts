/**
 * Votes: a file a rater, `votes/RATER.jsonl`, under a pseudonym, written to at its end only. Who wants their votes gone has the
 * file removed; that somebody did, and when, stays.
 */
import { randomInt } from 'node:crypto';
import { appendFile, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LimnerError } from '../../../models/errors.ts';
import { makeFolder, notWritable } from '../../core/files/make-folder.ts';
import type { Sha256 } from '../../provenance/origin.ts';

const count = z.number().int().min(0);
const at = z.iso.datetime();

export const screenSchema = z.strictObject({
  width: count.max(100_000),
  height: count.max(100_000),
  /** Device pixels to a CSS pixel. */
  ratio: z.number().positive().max(16),
});

const beginningSchema = z.strictObject({
  kind: z.literal('rater'),
  rater: z.string(),
  /** In the order in which raters began; the plan makes the order of pictures from it. */
  index: count,
  plan: z.string(),
  at,
  screen: screenSchema,
});

export const voteSchema = z.strictObject({
  kind: z.literal('vote'),
  /** Place in the rater's order. */
  place: count,
  /** A score; −1 left, 1 right, 0 neither. */
  value: z.number().int().min(-1).max(5),
  /** From the picture being shown. */
  milliseconds: count,
  /** Of the rater's time so far, without pauses. */
  active: count,
  at,
});

const stepSchema = z.strictObject({ kind: z.enum(['pause', 'resume']), active: count, at });
const lineSchema = z.union([beginningSchema, voteSchema, stepSchema]);

export type Screen = z.infer<typeof screenSchema>;
export type Vote = z.infer<typeof voteSchema>;
export type Step = z.infer<typeof stepSchema>;

export interface RaterFile extends Omit<z.infer<typeof beginningSchema>, 'kind'> {
  readonly votes: readonly Vote[];
  readonly steps: readonly Step[];
}

/** Without letters and digits that are taken for one another. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const PSEUDONYM = /^[a-z2-9]{10}$/;
const VOTES = 'votes';
const ERASED = 'erased.jsonl';

const pathOf = (folder: string, rater: string) => join(folder, VOTES, `${rater}.jsonl`);

/** @throws NOT_WRITABLE */
export async function beginRater(folder: string, plan: Sha256, screen: Screen): Promise<RaterFile> {
  const rater = Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const index = await nextIndex(folder);
  const beginning = { rater, index, plan, at: new Date().toISOString(), screen };
  const path = pathOf(folder, rater);
  try {
    await makeFolder(join(folder, VOTES), 0o700);
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(`${JSON.stringify({ kind: 'rater', ...beginning })}\n`);
    await file.close();
  } catch (cause) {
    throw notWritable(path, cause);
  }
  return { ...beginning, votes: [], steps: [] };
}

/** @throws RATER_NOT_FOUND, BAD_VOTES */
export async function readRater(folder: string, rater: string): Promise<RaterFile> {
  if (!PSEUDONYM.test(rater)) throw unknown();
  const text = await readFile(pathOf(folder, rater), 'utf8').catch(() => null);
  if (text === null) throw unknown();
  return parse(text, pathOf(folder, rater));
}

/** All of them, by number. @throws BAD_VOTES */
export async function readRaters(folder: string): Promise<RaterFile[]> {
  const names = await readdir(join(folder, VOTES)).catch(() => []);
  const paths = names.filter((name) => PSEUDONYM.test(name.replace(/\.jsonl$/, '')));
  const files = await Promise.all(
    paths.map(async (name) => {
      const path = join(folder, VOTES, name);
      return parse(await readFile(path, 'utf8'), path);
    }),
  );
  return files.sort((a, b) => a.index - b.index);
}

/** @throws NOT_WRITABLE */
export async function addLine(folder: string, rater: string, line: Vote | Step): Promise<void> {
  const path = pathOf(folder, rater);
  try {
    await stat(path);
    await appendFile(path, `${JSON.stringify(line)}\n`, { flush: true });
  } catch (cause) {
    throw notWritable(path, cause);
  }
}

/** @returns how many votes are gone. @throws RATER_NOT_FOUND, NOT_WRITABLE */
export async function eraseRater(folder: string, rater: string): Promise<number> {
  const { index, votes } = await readRater(folder, rater);
  const note = { at: new Date().toISOString(), index, votes: votes.length };
  try {
    await appendFile(join(folder, VOTES, ERASED), `${JSON.stringify(note)}\n`, { flush: true, mode: 0o600 });
    await rm(pathOf(folder, rater));
  } catch (cause) {
    throw notWritable(pathOf(folder, rater), cause);
  }
  return votes.length;
}

const erasedSchema = z.object({ at, index: count, votes: count });

/** Of raters who had their votes erased. */
export async function readErased(folder: string): Promise<z.infer<typeof erasedSchema>[]> {
  const text = await readFile(join(folder, VOTES, ERASED), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => erasedSchema.parse(JSON.parse(line)));
}

/** Numbers of those who were erased are not given again: the order of the next must not be theirs. */
async function nextIndex(folder: string): Promise<number> {
  const used = [...(await readRaters(folder)), ...(await readErased(folder))].map(({ index }) => index);
  return Math.max(-1, ...used) + 1;
}

/** A last line without an end was being written when the machine stopped: it is no vote. */
function parse(text: string, path: string): RaterFile {
  const lines = text.split('\n').slice(0, -1);
  try {
    const [first, ...others] = lines.map((line) => lineSchema.parse(JSON.parse(line)));
    if (first?.kind !== 'rater') throw new Error('The first line does not name a rater.');
    const { kind: _, ...beginning } = first;
    const votes = others.filter((line) => line.kind === 'vote');
    const steps = others.filter((line) => line.kind !== 'vote' && line.kind !== 'rater');
    return { ...beginning, votes, steps };
  } catch (cause) {
    throw new LimnerError('BAD_VOTES', `${path} is not a file of votes.`, { cause });
  }
}

const unknown = () => new LimnerError('RATER_NOT_FOUND', 'There are no votes under this name.');
