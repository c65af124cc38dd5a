/** The statistics of one question, for one set of raters. */
import type { BootstrapOptions } from '../statistics/bootstrap.ts';
import { krippendorffAlpha } from '../statistics/krippendorff.ts';
import { type MeanOpinions, meanOpinions } from '../statistics/mean-opinion.ts';
import {
  comparisonsFor,
  type Need,
  needFor,
  sizeOf,
  type VarianceParts,
  varianceParts,
} from '../statistics/precision.ts';
import { type Preferences, preferences } from '../statistics/preferences.ts';
import { type Retest, retest } from '../statistics/retest.ts';
import { fitSubjectModel, type RaterTraits } from '../statistics/subject-model.ts';
import { type Comparison, mean, type Rating, stimulusOf } from '../statistics/votes.ts';
import { type Answered, comparisonsOf, ratingsOf, repeatsOf } from './collect-votes.ts';

export interface ScaleAnalysis extends MeanOpinions {
  readonly kind: 'scale';
  readonly raters: number;
  readonly items: number;
  readonly votes: number;
  /** Krippendorff's, ordinal; null when it cannot be told. */
  readonly alpha: number | null;
  readonly retest: Retest | null;
  /** Biases and inconsistencies after P.910, and what it makes of the conditions. */
  readonly model: {
    readonly raters: readonly RaterTraits[];
    readonly conditions: Readonly<Record<string, number>>;
  };
  /** For the condition that needs most. */
  readonly needs: readonly (Need & { readonly condition: string; readonly parts: VarianceParts })[];
}

export interface ChoiceAnalysis extends Preferences {
  readonly kind: 'choice';
  readonly raters: number;
  readonly items: number;
  readonly votes: number;
  /** Krippendorff's, nominal, over choices between the same two. */
  readonly alpha: number | null;
  readonly retest: Retest | null;
  /** Share of the sides chosen that were left ones. */
  readonly left: number | null;
  /** Independent comparisons of a pair for its share to be known that well. */
  readonly needs: readonly { readonly halfWidth: number; readonly comparisons: number }[];
}

export interface AnalysisOptions extends BootstrapOptions {
  /** Half of the 95 % interval that is wished, in points of a scale. */
  readonly precision: number;
}

/** @returns null without a vote */
export function analyseScale(answered: readonly Answered[], options: AnalysisOptions): ScaleAnalysis | null {
  const ratings = ratingsOf(answered);
  if (ratings.length === 0) return null;
  const units = ratings.map((rating) => ({ unit: stimulusOf(rating), value: rating.value }));
  const { raters, stimuli } = fitSubjectModel(ratings);
  const opinions = meanOpinions(ratings, options);
  return {
    kind: 'scale',
    ...sizeOf(ratings),
    votes: ratings.length,
    ...opinions,
    alpha: krippendorffAlpha(units, 'ordinal'),
    retest: retest(repeatsOf(answered)),
    model: {
      raters,
      conditions: Object.fromEntries(
        opinions.conditions.map(({ condition }) => [
          condition,
          mean(stimuli.filter((one) => one.condition === condition).map(({ quality }) => quality)),
        ]),
      ),
    },
    needs: needsOf(ratings, opinions, options.precision),
  };
}

/** For the wish, twice and half of it. */
function needsOf(ratings: readonly Rating[], { conditions }: MeanOpinions, precision: number) {
  const all = conditions.flatMap(({ condition, items }) => {
    const parts = varianceParts(ratings.filter((rating) => rating.condition === condition));
    return parts ? [{ condition, items, parts }] : [];
  });
  return [2 * precision, precision, precision / 2].flatMap((halfWidth) => {
    const needs = all.map(({ condition, items, parts }) => ({
      ...needFor(parts, items, halfWidth),
      condition,
      parts,
    }));
    const cost = ({ raters, items }: Need) => raters ?? 1e6 + (items ?? 0);
    return needs.sort((a, b) => cost(b) - cost(a)).slice(0, 1);
  });
}

/** @returns null without a vote */
export function analyseChoice(
  answered: readonly Answered[],
  options: AnalysisOptions,
): ChoiceAnalysis | null {
  const comparisons = comparisonsOf(answered);
  if (comparisons.length === 0) return null;
  const decided = answered.filter(({ value }) => value !== 0);
  return {
    kind: 'choice',
    ...sizeOf(comparisons),
    votes: comparisons.length,
    ...preferences(comparisons, options),
    alpha: krippendorffAlpha(comparisons.map(unitOf), 'nominal'),
    retest: retest(repeatsOf(answered)),
    left: decided.length > 0 ? decided.filter(({ value }) => value < 0).length / decided.length : null,
    needs: [0.1, 0.05].map((halfWidth) => ({ halfWidth, comparisons: comparisonsFor(halfWidth) })),
  };
}

/** The same choice has the same value, whichever side it was on. */
function unitOf({ item, first, second, outcome }: Comparison) {
  const isInOrder = first < second;
  const sign = outcome === 'tie' ? 0 : outcome === 'first' ? -1 : 1;
  const pair = isInOrder ? [first, second] : [second, first];
  return { unit: JSON.stringify([item, ...pair]), value: isInOrder ? sign : -sign };
}
