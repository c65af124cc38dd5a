/** How far a result is from the approved one, region by region. */
import { gaussianBlur } from '../../models/image/blur.ts';
import { type LabPlanes, labPlanes } from '../../models/image/colour.ts';
import { decimate } from '../../models/image/decimate.ts';
import { createPlane, type Picture, type Plane } from '../../models/image/picture.ts';
import { ssimMap } from '../../models/image/ssim.ts';
import { REGIONS, type Region } from './regions.ts';

export const MEASURES = ['structure', 'colour', 'texture'] as const;
export type Measure = (typeof MEASURES)[number];

export interface Difference {
  readonly region: Region;
  readonly measure: Measure;
  readonly value: number;
  readonly limit: number;
}

/**
 * `structure`: 1 - SSIM of lightness at half the size. `colour`: mean ΔE (CIE76) of both pictures blurred by `SOFT`.
 * `texture`: the largest of three octaves' change of contrast (log2 of the ratio of RMS lightness).
 * The limits are half as much again as the largest that another seed makes of any pair; see README.md.
 */
export const LIMITS: Readonly<Record<Region, Readonly<Record<Measure, number>>>> = {
  ground: { structure: 0.05, colour: 2, texture: 0.2 },
  face: { structure: 0.3, colour: 6, texture: 0.2 },
  hair: { structure: 0.5, colour: 5, texture: 0.3 },
  clothes: { structure: 0.8, colour: 5, texture: 0.4 },
};

/** px; strokes may lie elsewhere, colours may not. */
const SOFT = 4;
/** px: borders of the octaves of `texture`. */
const OCTAVES = [0, 1, 2, 4];
/** L*: contrasts fainter than this are noise. */
const FAINTEST = 0.3;
/** A smaller share of the picture is not judged. */
const SMALLEST = 0.02;
/** The finest detail is left to `texture`. */
const SHRINK = 2;

/** Differences of every region that is large enough, those beyond their limit first. */
export function compare(
  result: Picture,
  approved: Picture,
  regions: Readonly<Record<Region, Plane>>,
): Difference[] {
  const planes = [result, approved].map((picture) => labPlanes(overGrey(picture))) as [LabPlanes, LabPlanes];
  const structure = structureMap(planes[0].l, planes[1].l);
  const colour = colourDistance(planes[0], planes[1]);
  const octaves = planes.map(({ l }) => splitOctaves(l));
  const differences = REGIONS.filter((region) => meanOf(regions[region]) >= SMALLEST).flatMap((region) => {
    const mask = regions[region];
    const values: Record<Measure, number> = {
      structure: meanOf(structure, decimate(mask, SHRINK)),
      colour: meanOf(colour, mask),
      texture: Math.max(...octaves[0].map((octave, k) => contrastChange(octave, octaves[1][k], mask))),
    };
    return MEASURES.map((measure) => ({
      region,
      measure,
      value: values[measure],
      limit: LIMITS[region][measure],
    }));
  });
  return differences.sort((one, other) => other.value / other.limit - one.value / one.limit);
}

export const beyondLimits = (differences: readonly Difference[]): Difference[] =>
  differences.filter(({ value, limit }) => !(value <= limit));

/** Mean ΔE of each pixel. */
export function colourDistance(one: LabPlanes, other: LabPlanes, soft = SOFT): Plane {
  const channels = (['l', 'a', 'b'] as const).map((channel) =>
    [one, other].map((lab) => gaussianBlur(lab[channel], soft).data),
  );
  const out = createPlane(one.l.width, one.l.height);
  for (let i = 0; i < out.data.length; i++)
    out.data[i] = Math.hypot(...channels.map(([p, q]) => p[i] - q[i]));
  return out;
}

/** What is transparent shows as grey, which no reference's ground is. */
export function overGrey(picture: Picture): Picture {
  const data = picture.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] / 255;
    for (let c = i; c < i + 3; c++) data[c] = 128 + alpha * (data[c] - 128);
    data[i + 3] = 255;
  }
  return { ...picture, data };
}

/** 1 - SSIM at half the size; the border, where no window fits, counts as alike. */
function structureMap(one: Plane, other: Plane): Plane {
  const byte = (plane: Plane) => decimate({ ...plane, data: plane.data.map((l) => l * 2.55) }, SHRINK);
  const [a, b] = [byte(one), byte(other)];
  const map = ssimMap(a, b);
  const border = (a.width - map.width) / 2;
  const out = createPlane(a.width, a.height);
  for (let i = 0; i < map.data.length; i++) {
    const [x, y] = [i % map.width, Math.floor(i / map.width)];
    out.data[(y + border) * out.width + x + border] = 1 - map.data[i];
  }
  return out;
}

function splitOctaves(lightness: Plane): Plane[] {
  const blurred = OCTAVES.map((sigma) => gaussianBlur(lightness, sigma));
  return blurred.slice(1).map((coarse, k) => ({
    ...coarse,
    data: coarse.data.map((value, i) => blurred[k].data[i] - value),
  }));
}

function contrastChange(one: Plane, other: Plane, mask: Plane): number {
  const [p, q] = [one, other].map((octave) => {
    const squares = { ...octave, data: octave.data.map((value) => value * value) };
    return Math.sqrt(meanOf(squares, mask)) + FAINTEST;
  });
  return Math.abs(Math.log2(p / q));
}

/** Weighted by a mask where there is one. */
function meanOf({ data }: Plane, mask?: Plane): number {
  let [sum, weight] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    const share = mask ? mask.data[i] : 1;
    sum += share * data[i];
    weight += share;
  }
  return sum / weight;
}
