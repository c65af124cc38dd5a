/**
 * What people will be asked, all of it settled before the first vote: pictures and their hashes, questions, who sees what in
 * which order (by the seed), and whose votes will not count. The hash of the file stands in every file of votes.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { LimnerError } from '../../../models/errors.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { type Sha256, sha256 } from '../../provenance/origin.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** Of a picture: tells nothing of where it is from. */
const opaque = z.string().regex(/^[0-9a-f]{16}$/);

export const QUESTIONS = ['quality', 'medium', 'identity', 'steadiness', 'realism'] as const;
export type QuestionName = (typeof QUESTIONS)[number];

const answerSchema = z.strictObject({
  /** A score; or in a choice −1 the left one, 1 the right one, 0 neither. */
  value: z.number().int().min(-1).max(5),
  label: z.string(),
});

const trialSchema = z.strictObject({
  item: z.string(),
  /** One to be scored, or two to choose from; sides are drawn for each rater. */
  stimuli: z.array(opaque).min(1).max(2),
  /** Shown beside: the reference or the photograph. */
  beside: opaque.optional(),
  /** Everybody who looks knows the answer; it is the first one. */
  isCheck: z.boolean().optional(),
});

const questionSchema = z.strictObject({
  name: z.enum(QUESTIONS),
  scale: z.enum(['ACR', 'DCR', '2AFC']),
  ask: z.string(),
  /** What the picture beside is called. */
  besideIs: z.string().optional(),
  answers: z.array(answerSchema).min(2),
  /** For which no vote is taken before it. */
  minimumSeconds: z.number().min(0),
  /** What a vote is thought to take, for the length of a session. */
  plannedSeconds: z.number().positive(),
  trials: z.array(trialSchema).min(1),
  /** Shown first, with the answer that is meant by them; not counted. */
  training: z.array(trialSchema.extend({ answer: z.number().int() })),
});

export const planSchema = z.strictObject({
  format: z.literal('limner rating plan 1'),
  software: z.string(),
  createdAt: z.iso.datetime(),
  seed: z.number().int().min(0),
  conditions: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['method', 'original', 'anchor']),
      description: z.string(),
    }),
  ),
  stimuli: z.array(
    z.strictObject({
      id: opaque,
      file: z.string(),
      sha256: hash,
      width: z.number().int(),
      height: z.number().int(),
      item: z.string(),
      /** A condition; or what it is shown for. */
      condition: z.string(),
      /** Of the file it was made from. */
      source: hash,
    }),
  ),
  questions: z.array(questionSchema).min(1),
  session: z.strictObject({
    /** Of active time; no vote is asked for after it. */
    mostMinutes: z.number().positive(),
    /** Share of trials that come a second time. */
    repeats: z.number().min(0).max(0.5),
  }),
  /** Raters to whom one of these applies are left out, by question. */
  exclusion: z.strictObject({
    /** Share of the question's showings that were answered. */
    answeredBelow: z.number().min(0).max(1),
    /** Share of checks answered wrongly; with at least two checks. */
    failedChecksAbove: z.number().min(0).max(1),
    /** Points between first and second vote on the same picture, mean; with at least three repeats. */
    repeatDifferenceAbove: z.number().min(0),
    /** Share of a choice's repeats that were answered otherwise; with at least three repeats. */
    repeatChangesAbove: z.number().min(0).max(1),
    /** Scales only: the original is not scored above the anchor, mean; where both were seen at least twice. */
    originalNotAbove: z.string().optional(),
    screening: z.literal('ITU-R BT.500, reported with and without'),
  }),
});

export type Plan = z.infer<typeof planSchema>;
export type Question = Plan['questions'][number];
export type Trial = Question['trials'][number];
export type Stimulus = Plan['stimuli'][number];
export type Condition = Plan['conditions'][number];

export const PLAN_FILE = 'plan.json';

export interface OpenedPlan {
  readonly folder: string;
  readonly plan: Plan;
  /** Of plan.json as it is. */
  readonly sha256: Sha256;
}

/** @param folder has plan.json in it. @throws NOT_FOUND, BAD_PLAN */
export async function openPlan(folder: string): Promise<OpenedPlan> {
  const path = join(folder, PLAN_FILE);
  const bytes = await readFileBytes(path);
  const plan = parse(new TextDecoder().decode(bytes));
  if (!plan) throw new LimnerError('BAD_PLAN', `${path} is not a plan of this version.`);
  return { folder, plan, sha256: sha256(bytes) };
}

function parse(text: string): Plan | null {
  try {
    return planSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Reads all pictures and compares their hashes. @throws BAD_PLAN naming the first that was changed or lost */
export async function readStimuli({ folder, plan }: OpenedPlan): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const { id, file, sha256: expected } of plan.stimuli) {
    const bytes = await readFileBytes(join(folder, file));
    if (sha256(bytes) !== expected)
      throw new LimnerError('BAD_PLAN', `${join(folder, file)} is not the picture that was planned.`);
    files.set(id, bytes);
  }
  return files;
}
