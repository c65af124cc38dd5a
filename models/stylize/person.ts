/** One person painted from the reference: guides, the painter, likeness. */
import { gaussianBlur } from '../image/blur.ts';
import { type LabPlanes, mapLab, pictureFromLab } from '../image/colour.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import type { PositionMap } from '../synthesis/moving-least-squares.ts';
import { type Painted, type PaintOptions, type PaintTarget, paint } from '../synthesis/painter.ts';
import type { Canvas } from './canvas.ts';
import { groundPositions, guidePositions, positionWeight } from './guide-positions.ts';
import { mix, SKIN } from './guides.ts';
import { fieldPicture, greyPicture, regionsPicture } from './inspection.ts';
import { type Correct, createCorrection, findLines, grow } from './likeness.ts';
import type { Parameters } from './parameters.ts';
import { dominantMaterials, personGuides } from './person-guides.ts';
import { measurePerson, type PersonStatistics } from './person-statistics.ts';
import { type PersonPlan, showsFace } from './plan.ts';
import { poseFallback } from './pose.ts';
import type { Inspect, Stage } from './settings.ts';
import { type Silhouette, warpPlane, wearReference } from './silhouette.ts';
import { type Tones, unmatchedTones, wantedTones } from './wanted-tones.ts';

export interface PaintedPerson {
  readonly lab: LabPlanes;
  /** 0..1: where it is painted, the person and a rim of what stands behind. */
  readonly coverage: Plane;
  /** The person with what is worn; null where hair and clothes are the person's own. */
  readonly silhouette: Silhouette | null;
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
