/** The skin of a reference without strands, jewels and ornaments over it, which would be painted onto others. */
import { gaussianBlur } from '../image/blur.ts';
import type { LabPlanes } from '../image/colour.ts';
import type { Plane } from '../image/picture.ts';

/** More of a feature than this is left alone; more skin than this tells what skin looks like. */
const [FEATURE, SURE] = [0.3, 0.8];
/**
 * So many median absolute deviations from the median is not skin's: of hue and saturation, and of the difference from what
 * is around. Hatching is how skin is drawn, and makes the deviations of a drawing large.
 */
const UNLIKE = { colour: 7, detail: 9 } as const;
/** Least deviations (L*a*b*): smooth skin has hardly any. */
const LEAST = { colour: 3, detail: 1.2 } as const;
/** Sigma (eye distances) of what is around. */
const AROUND = 0.04;

/** Skin where it is like skin. @param features 0..1: eyes, brows, nose and mouth, which stay as they are */
export function cleanSkin(skin: Plane, { l, a, b }: LabPlanes, features: Plane, interocular: number): Plane {
  const sure: number[] = [];
  for (let i = 0; i < skin.data.length; i += 2) {
    if (skin.data[i] > SURE && features.data[i] < FEATURE) sure.push(i);
  }
  if (sure.length < 50) return skin;
  const around = gaussianBlur(l, AROUND * interocular);
  const detail = { ...l, data: l.data.map((value, i) => value - around.data[i]) };
  const tests = [
    { ...rangeOf(a, sure, LEAST.colour), most: UNLIKE.colour },
    { ...rangeOf(b, sure, LEAST.colour), most: UNLIKE.colour },
    { ...rangeOf(detail, sure, LEAST.detail), most: UNLIKE.detail },
  ];
  const strange = skin.data.map((_, i) =>
    features.data[i] < FEATURE && tests.some((t) => Math.abs(t.data[i] - t.middle) > t.most * t.deviation)
      ? 1
      : 0,
  );
  const near = gaussianBlur({ ...skin, data: strange }, Math.max(0.5, 0.01 * interocular));
  return { ...skin, data: skin.data.map((value, i) => value * Math.max(0, 1 - 2 * near.data[i])) };
}

function rangeOf({ data }: Plane, sure: readonly number[], least: number) {
  const middle = median(sure.map((i) => data[i]));
  return { data, middle, deviation: Math.max(least, median(sure.map((i) => Math.abs(data[i] - middle)))) };
}

const median = (values: readonly number[]): number => Float32Array.from(values).sort()[values.length >> 1];
