/** Plots as SVG: intervals, shares of scores, traits of raters. */
import type { RaterTraits } from '../statistics/subject-model.ts';
import { escapeHtml } from './escape-html.ts';

export interface IntervalRow {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Shares of the answers 1 … 5, drawn beside. */
  readonly shares?: readonly number[];
}

interface Axis {
  readonly low: number;
  readonly high: number;
  readonly title: string;
}

/** Pixels. */
const [LEFT, WIDTH, RIGHT, ROW, FOOT] = [150, 420, 170, 30, 44];

/** One row each: a dot with its interval, and how the answers were spread. */
export function intervalPlot(rows: readonly IntervalRow[], axis: Axis): string {
  const height = rows.length * ROW;
  const x = (value: number) =>
    LEFT + (WIDTH * (Math.min(axis.high, Math.max(axis.low, value)) - axis.low)) / (axis.high - axis.low);
  const grid = ticksOf(axis).map(
    (tick) =>
      `<line class="grid" x1="${at(x(tick))}" x2="${at(x(tick))}" y1="0" y2="${height}"/>` +
      `<text x="${at(x(tick))}" y="${height + 18}" text-anchor="middle">${tick}</text>`,
  );
  const marks = rows.map(({ label, value, low, high, shares }, i) => {
    const y = (i + 0.5) * ROW;
    return (
      `<text x="${LEFT - 12}" y="${y + 4}" text-anchor="end">${escapeHtml(label)}</text>` +
      `<line class="interval" x1="${at(x(low))}" x2="${at(x(high))}" y1="${y}" y2="${y}"/>` +
      `<circle class="dot" cx="${at(x(value))}" cy="${y}" r="4.5"><title>${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})</title></circle>` +
      (shares ? bars(shares, LEFT + WIDTH + 40, y) : '')
    );
  });
  const title = `<text x="${LEFT + WIDTH / 2}" y="${height + 36}" text-anchor="middle">${escapeHtml(axis.title)}</text>`;
  const spread = rows.some(({ shares }) => shares)
    ? `<text x="${LEFT + WIDTH + 90}" y="${height + 18}" text-anchor="middle">1 2 3 4 5</text>`
    : '';
  return svg(LEFT + WIDTH + RIGHT, height + FOOT, [...grid, ...marks, title, spread].join(''), axis.title);
}

function bars(shares: readonly number[], left: number, y: number): string {
  const most = Math.max(...shares, 1e-9);
  return shares
    .map((share, i) => {
      const height = (20 * share) / most;
      return `<rect class="bar" x="${left + 30 + i * 14}" y="${at(y + 10 - height)}" width="11" height="${at(height)}"><title>${Math.round(100 * share)} %</title></rect>`;
    })
    .join('');
}

/** Each rater a dot: generous to the right, inconsistent upwards. */
export function raterPlot(raters: readonly RaterTraits[], names: ReadonlyMap<string, string>): string {
  const reach = Math.max(1, ...raters.map(({ bias }) => Math.abs(bias))) * 1.1;
  const top = Math.max(1, ...raters.map(({ inconsistency }) => inconsistency)) * 1.1;
  const [width, height] = [420, 220];
  const x = (bias: number) => 50 + (width * (bias + reach)) / (2 * reach);
  const y = (inconsistency: number) => height - (height * inconsistency) / top;
  const dots = raters.map(({ rater, bias, inconsistency }) => {
    const name = escapeHtml(names.get(rater) ?? rater);
    return `<circle class="dot" cx="${at(x(bias))}" cy="${at(y(inconsistency))}" r="4.5"><title>${name}: ${bias.toFixed(2)}, ${inconsistency.toFixed(2)}</title></circle>`;
  });
  const axes =
    `<line class="grid" x1="${at(x(0))}" x2="${at(x(0))}" y1="0" y2="${height}"/>` +
    `<line class="grid" x1="50" x2="${50 + width}" y1="${height}" y2="${height}"/>` +
    `<text x="50" y="${height + 18}">stricter (${(-reach).toFixed(1)})</text>` +
    `<text x="${50 + width}" y="${height + 18}" text-anchor="end">more generous (${reach.toFixed(1)})</text>` +
    `<text x="${50 + width / 2}" y="${height + 36}" text-anchor="middle">bias, in points</text>` +
    `<text transform="translate(16 ${height / 2}) rotate(-90)" text-anchor="middle">inconsistency, in points</text>` +
    `<text x="44" y="12" text-anchor="end">${top.toFixed(1)}</text><text x="44" y="${height}" text-anchor="end">0</text>`;
  return svg(50 + width + 20, height + FOOT, axes + dots.join(''), 'Bias and inconsistency of raters');
}

/** Whole numbers, or halves where there would be fewer than three. */
function ticksOf({ low, high }: Axis): number[] {
  const step = high - low > 12 ? 4 : high - low > 6 ? 2 : high - low > 2 ? 1 : 0.5;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

const at = (value: number): string => String(Math.round(value * 10) / 10);

const svg = (width: number, height: number, content: string, title: string): string =>
  `<svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="${escapeHtml(title)}">${content}</svg>`;
