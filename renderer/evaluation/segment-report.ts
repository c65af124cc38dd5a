/** What an evaluation of segments says: means over faces, as numbers and for people. */
import { SEGMENT_CLASSES, type SegmentClass, type SegmentScore } from './segment-scores.ts';

export interface SegmentMeans {
  readonly count: number;
  /** Means over the faces that show the class; NaN (null in JSON) where none does. */
  readonly iou: Readonly<Record<SegmentClass, number>>;
  readonly boundary: Readonly<Record<SegmentClass, number>>;
}

export function meansOf(scores: readonly Partial<Record<SegmentClass, SegmentScore>>[]): SegmentMeans {
  const mean = (name: SegmentClass, measure: keyof SegmentScore) => {
    const known = scores.flatMap((score) => score[name]?.[measure] ?? []);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const means = (measure: keyof SegmentScore) => ({
    hair: mean('hair', measure),
    skin: mean('skin', measure),
    clothes: mean('clothes', measure),
    person: mean('person', measure),
  });
  return { count: scores.length, iou: means('iou'), boundary: means('boundary') };
}

const COLUMN = 12;

export function describeSegments({
  skipped,
  media,
  ...all
}: SegmentMeans & {
  readonly skipped: readonly string[];
  readonly media: Readonly<Record<string, SegmentMeans>>;
}): string {
  const missed = skipped.length > 0 ? `; no face found in ${skipped.length}` : '';
  const rows = SEGMENT_CLASSES.map((name) => `${name.padEnd(COLUMN)}  ${scores(all, name)}`);
  const overall = [
    `${all.count} faces${missed}`,
    `${'class'.padEnd(COLUMN)}  IoU    borders (F-measure)`,
    ...rows,
  ];
  const painted = Object.entries(media);
  if (painted.length === 0) return overall.join('\n');
  const wide = Math.max(...painted.map(([name]) => name.length), 'painted in'.length);
  const head = `${'painted in'.padEnd(wide)}  faces  ${SEGMENT_CLASSES.map((name) => name.padEnd(COLUMN)).join('  ')}`;
  const each = painted.map(
    ([name, means]) =>
      `${name.padEnd(wide)}  ${String(means.count).padStart(5)}  ${SEGMENT_CLASSES.map((key) => scores(means, key)).join('  ')}`,
  );
  return [...overall, '', head.trimEnd(), ...each].join('\n');
}

const scores = ({ iou, boundary }: SegmentMeans, name: SegmentClass): string =>
  Number.isNaN(iou[name])
    ? '–'.padEnd(COLUMN)
    : `${iou[name].toFixed(3)}  ${boundary[name].toFixed(3)}`.padEnd(COLUMN);
