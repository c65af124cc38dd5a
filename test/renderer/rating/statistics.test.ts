import { describe, expect, it } from 'vitest';
import { fitBradleyTerry } from '../../../renderer/rating/statistics/bradley-terry.ts';
import { krippendorffAlpha, type Metric } from '../../../renderer/rating/statistics/krippendorff.ts';
import { meanOpinions } from '../../../renderer/rating/statistics/mean-opinion.ts';
import {
  comparisonsFor,
  halfWidthOf,
  needFor,
  varianceParts,
} from '../../../renderer/rating/statistics/precision.ts';
import { preferences } from '../../../renderer/rating/statistics/preferences.ts';
import { retest } from '../../../renderer/rating/statistics/retest.ts';
import { screenRaters } from '../../../renderer/rating/statistics/screening.ts';
import { fitSubjectModel } from '../../../renderer/rating/statistics/subject-model.ts';
import type { Rating } from '../../../renderer/rating/statistics/votes.ts';
import { simulateComparisons, simulateRatings, type Truth } from './simulated-raters.ts';

/** Rows of pictures, columns of raters; anything but a digit is a missing vote. */
const table = (rows: readonly string[]): Rating[] =>
  rows.flatMap((row, item) =>
    [...row].flatMap((vote, rater) =>
      /\d/.test(vote) ? [{ rater: `r${rater}`, item: `i${item}`, condition: 'x', value: Number(vote) }] : [],
    ),
  );

describe("Krippendorff's α", () => {
  it('is that of the example with missing data in Krippendorff 2011, section D', () => {
    const observers = ['123321412...', '1233224125.3', '.3332342251.', '12332441251.'];
    const columns = [...observers[0]].map((_, unit) => observers.map((row) => row[unit]).join(''));
    expect(columns).toHaveLength(12);
    const votes = table(columns).map(({ item, value }) => ({ unit: item, value }));
    const alpha = (metric: Metric) => krippendorffAlpha(votes, metric);
    expect(alpha('nominal')).toBeCloseTo(0.743, 3);
    expect(alpha('ordinal')).toBeCloseTo(0.815, 3);
    expect(alpha('interval')).toBeCloseTo(0.849, 3);
  });

  it('is 1 for raters who agree, about 0 for votes without sense, null for nothing to compare', () => {
    expect(krippendorffAlpha(table(['11', '22', '55']).map(toUnit), 'ordinal')).toBe(1);
    const noise = simulateRatings({ ...TRUTH, qualities: { x: 3 }, spread: { rater: 0, item: 0, vote: 1 } });
    expect(Math.abs(krippendorffAlpha(noise.map(toUnit), 'ordinal') ?? 1)).toBeLessThan(0.05);
    expect(krippendorffAlpha(table(['1', '2']).map(toUnit), 'ordinal')).toBeNull();
    expect(krippendorffAlpha(table(['33', '33']).map(toUnit), 'ordinal')).toBeNull();
  });
});

const toUnit = ({ item, value }: Rating) => ({ unit: item, value });

const TRUTH: Truth = {
  seed: 1,
  raters: 20,
  items: 16,
  qualities: { bad: 2.2, good: 3.4, better: 3.9, same: 3.4 },
  spread: { rater: 0.4, item: 0.3, vote: 0.6 },
};

describe('mean opinion scores', () => {
  it('recover simulated raters within their intervals, and say what cannot be told apart', () => {
    const { conditions, differences } = meanOpinions(simulateRatings(TRUTH), { seed: 1 });
    for (const { condition, interval } of conditions) {
      expect(interval.low).toBeLessThan(TRUTH.qualities[condition]);
      expect(interval.high).toBeGreaterThan(TRUTH.qualities[condition]);
    }
    expect(conditions[0].condition).toBe('better');
    const between = (a: string, b: string) =>
      differences.find(({ first, second }) => [first, second].sort().join() === [a, b].sort().join());
    expect(between('good', 'same')?.isDistinguishable).toBe(false);
    expect(between('bad', 'good')?.isDistinguishable).toBe(true);
  });

  it('of one rater, or of one picture, tell nothing apart', () => {
    const ratings = simulateRatings(TRUTH);
    const [{ rater, item }] = ratings;
    for (const few of [
      ratings.filter((one) => one.rater === rater),
      ratings.filter((one) => one.item === item),
    ])
      expect(
        meanOpinions(few, { seed: 1, draws: 100 }).differences.map((one) => one.isDistinguishable),
      ).toEqual(Array(6).fill(false));
  });

  it('hold the truth in about 95 of 100 experiments, though raters and pictures both differ', () => {
    let held = 0;
    for (let seed = 0; seed < 100; seed++) {
      const truth = { ...TRUTH, seed, raters: 12, items: 10, qualities: { x: 3 } };
      const [{ interval }] = meanOpinions(simulateRatings(truth, false), { seed, draws: 300 }).conditions;
      if (interval.low < 3 && interval.high > 3) held++;
    }
    expect(held).toBeGreaterThanOrEqual(88);
    expect(held).toBeLessThanOrEqual(99);
  });

  it('are the same for the same seed, and others for another', () => {
    const ratings = simulateRatings(TRUTH);
    const once = meanOpinions(ratings, { seed: 5, draws: 200 });
    expect(meanOpinions(ratings, { seed: 5, draws: 200 })).toEqual(once);
    expect(meanOpinions(ratings, { seed: 6, draws: 200 })).not.toEqual(once);
  });
});

