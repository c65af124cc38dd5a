/** The colours of one person's skin, hair and clothes, and what they say of the head. */

import type { FacePositions } from '../face/face-frame.ts';
import type { Plane } from '../image/picture.ts';
import { type ColourMixture, type ColourSamples, density, fitMixture } from './colour-mixture.ts';
import { isBare, type Scalp } from './scalp.ts';
import type { Head } from './segment-priors.ts';

/** Null where there is nothing to learn the colours from. */
export type SegmentModels = Readonly<Record<'skin' | 'hair' | 'clothes', ColourMixture | null>>;

/** Gaussians a segment. */
const COMPONENTS = 4;
/** A pixel surer than this is person, and surer than that of one segment. */
const SURE_PERSON = 0.8;
const SURE_SEGMENT = 0.6;
/** Colours rarer than all but this share of a segment's own are unlike it. */
const ORDINARY = 0.97;
/** A head above the face of which no more than this share is unlike skin looks like skin. */
const LEAST_HAIR = 0.22;
/** Steps of shine that are imagined on the cheeks: this much lighter and this share paler each. */
const SHINE = [0, 1, 2];
const LIGHTER = 12;
const PALER = 0.1;
/** Heights beside the face at which hair hangs, if it does, and how high each is. */
const BESIDE = [-0.05, 0.12, 0.29];
const BAND = 0.15;
/** Of the pixels beside the face this share is hair on a head whose hair may hang, and on one whose hair does. */
const HANGS = { perhaps: 0.25, surely: 0.55 } as const;

/** Fitted where each segment is nearly certain to be; a bare scalp has no hair. */
export function firstModels(
  colours: ColourSamples,
  person: Plane,
  { x, y, radius }: FacePositions,
  scalp: Scalp | null,
): SegmentModels {
  const where = (test: (px: number, py: number, r: number) => boolean, least = 0.9): number[] => {
    const found: number[] = [];
    for (let i = 0; i < person.data.length; i++) {
      if (person.data[i] >= least && test(Math.abs(x.data[i]), y.data[i], radius.data[i])) found.push(i);
    }
    return found;
  };
  const cheeks = where((_, py, r) => r < 0.85 && py > -0.02 && py < 0.2, 0);
  const skin = fitSkin(colours, cheeks);
  const isUnlikeSkin = isUnlike(skin, colours, cheeks);
  const crown = where((_, py, r) => r > 1.12 && r < 1.6 && py < -0.3);
  const looksLikeSkin = crown.filter(isUnlikeSkin).length <= LEAST_HAIR * crown.length;
  const hasHair = scalp ? !isBare(scalp, looksLikeSkin) : !looksLikeSkin;
  const sides = where((_, py, r) => r > 1.15 && r < 1.6 && py < 0.1).filter(isUnlikeSkin);
  const hair = hasHair ? fitMixture(colours, sides, COMPONENTS) : null;
  const isUnlikeHair = isUnlike(hair, colours, sides);
  const below = where((px, py) => py > 0.5 && (py > 0.8 || px > 0.3));
  const dressed = below.filter((i) => isUnlikeSkin(i) && isUnlikeHair(i));
  return { skin, hair, clothes: fitMixture(colours, dressed, COMPONENTS) };
}

/** Skin shines: what is lighter and paler than the cheeks is as much skin as they are. */
function fitSkin({ channels: [l, a, b] }: ColourSamples, cheeks: readonly number[]): ColourMixture | null {
  const lit = SHINE.flatMap((steps) => cheeks.map((i) => [i, steps] as const));
  const shining: ColourSamples = {
    channels: [
      Float32Array.from(lit, ([i, steps]) => l[i] + LIGHTER * steps),
      Float32Array.from(lit, ([i, steps]) => a[i] * (1 - PALER * steps)),
      Float32Array.from(lit, ([i, steps]) => b[i] * (1 - PALER * steps)),
    ],
  };
  return fitMixture(shining, [...lit.keys()], COMPONENTS);
}

/** Tells what is less likely under a mixture than nearly all of the pixels that it was fitted to. */
function isUnlike(
  mixture: ColourMixture | null,
  colours: ColourSamples,
  own: readonly number[],
): (i: number) => boolean {
  if (!mixture) return () => true;
  const densities = Float64Array.from(own, (i) => density(mixture, colours, i)).sort();
  const least = densities[Math.floor((1 - ORDINARY) * densities.length)];
  return (i) => density(mixture, colours, i) < least;
}

/** What must be known of a head to say where its hair may be. */
export function headOf(
  { skin, hair }: SegmentModels,
  colours: ColourSamples,
  person: Plane,
  { x, y, radius, brows }: FacePositions,
): Head {
  const isHairy = (i: number) =>
    person.data[i] > SURE_PERSON && density(hair, colours, i) > density(skin, colours, i);
  const hairiness = (side: number, top: number) => {
    let [all, hairy] = [0, 0];
    for (let i = 0; i < person.data.length; i++) {
      const [px, py, r] = [x.data[i] * side, y.data[i], radius.data[i]];
      if (px <= 0 || py < top || py > top + BAND || r < 1.1 || r > 1.4) continue;
      all++;
      if (isHairy(i)) hairy++;
    }
    return hair && all > 0 ? hairy / all : 0;
  };
  // Hair that hangs does so from ear to jaw; a collar is only at the jaw.
  const hangs = (side: number) => {
    const least = Math.min(...BESIDE.map((top) => hairiness(side, top)));
    return Math.min(1, Math.max(0, (least - HANGS.perhaps) / (HANGS.surely - HANGS.perhaps)));
  };
  return { isBald: hair === null, brows, hangsLeft: hangs(-1), hangsRight: hangs(1) };
}

/** The mixtures of the segments found; a segment that has vanished keeps its model. */
export function refitModels(
  models: SegmentModels,
  shares: readonly Plane[],
  colours: ColourSamples,
  person: Plane,
): SegmentModels {
  const members: number[][] = shares.map(() => []);
  for (let i = 0; i < person.data.length; i++) {
    if (person.data[i] < SURE_PERSON) continue;
    for (const [k, share] of shares.entries()) if (share.data[i] > SURE_SEGMENT) members[k].push(i);
  }
  const [skin, hair, clothes] = members.map((own) => fitMixture(colours, own, COMPONENTS));
  return {
    skin: skin ?? models.skin,
    hair: models.hair && (hair ?? models.hair),
    clothes: clothes ?? models.clothes,
  };
}
