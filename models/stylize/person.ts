/** One person painted from the reference: guides, the painter, likeness. */
import { gaussianBlur } from '../image/blur.ts';
import { type LabPlanes, mapLab, pictureFromLab } from '../image/colour.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { smoothstep } from '../image/smoothstep.ts';
import { movingLeastSquares, type PositionMap } from '../synthesis/moving-least-squares.ts';
import { type Painted, type PaintOptions, type PaintTarget, paint } from '../synthesis/painter.ts';
import type { Canvas } from './canvas.ts';
import { type ColourStatistics, colouredness, colourTransport } from './colour-transport.ts';
import { abstractLightness, guidePlanes, MATERIALS, mix } from './guides.ts';
import { fieldPicture, greyPicture, regionsPicture } from './inspection.ts';
import { type Correct, createCorrection, findLines, grow } from './likeness.ts';
import type { Parameters } from './parameters.ts';
import { type PersonPlan, showsFace } from './plan.ts';
import { poseFallback } from './pose.ts';
import { materialColours, type ReferenceView } from './reference.ts';
import type { Inspect, Stage } from './settings.ts';
import { type Silhouette, warpPlane, wearReference } from './silhouette.ts';
import { matchLightness, measureTones } from './tone.ts';
import { type LightnessHistogram, lightnessHistogram, quantile } from './tone-curve.ts';

export interface PaintedPerson {
  readonly lab: LabPlanes;
  /** 0..1: where it is painted, the person and a rim of what stands behind. */
  readonly coverage: Plane;
  /** The person with what is worn; null where hair and clothes are the person's own. */
  readonly silhouette: Silhouette | null;
}

/** What of a person is measured once where several pictures show it, so that all are painted alike. */
export interface PersonStatistics {
  /** In the order of MATERIALS. */
  readonly tones: readonly LightnessHistogram[];
  readonly colours: readonly ColourStatistics[];
}

export function measurePerson(
  { lab, regions, landmarks, matte }: Canvas,
  { isTexture }: ReferenceView,
): PersonStatistics {
  return {
    // A texture has one distribution for all, so that what is darker in the person stays darker.
    tones: isTexture
      ? MATERIALS.map(() => lightnessHistogram(lab.l, matte))
      : measureTones(lab.l, regions, landmarks),
    colours: materialColours(lab, regions),
  };
}

/** What the painter is asked for one person. */
export interface PersonTask {
  readonly target: PaintTarget;
  readonly options: PaintOptions;
  readonly correct: Correct;
  readonly silhouette: Silhouette | null;
  readonly tones: Tones;
  /** Of each pixel its place in the reference, by the landmarks alone. */
  readonly positions: PositionMap;
}

/**
 * @param ground what stands behind the person, at the canvas's size
 * @param shape 0..1, see `wearReference`
 * @param statistics of this canvas, or of the one that this one continues
 */
export function preparePerson(
  canvas: Canvas,
  plan: PersonPlan,
  ground: LabPlanes,
  shape: number,
  p: Parameters,
  statistics: PersonStatistics = measurePerson(canvas, plan.view),
): PersonTask {
  const { view, style } = plan;
  const { width, height, interocular } = canvas;
  const labels = dominantMaterials(canvas);
  const positions = guidePositions(canvas, view);
  const silhouette = shape > 0 ? wearReference(canvas, view, positions, shape) : null;
  const matte = silhouette?.matte ?? canvas.matte;
  const unmatched = unmatchedTones(canvas, view);
  const tones = wantedTones(canvas, view, ground, unmatched, statistics, p);
  const own = personGuides(canvas, plan, tones, ground, { labels, unmatched }, statistics, p);
  const guides = silhouette
    ? own.map((plane, k) => mix(plane, silhouette.warp(view.guides[k]), silhouette.worn))
    : own;
  const correct = createLikeness(canvas, plan, tones, silhouette, p);
  const target: PaintTarget = {
    lab: ground,
    guides,
    positions: groundPositions(positions, labels, view),
    positionWeight: showsFace(style)
      ? positionWeight(canvas, labels, silhouette, poseFallback(plan.gap), p)
      : createPlane(width, height),
    region: regionOf(matte, p.dilation * interocular),
    anchor: canvas.anchor,
  };
  const options: PaintOptions = {
    weights: {
      style: p.styleWeight,
      positionCap: p.positionCap,
      uniformity: p.uniformity,
      uniformityCap: p.uniformityCap,
    },
    iterations: p.iterations,
    sweeps: p.sweeps,
    searchRadius: p.searchRadius * interocular,
    seed: p.seed,
    corrections: p.corrections,
    correct: (lab) => correct(lab, 'repeated'),
    voteEnergy: p.voteEnergy,
  };
  return { target, options, correct, silhouette, tones, positions };
}

