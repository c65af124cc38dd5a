/** How far a result is from the approved one, region by region. */
import { gaussianBlur } from '../../models/image/blur.ts';
import { type LabPlanes, labPlanes } from '../../models/image/colour.ts';
import { decimate } from '../../models/image/decimate.ts';
import { createPlane, type Picture, type Plane } from '../../models/image/picture.ts';
import { ssimMap } from '../../models/image/ssim.ts';
import { REGIONS, type Region } from './regions.ts';

/**
 * `structure`: 1 - SSIM of lightness at half the size. `colour`: mean ΔE (CIE76) of both pictures blurred by `SOFT`.
 * `cast`: ΔE of the two mean colours. `texture`: the largest of three octaves' change of contrast (log2 of the ratio of
 * RMS lightness).
 */
export const MEASURES = ['structure', 'colour', 'cast', 'texture'] as const;
export type Measure = (typeof MEASURES)[number];
export type Measured = Readonly<Record<Measure, number>>;
/** Without the regions that are too small to be judged. */
export type Differences = Readonly<Partial<Record<Region, Measured>>>;

export interface Failure {
  readonly region: Region;
  readonly measure: Measure;
  readonly value: number;
  readonly limit: number;
}

/** px; strokes may lie elsewhere, colours may not. */
const SOFT = 4;
/** px: borders of the octaves of `texture`. */
const OCTAVES = [0, 1, 2, 4];
/** L*: contrasts fainter than this are noise. */
const FAINTEST = 0.3;
/** px: a smaller region is not judged; two eyes are some 200. */
const SMALLEST = 100;
/** The finest detail is left to `texture`. */
const SHRINK = 2;

export function compare(
  result: Picture,
  approved: Picture,
  regions: Readonly<Record<Region, Plane>>,
): Differences {
  const [one, other] = [result, approved].map((picture) => labPlanes(overGrey(picture)));
  const structure = structureMap(one.l, other.l);
  const colour = colourDistance(one, other);
  const octaves = [one, other].map(({ l }) => splitOctaves(l));
  const measure = (mask: Plane): Measured => ({
    structure: meanOf(structure, decimate(mask, SHRINK)),
    colour: meanOf(colour, mask),
    cast: Math.hypot(...CHANNELS.map((channel) => meanOf(one[channel], mask) - meanOf(other[channel], mask))),
    texture: Math.max(...octaves[0].map((octave, k) => contrastChange(octave, octaves[1][k], mask))),
  });
  const judged = REGIONS.filter((region) => areaOf(regions[region]) >= SMALLEST);
  return Object.fromEntries(judged.map((region) => [region, measure(regions[region])]));
}

/** A pair may differ by so many times as much as another seed makes of it, */
const FACTOR = 2;
/** and by this, for compression and where another seed changes next to nothing. See README.md. */
const FLOORS: Measured = { structure: 0.03, colour: 0.6, cast: 0.4, texture: 0.06 };

/** What differs more than it may, worst first. @param variation what another seed makes of the pair */
export function findFailures(differences: Differences, variation: Differences): Failure[] {
  const failures = REGIONS.flatMap((region) =>
    MEASURES.map((measure) => ({
      region,
      measure,
      value: differences[region]?.[measure] ?? 0,
      limit: FLOORS[measure] + FACTOR * (variation[region]?.[measure] ?? 0),
    })),
  ).filter(({ value, limit }) => !(value <= limit));
  return failures.sort((one, other) => other.value / other.limit - one.value / one.limit);
}

const CHANNELS = ['l', 'a', 'b'] as const;

/** Mean ΔE of each pixel. */
export function colourDistance(one: LabPlanes, other: LabPlanes, soft = SOFT): Plane {
  const channels = CHANNELS.map((channel) =>
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

/** Squared lightness of each octave, so that its mean is a contrast. */
function splitOctaves(lightness: Plane): Plane[] {
  const blurred = OCTAVES.map((sigma) => gaussianBlur(lightness, sigma));
  return blurred.slice(1).map((coarse, k) => ({
    ...coarse,
    data: coarse.data.map((value, i) => (blurred[k].data[i] - value) ** 2),
  }));
}

function contrastChange(one: Plane, other: Plane, mask: Plane): number {
  const [p, q] = [one, other].map((squares) => Math.sqrt(meanOf(squares, mask)) + FAINTEST);
  return Math.abs(Math.log2(p / q));
}

const areaOf = ({ data }: Plane): number => data.reduce((sum, value) => sum + value, 0);

function meanOf({ data }: Plane, mask: Plane): number {
  let [sum, area] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    sum += mask.data[i] * data[i];
    area += mask.data[i];
  }
  return sum / area;
}