describe('Bradley and Terry', () => {
  it('gives the published strengths of the baseball teams in Agresti 1990, 10.7', () => {
    const wins = [
      [0, 7, 9, 7, 7, 9, 11],
      [6, 0, 7, 5, 11, 9, 9],
      [4, 6, 0, 7, 7, 8, 12],
      [6, 8, 6, 0, 6, 7, 10],
      [6, 2, 6, 7, 0, 7, 12],
      [4, 4, 5, 6, 6, 0, 6],
      [2, 4, 1, 3, 1, 7, 0],
    ];
    const { logs } = fitBradleyTerry({ wins, ties: wins.map((row) => row.map(() => 0)) });
    const overBaltimore = logs.map((log) => log - logs[6]);
    const published = [1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0];
    overBaltimore.forEach((strength, i) => {
      expect(strength).toBeCloseTo(published[i], 4);
    });
  });

  it('gives the published shares of the six puddings in Davidson 1970, with ties', () => {
    // i, j, i preferred, j preferred, no preference
    const rows = `0 1 19 22 16,0 2 16 19 12,1 2 19 19 10,0 3 18 23 13,1 3 23 19 9,2 3 19 20 15,0 4 13 19 18,1 4 16 20 12,
      2 4 16 15 17,3 4 17 14 16,0 5 18 21 12,1 5 22 20 12,2 5 13 18 10,3 5 14 19 18,4 5 11 21 12`;
    const wins = Array.from({ length: 6 }, () => new Array<number>(6).fill(0));
    const ties = Array.from({ length: 6 }, () => new Array<number>(6).fill(0));
    for (const row of rows.split(',')) {
      const [i, j, first, second, none] = row.trim().split(' ').map(Number);
      wins[i][j] = first;
      wins[j][i] = second;
      ties[i][j] = none;
      ties[j][i] = none;
    }
    const { logs, theta } = fitBradleyTerry({ wins, ties });
    const shares = logs.map(Math.exp);
    const sum = shares.reduce((a, b) => a + b);
    const published = [0.1388, 0.173, 0.1617, 0.1654, 0.1587, 0.2024];
    shares.forEach((share, i) => {
      expect(share / sum).toBeCloseTo(published[i], 4);
    });
    expect(theta).toBeCloseTo(0.7468, 4);
  });

  it('recovers simulated choices within its intervals, and tells no equals apart', () => {
    const truth = { a: 1.5, b: 0, c: 0, d: -1.5 };
    const comparisons = simulateComparisons(truth, { seed: 3, raters: 12, items: 6, theta: 0.5 });
    const { conditions, differences, ties } = preferences(comparisons, { seed: 3, draws: 300 });
    for (const { condition, interval } of conditions) {
      const strength = truth[condition as keyof typeof truth];
      expect(interval.low).toBeLessThan(strength);
      expect(interval.high).toBeGreaterThan(strength);
    }
    const undecided = differences.filter(({ isDistinguishable }) => !isDistinguishable);
    expect(undecided.map(({ first, second }) => [first, second].sort())).toEqual([['b', 'c']]);
    expect(ties).toBeGreaterThan(0.1);
  });

  it('stays finite when one always wins', () => {
    const comparisons = Array.from({ length: 20 }, (_, i) => ({
      rater: `r${i % 4}`,
      item: `i${i % 5}`,
      first: 'a',
      second: 'b',
      outcome: 'first' as const,
    }));
    const [winner] = preferences(comparisons, { seed: 1, draws: 50 }).conditions;
    expect(winner).toMatchObject({ condition: 'a', won: 1, votes: 20 });
    expect(winner.strength).toBeGreaterThan(1);
    expect(winner.interval.high).toBeLessThan(20);
  });
});

describe('screening after BT.500', () => {
  /** Twenty pictures by nineteen raters who agree within a point about 3, and by one more. */
  const panel = (last: (item: number) => number) =>
    table(Array.from({ length: 20 }, (_, item) => `2222233333333344444${last(item)}`));

  it('rejects one who is far off on both sides, and keeps one who is only strict', () => {
    const erratic = screenRaters(panel((item) => (item % 2 ? 5 : 1)));
    expect(erratic.filter(({ isRejected }) => isRejected).map(({ rater }) => rater)).toEqual(['r19']);
    expect(screenRaters(panel(() => 1)).some(({ isRejected }) => isRejected)).toBe(false);
  });

  it('counts votes beyond two deviations where they are normal, beyond √20 else', () => {
    const far = (votes: string) =>
      screenRaters(table([votes])).reduce((sum, { above, below }) => sum + above + below, 0);
    // S = 0.97, β2 = 2.6: 1 and 5 are 2.05 S away.
    expect(far('12222233333333444445')).toBe(2);
    // β2 = 18, and 5 is 4.25 S away; with ten votes more β2 = 28, and it is 5.3 S away.
    expect(far('33333333333333333335')).toBe(0);
    expect(far('333333333333333333333333333335')).toBe(1);
    expect(far('3333333333')).toBe(0);
  });
});

