/** The lightness that a person is to have: the reference's, with a share of the person's own. */
import { gaussianBlur } from '../image/blur.ts';
import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { smoothstep } from '../image/smoothstep.ts';
import { weightedMean } from '../image/weighted-mean.ts';
import type { Canvas } from './canvas.ts';
import { type ColourStatistics, colouredness } from './colour-transport.ts';
import { MATERIALS, mix, SKIN } from './guides.ts';
import type { Parameters } from './parameters.ts';
import type { PersonStatistics } from './person-statistics.ts';
import type { ReferenceView } from './reference-view.ts';
import { matchLightness } from './tone.ts';
import { quantile, totalOf } from './tone-curve.ts';

export interface Tones {
  /** What guides compare: with the reference's distribution of lightness, half of it with the person's own kept. */
  readonly guided: Plane;
  /** What the result should have. */
  readonly wanted: Plane;
}

/**
 * The share (0..1) of its own tone that skin keeps. Where the reference's skin is bare paper, keeping a tone means to
 * cover the paper, so in the middle of the range a drawing keeps less than a painting.
 */
function keptSkinTone(tone: number, skin: ColourStatistics): number {
  const coloured = colouredness(skin);
  return tone * (coloured + (1 - coloured) * tone);
}

/**
 * So much (L*) beyond nearly all of the reference's tones begins what it has no hair or cloth for, and is surely that:
 * white shirts before dark costumes, black suits before bare paper, white hair, black beards.
 */
const UNMATCHED = {
  hair: { begins: 24, surely: 44 },
  clothes: { begins: 12, surely: 28 },
  share: 0.95,
} as const;

/** 0..1: hair and clothes lighter or darker than any of the reference; any of the reference may paint them. */
export function unmatchedTones({ lab, regions, width, height }: Canvas, view: ReferenceView): Plane {
  const out = createPlane(width, height);
  const soft = gaussianBlur(lab.l, 1.5);
  for (const name of ['hair', 'clothes'] as const) {
    const tones = view.tones[view.substitutes[MATERIALS.indexOf(name)]];
    if (totalOf(tones) === 0) continue;
    const { begins, surely } = UNMATCHED[name];
    const [lightest, darkest] = [quantile(tones, UNMATCHED.share), quantile(tones, 1 - UNMATCHED.share)];
    for (let i = 0; i < out.data.length; i++) {
      const beyond = Math.max(soft.data[i] - lightest, darkest - soft.data[i]) - begins;
      out.data[i] += regions[name].data[i] * smoothstep(beyond / (surely - begins));
    }
  }
  return out;
}

export function wantedTones(
  canvas: Canvas,
  view: ReferenceView,
  ground: LabPlanes,
  unmatched: Plane,
  statistics: PersonStatistics,
  p: Parameters,
): Tones {
  const { lab, regions, matte, width, height } = canvas;
  const references = view.substitutes.map((material) => view.tones[material]);
  const kept = {
    skin: keptSkinTone(p.skinTone, view.colours[SKIN]),
    hair: p.hairTone,
    clothes: p.clothesTone,
  };
  const { matched, wanted } = matchLightness(lab.l, regions, statistics.tones, references, kept);
  for (const tones of [matched, wanted]) {
    for (let i = 0; i < unmatched.data.length; i++)
      tones.data[i] += unmatched.data[i] * (lab.l.data[i] - tones.data[i]);
    keepContrast(tones, canvas);
  }
  const half = mix(matched, wanted, createPlane(width, height, 0.5));
  return {
    guided: mix(ground.l, gaussianBlur(half, 1), matte),
    wanted: mix(ground.l, wanted, matte),
  };
}

/** Lightest tone (L*) of a beard. */
const LIGHTEST_BEARD = 96;

/** Hair on a face and what covers it stay as much darker or lighter than its skin as they were, in proportion. */
function keepContrast(tones: Plane, { lab, regions }: Canvas): void {
  const cover = regions.covered.plane?.data;
  const skin = { ...tones, data: regions.skin.data.map((share, i) => share * regions.face.data[i]) };
  const ratio = weightedMean(tones, skin) / Math.max(1, weightedMean(lab.l, skin));
  for (let i = 0; i < tones.data.length; i++) {
    const own = Math.min(LIGHTEST_BEARD, ratio * lab.l.data[i]);
    tones.data[i] += Math.max(regions.facialHair.data[i], cover?.[i] ?? 0) * (own - tones.data[i]);
  }
}
