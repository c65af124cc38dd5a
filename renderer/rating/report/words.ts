/** Numbers as people read them. */
import type { Difference } from '../statistics/mean-opinion.ts';
import type { ScaleAnalysis } from './analyse.ts';
import type { Analysis, QuestionReport, RatingReport } from './make-report.ts';

export const points = (value: number): string => value.toFixed(2);
export const number = (value: number | null): string =>
  value === null ? '–' : (Math.abs(value) < 0.005 ? 0 : value).toFixed(2).replace('-', '−');
export const percent = (share: number): string => `${Math.round(100 * share)} %`;

export const describeVerdict = ({ first, second, difference, isDistinguishable }: Difference): string =>
  isDistinguishable ? `${difference > 0 ? first : second} is higher` : 'not distinguishable';

/** What the intervals cannot know; null where they know both people and pictures. */
export function describeLimits({ raters, items }: Analysis): string | null {
  const few = [...(raters < 2 ? ['one rater'] : []), ...(items < 2 ? ['one picture'] : [])];
  if (few.length === 0) return null;
  const whom = [...(raters < 2 ? ['people'] : []), ...(items < 2 ? ['pictures'] : [])];
  return `Only ${few.join(' and ')}: the intervals say nothing of other ${whom.join(' or ')}.`;
}

export function describeNeed({
  halfWidth,
  raters,
  votes,
  items,
  condition,
}: ScaleAnalysis['needs'][number]): string {
  const wish = `±${points(halfWidth)} points for ${condition}`;
  if (raters !== null)
    return `${wish}: ${raters} raters on all pictures there are, ${votes} votes of a condition.`;
  return `${wish}: no number of raters is enough with these pictures; ${items} pictures and as many raters would be.`;
}

/** The report for a terminal. */
export function describeReport({ raters, questions, erased }: RatingReport): string {
  const people = `${raters} rater${raters === 1 ? '' : 's'}`;
  const gone = erased > 0 ? `; ${erased} had their votes erased` : '';
  return [`${people}${gone}`, ...questions.flatMap(describeQuestion)].join('\n');
}

function describeQuestion({ name, scale, counted, raters }: QuestionReport): string[] {
  const excluded = raters.filter(({ excludedFor }) => excludedFor.length > 0).length;
  const head = `\n${name} (${scale}): ${raters.length} raters, ${excluded} left out as planned`;
  if (!counted) return [head, 'No rater is left.'];
  const width = Math.max(...counted.conditions.map(({ condition }) => condition.length));
  const rows = counted.conditions.map((one) => {
    const value = 'mos' in one ? one.mos : one.strength;
    const interval = `${number(one.interval.low)} to ${number(one.interval.high)}`;
    return `  ${one.condition.padEnd(width)}  ${number(value).padStart(6)}  (${interval}; ${one.votes} votes)`;
  });
  const unclear = counted.differences
    .filter(({ isDistinguishable }) => !isDistinguishable)
    .map(({ first, second }) => `  ${first} and ${second}: not distinguishable`);
  const limits = describeLimits(counted);
  const needs =
    counted.kind === 'scale' ? counted.needs.slice(1, 2).map((need) => `  ${describeNeed(need)}`) : [];
  return [head, ...rows, ...(limits ? [`  ${limits}`] : []), ...unclear, ...needs];
}