describe('the model of raters in P.910', () => {
  it('gives what another program of the same recommendation gives, with missing votes', () => {
    const { raters, stimuli } = fitSubjectModel(table(GOLDEN.rows));
    const close = (values: readonly number[], golden: readonly number[]) => {
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(golden[i], 4);
      });
    };
    close(
      raters.map(({ bias }) => bias),
      GOLDEN.bias,
    );
    close(
      raters.map(({ inconsistency }) => inconsistency),
      GOLDEN.inconsistency,
    );
    close(
      stimuli.map(({ quality }) => quality),
      GOLDEN.quality,
    );
  });

  it('recovers bias, inconsistency and quality of simulated raters', () => {
    const ratings = simulateRatings({ ...TRUTH, spread: { rater: 0, item: 0.8, vote: 0.5 } }, false);
    const changed = ratings.map((rating, n) => ({
      ...rating,
      value:
        rating.value +
        (rating.rater === 'r0' ? 0.8 : 0) +
        (rating.rater === 'r1' ? (Math.floor(n / 20) % 2 ? 2 : -2) : 0),
    }));
    const { raters, stimuli } = fitSubjectModel(changed);
    expect(raters[0].bias).toBeGreaterThan(0.6);
    expect(raters[1].inconsistency).toBeGreaterThan(1.5);
    for (const { inconsistency } of raters.slice(2)) expect(inconsistency).toBeLessThan(0.7);
    const ofBad = stimuli.filter(({ condition }) => condition === 'bad');
    expect(ofBad).toHaveLength(16);
  });
});

/** Votes of six simulated raters on fourteen pictures, and what alternating projection in NumPy makes of them. */
const GOLDEN = {
  rows: '33333344 33444454 2-231122 44444444 33323232 42233322 43451454 3333-232 43234433 22221121 43342444 43325333 33331323 52245334 22231322 32321433'.split(
    ' ',
  ),
  bias: [0.3681, -0.2798, -0.1319, 0.1806, -0.3661, 0.0556, 0.1806, -0.0069],
  inconsistency: [0.6828, 0.5433, 0.4779, 0.6017, 1.3685, 0.5972, 0.4487, 0.3837],
  quality: [
    3.4028, 3.959, 1.914, 3.9794, 2.5343, 2.3535, 4.078, 2.6195, 3.0192, 1.6146, 3.6613, 2.9956, 2.7621,
    3.2367, 2.1606, 2.8204,
  ],
};

describe('how many votes are needed', () => {
  const ratings = simulateRatings(
    {
      ...TRUTH,
      seed: 4,
      raters: 60,
      items: 60,
      qualities: { x: 3 },
      spread: { rater: 0.5, item: 0.3, vote: 0.8 },
    },
    false,
  );

  it('knows the parts of the variance, also when three of four votes are missing', () => {
    const parts = varianceParts(ratings.filter((_, i) => i % 4 === 0 || i % 7 === 0));
    expect(Math.sqrt(parts?.raters ?? 0)).toBeCloseTo(0.5, 0);
    expect(parts?.raters).toBeGreaterThan(0.15);
    expect(parts?.raters).toBeLessThan(0.4);
    expect(parts?.items).toBeGreaterThan(0.04);
    expect(parts?.items).toBeLessThan(0.16);
    expect(parts?.rest).toBeGreaterThan(0.5);
    expect(parts?.rest).toBeLessThan(0.8);
  });

  it('names the fewest raters that reach a precision, and says when more pictures are needed', () => {
    const parts = { raters: 0.25, items: 0.04, rest: 0.64 };
    const { raters } = needFor(parts, 20, 0.25);
    expect(halfWidthOf(parts, raters ?? 0, 20)).toBeLessThanOrEqual(0.25);
    expect(halfWidthOf(parts, (raters ?? 0) - 1, 20)).toBeGreaterThan(0.25);
    expect(needFor({ ...parts, items: 1 }, 10, 0.25)).toMatchObject({ raters: null, votes: null });
    expect(needFor({ ...parts, items: 1 }, 10, 0.25).items).toBeGreaterThan(61);
    expect(comparisonsFor(0.1)).toBe(97);
  });
});

describe('test and retest', () => {
  it('says how often the same person said the same', () => {
    const pair = (first: number, second: number) => ({ rater: 'r', first, second });
    expect(retest([])).toBeNull();
    expect(retest([pair(1, 1), pair(3, 4), pair(5, 5), pair(2, 2)])).toMatchObject({
      pairs: 4,
      same: 0.75,
      difference: 0.25,
      drift: 0.25,
    });
  });
});
