/** A report as one page that needs nothing else. */
import type { Difference } from '../statistics/mean-opinion.ts';
import type { ChoiceAnalysis, ScaleAnalysis } from './analyse.ts';
import { escapeHtml } from './escape-html.ts';
import type { Analysis, QuestionReport, RatingReport } from './make-report.ts';
import { intervalPlot, raterPlot } from './plots.ts';
import { describeLimits, describeNeed, describeVerdict, number, percent, points } from './words.ts';

export function reportHtml(report: RatingReport): string {
  const { conditions, questions } = report;
  const parts = [
    '<h1>What people saw</h1>',
    `<p>${escapeHtml(provenance(report))}</p>`,
    table(
      ['condition', 'kind', 'what'],
      conditions.map(({ name, kind, description }) => [name, kind, description]),
    ),
    ...questions.map((question) => questionHtml(question)),
    NOTES,
  ];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Ratings</title><style>${STYLE}</style></head><body>${parts.join('\n')}</body></html>\n`;
}

function provenance({ plan, ledger, raters, firstVoteAt, lastVoteAt, erased }: RatingReport): string {
  const day = (time: string) => time.slice(0, 10);
  const known = ledger
    ? `its hash ${ledger.problem ? `said to be in a ledger (NOT PROVED: ${ledger.problem})` : 'in a ledger'} since ${ledger.at}, ${ledger.isBeforeVotes ? 'before' : 'AFTER'} the first vote`
    : 'its hash in no ledger that was looked at';
  const gone = erased > 0 ? ` ${erased} had their votes erased.` : '';
  return `${raters} raters, ${day(firstVoteAt)} to ${day(lastVoteAt)}.${gone} Plan ${plan.sha256.slice(0, 16)}… of ${day(plan.createdAt)}, ${known}.`;
}

function questionHtml(question: QuestionReport): string {
  const { name, scale, ask, counted, everybody, afterScreening, raters, screened } = question;
  const excluded = raters.filter(({ excludedFor }) => excludedFor.length > 0).length;
  const names = new Map(raters.map(({ rater }, i) => [rater, `rater ${i + 1}`]));
  const rejected = new Map(screened.map((one) => [one.rater, one.isRejected]));
  const limits = counted && describeLimits(counted);
  const body = counted
    ? [
        ...(limits ? [`<p><strong>${limits}</strong></p>`] : []),
        counted.kind === 'scale' ? scaleHtml(counted, names) : choiceHtml(counted),
        differencesHtml(counted),
        comparedHtml(everybody, counted, afterScreening),
      ].join('\n')
    : '<p>No rater is left.</p>';
  const left = excluded > 0 ? `, ${excluded} of them left out by the rules of the plan` : ', nobody left out';
  return `<section><h2>${escapeHtml(name)} <small>${scale}</small></h2><p class="ask">“${escapeHtml(ask)}”</p>
<p>${raters.length} raters${left}.</p>
${body}
<h3>Raters</h3>
${table(
  ['rater', 'votes', 'median s', 'checks failed', 'repeats', 'repeat difference', 'BT.500', 'left out for'],
  raters.map((one) => [
    names.get(one.rater) ?? '',
    `${one.votes} of ${one.asked}`,
    one.medianSeconds.toFixed(1),
    `${one.failedChecks} of ${one.checks}`,
    String(one.repeats),
    one.repeatDifference === null ? '–' : number(one.repeatDifference),
    rejected.get(one.rater) ? 'rejected' : '',
    one.excludedFor.join('; '),
  ]),
)}</section>`;
}

function scaleHtml(analysis: ScaleAnalysis, names: ReadonlyMap<string, string>): string {
  const { conditions, alpha, retest, model, needs, votes, raters } = analysis;
  return `${intervalPlot(
    conditions.map(({ condition, mos, interval, histogram, votes: count }) => ({
      label: condition,
      value: mos,
      ...interval,
      shares: histogram.map((one) => one / count),
    })),
    { low: 1, high: 5, title: 'mean opinion score, 95 % interval' },
  )}
${table(
  ['condition', 'MOS', '95 % interval', 'after P.910', 'votes', 'raters', 'pictures'],
  conditions.map((one) => [
    one.condition,
    points(one.mos),
    `${points(one.interval.low)} to ${points(one.interval.high)}`,
    points(model.conditions[one.condition]),
    String(one.votes),
    String(one.raters),
    String(one.items),
  ]),
)}
<p>${votes} votes of ${raters} raters. Krippendorff’s α (ordinal) ${number(alpha)}. ${
    retest
      ? `Of ${retest.pairs} repeats ${percent(retest.same)} had the same score; mean difference ${number(retest.difference)}, drift ${number(retest.drift)} points.`
      : 'No repeats yet.'
  }</p>
<h3>How many votes</h3>
<ul>${needs.map((need) => `<li>${escapeHtml(describeNeed(need))}</li>`).join('')}</ul>
<h3>Bias and inconsistency (P.910)</h3>
${raterPlot(model.raters, names)}`;
}

function choiceHtml(analysis: ChoiceAnalysis): string {
  const { conditions, alpha, retest, ties, left, needs, votes, raters } = analysis;
  const reach = Math.max(1, ...conditions.flatMap(({ interval }) => [-interval.low, interval.high]));
  const axis = {
    low: -Math.min(8, reach),
    high: Math.min(8, reach),
    title: 'log strength (Bradley–Terry), 95 % interval',
  };
  return `${intervalPlot(
    conditions.map(({ condition, strength, interval }) => ({
      label: condition,
      value: strength,
      ...interval,
    })),
    axis,
  )}
${table(
  ['condition', 'log strength', '95 % interval', 'won', 'comparisons'],
  conditions.map((one) => [
    one.condition,
    number(one.strength),
    `${number(one.interval.low)} to ${number(one.interval.high)}`,
    percent(one.won),
    String(one.votes),
  ]),
)}
<p>${votes} choices of ${raters} raters, ${percent(ties)} of them ties. Krippendorff’s α (nominal) ${number(alpha)}. ${
    retest ? `Of ${retest.pairs} repeats ${percent(retest.same)} were answered the same.` : 'No repeats yet.'
  } The left side was chosen in ${left === null ? '–' : percent(left)}.</p>
<h3>How many votes</h3>
<ul>${needs.map(({ halfWidth, comparisons }) => `<li>The share of a pair within ±${percent(halfWidth)}: ${comparisons} comparisons of that pair by as many people, more where each gives several.</li>`).join('')}</ul>`;
}

function differencesHtml({ differences }: { readonly differences: readonly Difference[] }): string {
  if (differences.length === 0) return '';
  return `<h3>Which differ</h3>${table(
    ['', 'difference', '95 % interval', ''],
    differences.map((one) => [
      `${one.first} – ${one.second}`,
      number(one.difference),
      `${number(one.interval.low)} to ${number(one.interval.high)}`,
      describeVerdict(one),
    ]),
  )}`;
}

/** The same numbers with everybody, as planned, and after BT.500. */
function comparedHtml(everybody: Analysis | null, counted: Analysis, screened: Analysis | null): string {
  const valueIn = (analysis: Analysis | null, condition: string): string => {
    if (!analysis) return '–';
    const found = analysis.conditions.find((one) => one.condition === condition);
    if (!found) return '–';
    const value = 'mos' in found ? found.mos : found.strength;
    return `${number(value)} (${number(found.interval.low)} to ${number(found.interval.high)})`;
  };
  const hasScreening = counted.kind === 'scale';
  return `<h3>With and without</h3>${table(
    ['condition', 'everybody', 'as planned', ...(hasScreening ? ['as planned, after BT.500'] : [])],
    counted.conditions.map(({ condition }) => [
      condition,
      valueIn(everybody, condition),
      valueIn(counted, condition),
      ...(hasScreening ? [valueIn(screened, condition)] : []),
    ]),
  )}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('');
  return `<table><thead><tr>${cells('th', head)}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells('td', row)}</tr>`)
    .join('')}</tbody></table>`;
}

const NOTES = `<section><h2>How this was computed</h2><p>Intervals are percentiles of a bootstrap that draws raters and pictures, both with
replacement (Owen 2007): they hold for other people and other pictures of the same kinds. “Not distinguishable” stands where the
interval of a difference has 0 in it; each such interval is a 95 % one by itself, so that of twenty differences that are none, one will
seem to be one. Repeats and checks count for raters, not for conditions.</p></section>`;

const STYLE = `:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent)}body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1.25rem}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2.5rem}h3{font-size:1rem;margin-bottom:.3rem}small{font-weight:400;opacity:.7}.ask{font-style:italic}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{text-align:left;padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}th{font-weight:500;opacity:.7}
svg{max-width:100%;height:auto;margin:.5rem 0;font:13px system-ui,sans-serif;fill:currentColor}.grid{stroke:var(--line)}.interval{stroke:#2f6fde;stroke-width:3}.dot{fill:#2f6fde}.bar{fill:#8fa9d6}`;
