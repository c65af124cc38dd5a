/**
 * Tells whether a picture was made in one style. Trained on few pictures: those of the style, variants of them that are
 * in another style, and photographs; what it learns is where the style lies among descriptors, how far its own pictures
 * stray, and at which distance others begin.
 */
import { z } from 'zod';
import { LimnerError } from '../../errors.ts';
import type { Picture } from '../../image/picture.ts';
import { describePicture } from './descriptor.ts';
import { fitLogistic } from './logistic.ts';

const numbers = z.array(z.number());
const schema = z.strictObject({
  /** Of the style's own descriptors, and their spread. */
  centre: numbers,
  spread: numbers,
  /** Log-odds = intercept + slope · log(distance). */
  intercept: z.number(),
  slope: z.number(),
});

export type Classifier = z.infer<typeof schema>;

export interface Trained {
  readonly classifier: Classifier;
  /** A picture of at least this probability is taken for one of the style. */
  readonly threshold: number;
}

/** Spread of a number that hardly varies within the style, over its spread among photographs. */
const LEAST_SPREAD = 0.2;
/**
 * By how much farther (logarithm) renders of portraits lie from a style than what adaptation paints without any portrait,
 * on average over six development styles.
 */
const STRANGERS = 0.45;
/** What a single number may add, so that one oddity does not decide alone. */
const MOST = 16;
/** Share of the style's own pictures that are recognised. */
const RECOGNISED = 0.95;

/**
 * @param own for each of at least 3 pictures of the style, the descriptors of its framings
 * @param others of pictures that are not
 * @param photographs of any, for the usual spread of each number
 */
export function trainClassifier(
  own: readonly (readonly Float32Array[])[],
  others: readonly Float32Array[],
  photographs: readonly Float32Array[],
): Trained {
  const usual = spreadOf(photographs, meanOf(photographs));
  const place = (rows: readonly Float32Array[]) => {
    const centre = meanOf(rows);
    const spread = spreadOf(rows, centre).map((s, j) => Math.hypot(s, LEAST_SPREAD * usual[j] + 1e-3));
    return { centre: Array.from(centre, round), spread: Array.from(spread, round) };
  };
  // Each of the style's own pictures is measured from the others, as a new one would be.
  const near = own.flatMap((framings, i) => {
    const others = place(own.filter((_, k) => k !== i).flat());
    return framings.map((row) => logDistance(row, others) + STRANGERS);
  });
  const placed = place(own.flat());
  const far = [...others, ...photographs].map((row) => logDistance(row, placed));
  const { intercept, slope } = fitLogistic(near, far);
  const classifier = { ...placed, intercept: round(intercept), slope: round(slope) };
  const sorted = near.map((distance) => probability(classifier, distance)).sort((a, b) => a - b);
  const reached = sorted[Math.floor((1 - RECOGNISED) * sorted.length)];
  return { classifier, threshold: round(Math.min(0.9, Math.max(0.5, reached))) };
}

/** Probability that a picture was made in the style, 0..1. */
export const classify = (classifier: Classifier, picture: Picture): number =>
  classifyDescriptor(classifier, describePicture(picture));

/** The same from what `describePicture` makes of the picture. */
export const classifyDescriptor = (classifier: Classifier, descriptor: Float32Array): number =>
  probability(classifier, logDistance(descriptor, classifier));

export const encodeClassifier = (classifier: Classifier): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(classifier));

/** @throws STYLE_DAMAGED */
export function decodeClassifier(bytes: Uint8Array): Classifier {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new LimnerError('STYLE_DAMAGED', 'The classifier of the style cannot be read.', { cause });
  }
}

const round = (value: number) => Number(value.toFixed(4));

const probability = ({ intercept, slope }: Classifier, distance: number): number =>
  1 / (1 + Math.exp(-intercept - slope * distance));

function logDistance(row: Float32Array, { centre, spread }: Pick<Classifier, 'centre' | 'spread'>): number {
  let sum = 0;
  for (let j = 0; j < row.length; j++) sum += Math.min(MOST, ((row[j] - centre[j]) / spread[j]) ** 2);
  return 0.5 * Math.log(sum / row.length + 1e-3);
}

function meanOf(rows: readonly Float32Array[]): Float32Array {
  return rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length);
}

function spreadOf(rows: readonly Float32Array[], mean: Float32Array): Float32Array {
  return mean.map((m, j) => Math.sqrt(rows.reduce((sum, row) => sum + (row[j] - m) ** 2, 0) / rows.length));
}
