/** What is asked of the painter at each pixel of a person: lightness, colour, material. */
import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import type { Canvas } from './canvas.ts';
import { colourTransport } from './colour-transport.ts';
import { abstractLightness, guidePlanes, MATERIALS, mix } from './guides.ts';
import type { Parameters } from './parameters.ts';
import type { PersonStatistics } from './person-statistics.ts';
import type { PersonPlan } from './plan.ts';
import type { ReferenceView } from './reference-view.ts';
import type { Tones } from './wanted-tones.ts';

export function personGuides(
  canvas: Canvas,
  { style: { kernels }, view }: PersonPlan,
  tones: Tones,
  ground: LabPlanes,
  { labels, unmatched }: { readonly labels: Uint8Array; readonly unmatched: Plane },
  statistics: PersonStatistics,
  p: Parameters,
): Plane[] {
  const { width, height, regions, interocular } = canvas;
  const abstraction = abstractLightness(kernels, tones.guided, regions.features, interocular, p);
  // A beard is painted from a beard where the reference has one, else from skin or hair as light as it is.
  const none = createPlane(width, height);
  const [facialHair, unlike] = view.hasFacialHair ? [regions.facialHair, none] : [none, regions.facialHair];
  const cover = regions.covered.plane ?? none;
  const asked = MATERIALS.map((_, material) => {
    const plane = askedFor(material, labels, view, unmatched, unlike);
    return mix(plane, createPlane(width, height, OF_PERSON[material]), cover);
  });
  const colour = transportedColour(canvas, view, ground, unmatched, statistics);
  return guidePlanes(abstraction, colour, asked, { ...regions, facialHair }, interocular, p);
}

/** Shares of MATERIALS that are asked for where anything will do: white cloth may be bare paper, hair is never the ground. */
const [OF_ALL, OF_PERSON] = [
  [0.25, 0.25, 0.25, 0.25],
  [0, 1 / 3, 1 / 3, 1 / 3],
] as const;
const ANYTHING = [OF_ALL, OF_ALL, OF_PERSON, OF_ALL] as const;
/** The same where a beard grows and the reference has none. */
const BEARD = [0, 0.5, 0.5, 0] as const;

/**
 * Where a material is asked for.
 * @param unmatched 0..1: where anything will do
 * @param beard 0..1: where one grows that the reference does not have
 */
function askedFor(
  material: number,
  labels: Uint8Array,
  view: ReferenceView,
  unmatched: Plane,
  beard: Plane,
): Plane {
  const out = createPlane(unmatched.width, unmatched.height);
  const isAsked = view.substitutes.map((substitute) => (substitute === material ? 1 : 0));
  for (let i = 0; i < out.data.length; i++) {
    const is = isAsked[labels[i]];
    const free = is + unmatched.data[i] * (ANYTHING[labels[i]][material] - is);
    out.data[i] = free + beard.data[i] * (BEARD[material] - free);
  }
  return out;
}

/** For each pixel the number in MATERIALS that it mostly is. */
export function dominantMaterials({ regions: { background, skin, hair, clothes } }: Canvas): Uint8Array {
  const labels = new Uint8Array(skin.data.length);
  for (let i = 0; i < labels.length; i++) {
    const [s, h, c] = [skin.data[i], hair.data[i], clothes.data[i]];
    labels[i] = background.data[i] > 0.5 ? 0 : s >= h && s >= c ? 1 : h >= c ? 2 : 3;
  }
  return labels;
}

/** Pixels of a material, at the least, whose colours are worth matching. */
const FEWEST = 200;
/** A share of a pixel below which a material does not colour it. */
const FAINTEST = 0.004;

/** a and b of the portrait, brought to the reference's colours material by material. */
function transportedColour(
  canvas: Canvas,
  view: ReferenceView,
  ground: LabPlanes,
  unmatched: Plane,
  { colours: own }: PersonStatistics,
): { a: Plane; b: Plane } {
  const { width, height, lab, regions } = canvas;
  const [a, b] = [createPlane(width, height), createPlane(width, height)];
  MATERIALS.forEach((name, k) => {
    const shares = regions[name].data;
    const to = view.colours[view.substitutes[k]];
    const isEnough = Math.min(own[k].weight, to.weight) > FEWEST;
    const map = k > 0 && isEnough ? colourTransport(own[k], to) : null;
    for (let i = 0; i < shares.length; i++) {
      const share = shares[i];
      if (share < FAINTEST) continue;
      const colour = map?.(lab.l.data[i], lab.a.data[i], lab.b.data[i]);
      a.data[i] += share * (colour ? colour[1] : ground.a.data[i]);
      b.data[i] += share * (colour ? colour[2] : ground.b.data[i]);
    }
  });
  for (let i = 0; i < unmatched.data.length; i++) {
    a.data[i] += unmatched.data[i] * (lab.a.data[i] - a.data[i]);
    b.data[i] += unmatched.data[i] * (lab.b.data[i] - b.data[i]);
  }
  return { a, b };
}