/** From patches to what is shown. */
export function finishPerson(
  { target: { region }, correct, silhouette }: PersonTask,
  painted: Pick<Painted, 'lab'>,
  { width, height, interocular }: Canvas,
): PaintedPerson {
  const coverage = gaussianBlur(
    { width, height, data: Float32Array.from(region) },
    Math.max(0.5, 0.015 * interocular),
  );
  return { lab: correct(painted.lab, 'final'), coverage, silhouette };
}

/** @param ground and @param shape as in `preparePerson` */
export function paintPerson(
  canvas: Canvas,
  plan: PersonPlan,
  ground: LabPlanes,
  shape: number,
  p: Parameters,
  begin: (stage: Stage) => void,
  inspect?: Inspect,
): PaintedPerson {
  begin('guides');
  const { view, style } = plan;
  const task = preparePerson(canvas, plan, ground, shape, p);
  begin('paint');
  const painted = paint(style.kernels, task.target, view.source, task.options);
  const person = finishPerson(task, painted, canvas);
  if (inspect) {
    const { target, tones, positions } = task;
    inspect('1 portrait', pictureFromLab(canvas.lab));
    inspect('2 regions', regionsPicture(canvas.regions));
    inspect('3 reference', pictureFromLab(view.lab));
    inspect('4 regions of the reference', regionsPicture(view.regions));
    inspect('5 guided positions', pictureFromLab(mapLab(view.lab, (plane) => warpPlane(plane, positions))));
    inspect('6 lightness guide', greyPicture(target.guides[0], 0, 100 * p.coarseGuide));
    inspect('7 detail guide', greyPicture(target.guides[1], -40, 40));
    inspect('8 wanted lightness', greyPicture(tones.wanted, 0, 100));
    inspect('9 ground', pictureFromLab(ground));
    inspect('10 field', fieldPicture(painted.field, canvas, view.lab.l));
    inspect('11 painted', pictureFromLab(painted.lab));
    inspect('12 corrected', pictureFromLab(person.lab));
    inspect('13 coverage', greyPicture(person.coverage, 0, 1));
  }
  return person;
}

/** More person than this is painted. */
const FAINT = 0.03;

/** 1 where a person is, grown by so many px. */
function regionOf(matte: Plane, reach: number): Uint8Array {
  const { data } = grow(matte, reach);
  const region = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) region[i] = data[i] > FAINT ? 1 : 0;
  return region;
}

interface Tones {
  /** What guides compare: with the reference's distribution of lightness, half of it with the person's own kept. */
  readonly guided: Plane;
  /** What the result should have. */
  readonly wanted: Plane;
}

const SKIN = MATERIALS.indexOf('skin');

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
 * white shirts before dark costumes, white hair, black beards.
 */
const UNMATCHED = {
  hair: { begins: 24, surely: 44 },
  clothes: { begins: 12, surely: 28 },
  share: 0.95,
} as const;

