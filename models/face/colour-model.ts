import type { LabPlanes } from '../image/colour.ts';

/** A Gaussian in L*a*b* with independent channels, fitted robustly. */
export interface ColourModel {
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

/** Fewer pixels than this are no evidence of a material. */
const FEWEST = 30;
/** Least spread (L, a, b), so that a flat colour still allows for noise and shading. */
const LEAST = [9, 4, 4] as const;

/** The colours of the chosen pixels, or null when there are too few. Median and quartiles resist wrong pixels. */
export function fitColour(lab: LabPlanes, isChosen: (index: number) => boolean): ColourModel | null {
  const indices: number[] = [];
  for (let i = 0; i < lab.l.data.length; i++) if (isChosen(i)) indices.push(i);
  if (indices.length < FEWEST) return null;
  const statistics = [lab.l, lab.a, lab.b].map(({ data }, channel) => {
    const values = Float32Array.from(indices, (i) => data[i]).sort();
    const at = (share: number) => values[Math.floor(share * (values.length - 1))];
    // Half the interquartile range of a Gaussian is 0.674 of its standard deviation.
    return { mean: at(0.5), deviation: Math.max(LEAST[channel], (at(0.75) - at(0.25)) / 2 / 0.674) };
  });
  const [l, a, b] = statistics;
  return { mean: [l.mean, a.mean, b.mean], deviation: [l.deviation, a.deviation, b.deviation] };
}

/** Squared Mahalanobis distance of the colour at `index`. */
export function colourDistance(
  { mean, deviation }: ColourModel,
  { l, a, b }: LabPlanes,
  index: number,
): number {
  const dl = (l.data[index] - mean[0]) / deviation[0];
  const da = (a.data[index] - mean[1]) / deviation[1];
  const db = (b.data[index] - mean[2]) / deviation[2];
  return dl * dl + da * da + db * db;
}
