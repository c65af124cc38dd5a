/** Takes specks out of label maps: what a narrow brush or a frayed edge leaves behind. */
import type { ParsingClass } from '../../models/face/parsing-classes.ts';
import { classNumber } from './classes.ts';
import type { LabelMap } from './label-map.ts';

/** Smaller islands (px) of these go; all else may be small. Looked for on the first thirty maps. */
const LEAST = 24;
const AREAS: readonly ParsingClass[] = [
  'background',
  'hair',
  'facialHair',
  'faceSkin',
  'bodySkin',
  'headwear',
  'clothes',
];

/** Each small island takes the label that most of its border touches. */
export function removeIslands({ width, height, data }: LabelMap): LabelMap {
  const out = data.slice();
  const seen = new Uint8Array(data.length);
  const areas = new Set(AREAS.map(classNumber));
  for (let start = 0; start < data.length; start++) {
    if (seen[start] || !areas.has(data[start])) continue;
    const { island, touched } = floodFill({ width, height, data }, start, seen);
    if (island.length >= LEAST || touched.size === 0) continue;
    const [label] = [...touched].reduce((best, one) => (one[1] > best[1] ? one : best));
    for (const i of island) out[i] = label;
  }
  return { width, height, data: out };
}

/** The pixels of one label that hang together with `start`, and how often they touch which others. */
function floodFill({ width, height, data }: LabelMap, start: number, seen: Uint8Array) {
  const island = [start];
  const touched = new Map<number, number>();
  seen[start] = 1;
  for (let n = 0; n < island.length; n++) {
    const i = island[n];
    const x = i % width;
    const y = (i - x) / width;
    for (const [j, isInside] of [
      [i - 1, x > 0],
      [i + 1, x < width - 1],
      [i - width, y > 0],
      [i + width, y < height - 1],
    ] as const) {
      if (!isInside) continue;
      if (data[j] !== data[start]) touched.set(data[j], (touched.get(data[j]) ?? 0) + 1);
      else if (!seen[j]) {
        seen[j] = 1;
        island.push(j);
      }
    }
  }
  return { island, touched };
}
