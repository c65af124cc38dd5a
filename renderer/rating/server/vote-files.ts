/**
 * Votes: a file a rater, `votes/RATER.jsonl`, under a pseudonym, written to at its end only. Who wants their votes gone has the
 * file removed; that somebody did, and when, stays.
 */
import { randomInt } from 'node:crypto';
import { appendFile, open, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
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
  return parse(await readText(folder, rater), pathOf(folder, rater));
}

/** @throws RATER_NOT_FOUND */
async function readText(folder: string, rater: string): Promise<string> {
  if (!PSEUDONYM.test(rater)) throw unknown();
  const text = await readFile(pathOf(folder, rater), 'utf8').catch(() => null);
  if (text === null) throw unknown();
  return text;
}

/** All of them, by number. @throws BAD_VOTES */
export async function readRaters(folder: string): Promise<RaterFile[]> {
  const files = await Promise.all((await ratersIn(folder)).map((rater) => readRater(folder, rater)));
  return files.sort((a, b) => a.index - b.index);
}

async function ratersIn(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, VOTES)).catch(() => []);
  return names.map((name) => name.replace(/\.jsonl$/, '')).filter((name) => PSEUDONYM.test(name));
}

/** @throws NOT_WRITABLE */
export async function addLine(folder: string, rater: string, line: Vote | Step): Promise<void> {
  const path = pathOf(folder, rater);
  try {
    await stat(path);
    await dropTornLine(path);
    await appendFile(path, `${JSON.stringify(line)}\n`, { flush: true });
  } catch (cause) {
    throw notWritable(path, cause);
  }
}

/** What a machine was writing when it stopped is no vote, and must not become part of the next. */
async function dropTornLine(path: string): Promise<void> {
  const bytes = await readFile(path).catch(() => Buffer.of());
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) await truncate(path, whole);
}

/** A damaged file, too. @returns how many votes are gone. @throws RATER_NOT_FOUND, NOT_WRITABLE */
export async function eraseRater(folder: string, rater: string): Promise<number> {
  const lines = wholeLines(await readText(folder, rater));
  const votes = lines.filter((line) => lineOf(line)?.kind === 'vote');
  const note = { at: new Date().toISOString(), index: indexOf(lines), votes: votes.length };
  try {
    const erased = join(folder, VOTES, ERASED);
    await dropTornLine(erased);
    await appendFile(erased, `${JSON.stringify(note)}\n`, { flush: true, mode: 0o600 });
    await rm(pathOf(folder, rater));
  } catch (cause) {
    throw notWritable(pathOf(folder, rater), cause);
  }
  return votes.length;
}

/** The number is unknown of a file whose first line was damaged. */
const erasedSchema = z.object({ at, index: count.nullable(), votes: count });

/** Of raters who had their votes erased. */
export async function readErased(folder: string): Promise<z.infer<typeof erasedSchema>[]> {
  const text = await readFile(join(folder, VOTES, ERASED), 'utf8').catch(() => '');
  return wholeLines(text).map((line) => erasedSchema.parse(JSON.parse(line)));
}

/**
 * Numbers of those who were erased are not given again: the order of the next must not be theirs. A damaged file stops nobody
 * else from voting.
 */
async function nextIndex(folder: string): Promise<number> {
  const texts = await Promise.all((await ratersIn(folder)).map((rater) => readText(folder, rater)));
  const used = texts.map((text) => indexOf(wholeLines(text)));
  const erased = (await readErased(folder)).map(({ index }) => index);
  return Math.max(-1, ...[...used, ...erased].filter((index) => index !== null)) + 1;
}

function parse(text: string, path: string): RaterFile {
  const lines = wholeLines(text).map(lineOf);
  const damaged = lines.indexOf(null);
  if (damaged >= 0) throw new LimnerError('BAD_VOTES', `Line ${damaged + 1} of ${path} is damaged.`);
  const [first, ...others] = lines.filter((line) => line !== null);
  if (first?.kind !== 'rater') throw new LimnerError('BAD_VOTES', `${path} is not a file of votes.`);
  const { kind: _, ...beginning } = first;
  const votes = others.filter((line) => line.kind === 'vote');
  const steps = others.filter((line) => line.kind !== 'vote' && line.kind !== 'rater');
  return { ...beginning, votes, steps };
}

/** A last line without an end was being written when the machine stopped: it is no vote. */
const wholeLines = (text: string): string[] => text.split('\n').slice(0, -1);

/** Null for what is no line of votes. */
function lineOf(text: string): z.infer<typeof lineSchema> | null {
  try {
    return lineSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Of the rater whose file has these lines; null where the first is damaged. */
function indexOf([first = '']: readonly string[]): number | null {
  const line = lineOf(first);
  return line?.kind === 'rater' ? line.index : null;
}

const unknown = () => new LimnerError('RATER_NOT_FOUND', 'There are no votes under this name.');