/** 0..1: hair unlike any of the reference, and clothes lighter than any of it; any of the reference may paint them. */
function unmatchedTones({ lab, regions, width, height }: Canvas, view: ReferenceView): Plane {
  const out = createPlane(width, height);
  const soft = gaussianBlur(lab.l, 1.5);
  for (const name of ['hair', 'clothes'] as const) {
    const tones = view.tones[view.substitutes[MATERIALS.indexOf(name)]];
    const { begins, surely } = UNMATCHED[name];
    if (tones.total === 0) continue;
    const lightest = quantile(tones, UNMATCHED.share);
    const darkest = name === 'hair' ? quantile(tones, 1 - UNMATCHED.share) : 0;
    for (let i = 0; i < out.data.length; i++) {
      const beyond = Math.max(soft.data[i] - lightest, darkest - soft.data[i]) - begins;
      out.data[i] += regions[name].data[i] * smoothstep(beyond / (surely - begins));
    }
  }
  return out;
}

function wantedTones(
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

function weightedMean({ data }: Plane, weights: Plane): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    sum += weights.data[i] * data[i];
    total += weights.data[i];
  }
  return sum / Math.max(1, total);
}

function personGuides(
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

function createLikeness(
  canvas: Canvas,
  { style: { kernels }, view }: PersonPlan,
  { wanted }: Tones,
  silhouette: Silhouette | null,
  p: Parameters,
) {
  const radius = Math.max(2, Math.round(p.featureAbstraction * canvas.interocular));
  const abstract = kernels.kuwahara(wanted, radius, p.abstractionThreshold);
  const lines = findLines(abstract, canvas);
  return createCorrection(
    canvas,
    view.colours[SKIN],
    { tones: wanted, abstract, lines },
    silhouette?.worn ?? null,
    p,
  );
}

/** For each pixel the number in MATERIALS that it mostly is. */
function dominantMaterials({ regions: { background, skin, hair, clothes } }: Canvas): Uint8Array {
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

/** Every fourth point of the mesh is enough for a smooth warp, and four times as fast. */
const LANDMARK_STRIDE = 4;

/** For each pixel of a canvas the place in the view that the landmarks of both give it. */
function guidePositions({ width, height, landmarks }: Canvas, view: ReferenceView): PositionMap {
  const points = { from: sparseLandmarks(landmarks), to: sparseLandmarks(view.landmarks) };
  return movingLeastSquares(width, height, points);
}

/** The ground is told from frame to frame. */
function groundPositions({ x, y }: PositionMap, labels: Uint8Array, view: ReferenceView): PositionMap {
  const { width, height } = x;
  const [sx, sy] = [(view.lab.l.width - 1) / (width - 1), (view.lab.l.height - 1) / (height - 1)];
  const map = { x: { ...x, data: x.data.slice() }, y: { ...y, data: y.data.slice() } };
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      if (labels[i] !== 0) continue;
      map.x.data[i] = column * sx;
      map.y.data[i] = row * sy;
    }
  }
  return map;
}

function sparseLandmarks(landmarks: Float32Array): Float32Array {
  const count = landmarks.length / 3;
  const points = new Float32Array(Math.ceil(count / LANDMARK_STRIDE) * 2);
  for (let k = 0, i = 0; k < count; k += LANDMARK_STRIDE) {
    points[i++] = landmarks[k * 3];
    points[i++] = landmarks[k * 3 + 1];
  }
  return points;
}

/** @param fallback 0..1: how far places on the face give way to texture */
function positionWeight(
  { width, height, regions, interocular }: Canvas,
  labels: Uint8Array,
  silhouette: Silhouette | null,
  fallback: number,
  p: Parameters,
): Plane {
  const face = gaussianBlur(regions.face, 0.1 * interocular);
  const out = createPlane(width, height);
  for (let i = 0; i < out.data.length; i++) {
    const feature = regions.features.data[i] * (1 - fallback);
    const skin = p.toleranceSkin + face.data[i] * (p.toleranceFace - p.toleranceSkin);
    const plain = [p.toleranceGround, skin, p.toleranceElse, p.toleranceElse][labels[i]] * (1 + fallback);
    const own = labels[i] === 0 ? plain : plain + feature * (p.toleranceFeature - plain);
    const worn = silhouette?.worn.data[i] ?? 0;
    const tolerance = own + worn * (p.toleranceWorn - own);
    out.data[i] = p.positionScale / (tolerance * interocular) ** 2;
  }
  return out;
}
