/**
 * One person through a shot. The person is painted on a canvas that moves along, so that on it hardly anything moves:
 * its field of patches stays, and only what has changed is matched again. Each picture is then one interpolation away
 * from the canvas, never from another picture.
 */
import type { Layer } from '../composite/compose.ts';
import { type Face, followFace } from '../face/index.ts';
import { type LabPlanes, labPlanes, mapLab } from '../image/colour.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { type Segments, segmentPortrait } from '../segment/segments.ts';
import { type Canvas, createCanvas } from '../stylize/canvas.ts';
import type { Parameters } from '../stylize/parameters.ts';
import { finishPerson, type PaintedPerson, type PersonTask, preparePerson } from '../stylize/person.ts';
import { measurePerson, type PersonStatistics } from '../stylize/person-statistics.ts';
import { fullSize, isWearable, type PersonPlan, type Place } from '../stylize/plan.ts';
import type { ParsedFace } from '../stylize/portrait-analysis.ts';
import { regionsOf } from '../stylize/regions.ts';
import type { BackgroundMode } from '../stylize/settings.ts';
import { paint } from '../synthesis/painter.ts';
import { type PaintState, paintState, type Repainted, repaint } from '../synthesis/repaint.ts';
import { boilMask } from './boil.ts';
import { holdToFace, moveMap, type ScaledFlow } from './carry.ts';
import { createNodeMap, invertMap, type NodeMap } from './node-map.ts';
import { splineCoefficients } from './spline.ts';
import { follow, followPlane, type Pace } from './temporal-filter.ts';
import { atNodes, canvasLandmarks, reachOf, type Shown, warpIn, warpOut, warpPlane } from './warp.ts';

export interface PersonOptions {
  readonly parameters: Parameters;
  readonly shape: number;
  readonly background: BackgroundMode;
  /** 0..1: share of the patches that is drawn anew every few pictures. */
  readonly boil: number;
}

/** A canvas reaches so far (eye distances) beyond the person in the shot's first picture. */
const REACH = 0.2;
/** Paintings between two looks at which material is where; in between materials move along. */
const SEGMENT_EVERY = 4;
/** How the canvas's own picture (L*a*b*), its masks (0..1) and its landmarks (eye distances) follow the portrait. */
const PACE: Readonly<Record<'colour' | 'mask' | 'landmark', Pace>> = {
  colour: { share: 0.6, still: 2, change: 7 },
  mask: { share: 0.35, still: 0.15, change: 0.6 },
  landmark: { share: 0.5, still: 0.006, change: 0.02 },
};
/** A patch is matched again when its energy has grown by this factor and this much. */
const TOLERANCE = { factor: 1.2, energy: 15 };

export class PersonSequence {
  readonly #plan: PersonPlan;
  readonly #options: PersonOptions;
  readonly #ground: LabPlanes;
  readonly #key: Canvas;
  readonly #statistics: PersonStatistics;
  readonly #shape: number;
  /** Of the canvas into the portrait, and back. */
  #map: NodeMap;
  #inverse: NodeMap | null = null;
  #canvas: Canvas;
  #segments: Segments;
  #state: PaintState | null = null;
  #shown: Shown | null = null;
  /** Pictures, and paintings among them, since the first. */
  #count = 0;
  #paintings = 0;
  /** Share of the patches that the last picture matched again. */
  matchedAgain = 1;

  /** @param groundOf the ground as a canvas shows it */
  constructor(
    portrait: Picture,
    plan: PersonPlan,
    groundOf: (canvas: Canvas) => LabPlanes,
    options: PersonOptions,
  ) {
    this.#plan = plan;
    this.#options = options;
    this.#shape = options.shape > 0 && isWearable(plan) ? options.shape : 0;
    const place = this.#shape > 0 ? plan.wide() : plan.own();
    this.#key = keyCanvas(portrait, plan.face, place);
    this.#canvas = this.#key;
    this.#segments = this.#key.regions;
    this.#ground = groundOf(this.#key);
    this.#statistics = measurePerson(this.#key, plan.view);
    const { rect, scale, width, height } = this.#key;
    this.#map = createNodeMap({ x: 0, y: 0, width, height }, (x, y) => [
      rect.x + (x + 0.5) / scale - 0.5,
      rect.y + (y + 0.5) / scale - 0.5,
    ]);
  }

  /** The shot's first picture. */
  begin(portrait: Picture): Layer {
    const task = this.#prepare();
    const painted = paint(this.#plan.style.kernels, task.target, this.#plan.view.source, task.options);
    this.#state = paintState(painted, task.target);
    this.#keep(finishPerson(task, painted, this.#canvas));
    return this.#show(portrait);
  }

  /** @param matte of the person, at the portrait's size; null where the last painting is only moved along */
  next(portrait: Picture, face: ParsedFace, matte: Plane | null, motion: ScaledFlow): Layer {
    this.#count++;
    this.matchedAgain = 0;
    this.#move(portrait, face, motion);
    if (matte) {
      this.#paintings++;
      this.#look(portrait, face, matte);
      const task = this.#prepare();
      const painted = this.#repaint(task);
      this.#state = painted.state;
      this.matchedAgain = painted.matchedAgain;
      this.#keep(finishPerson(task, painted, this.#canvas));
    }
    return this.#show(portrait);
  }

  /** All that the pictures so far have left behind. */
  save(): PersonMemory {
    return {
      map: this.#map,
      inverse: this.#inverse,
      canvas: this.#canvas,
      segments: this.#segments,
      state: this.#state,
      shown: this.#shown,
      count: this.#count,
      paintings: this.#paintings,
    };
  }

  load(memory: PersonMemory): void {
    this.#map = memory.map;
    this.#inverse = memory.inverse;
    this.#canvas = memory.canvas;
    this.#segments = memory.segments;
    this.#state = memory.state;
    this.#shown = memory.shown;
    this.#count = memory.count;
    this.#paintings = memory.paintings;
  }

  #prepare(): PersonTask {
    return preparePerson(
      this.#canvas,
      this.#plan,
      this.#ground,
      this.#shape,
      this.#options.parameters,
      this.#statistics,
    );
  }

  #repaint(task: PersonTask): Repainted {
    const { width, height, anchor, interocular } = this.#canvas;
    const { boil } = this.#options;
    return repaint(
      this.#plan.style.kernels,
      task.target,
      this.#plan.view.source[0],
      this.#state as PaintState,
      {
        ...task.options,
        tolerance: TOLERANCE,
        redrawn: boilMask({ width, height, anchor, interocular }, this.#paintings, boil),
      },
    );
  }

  #move(portrait: Picture, face: Face, motion: ScaledFlow): void {
    const { interocular, matte, regions } = this.#canvas;
    const moved = moveMap(this.#map, motion, atNodes(matte, this.#map), interocular);
    const centred = (landmarks: Float32Array) =>
      landmarks.map((value, i) => (i % 3 === 2 ? value : value - 0.5));
    const inFace = atNodes(regions.face, this.#map);
    this.#map = holdToFace(moved, inFace, centred(this.#key.landmarks), centred(face.landmarks), interocular);
    const rect = reachOf(this.#map, portrait);
    this.#inverse = invertMap(this.#map, rect, this.#inverse);
  }

  /** What the canvas shows of the next portrait, held steady. */
  #look(portrait: Picture, face: ParsedFace, matte: Plane): void {
    const { scale, lab: before, matte: matteBefore, landmarks: landmarksBefore, interocular } = this.#canvas;
    const inverse = this.#inverse as NodeMap;
    const picture = warpIn(portrait, this.#map, scale);
    const lab = followLab(before, labPlanes(picture));
    const own = followPlane(matteBefore, warpPlane(matte, this.#map), PACE.mask);
    const landmarks = canvasLandmarks(face.landmarks, inverse, scale);
    for (let i = 0; i < landmarks.length; i++)
      landmarks[i] =
        interocular * follow(landmarksBefore[i] / interocular, landmarks[i] / interocular, PACE.landmark);
    if (this.#paintings % SEGMENT_EVERY === 0) {
      const now = segmentPortrait(picture, followFace(face.parsing, landmarks), own);
      const segments = this.#segments;
      this.#segments = {
        background: followPlane(segments.background, now.background, PACE.mask),
        skin: followPlane(segments.skin, now.skin, PACE.mask),
        hair: followPlane(segments.hair, now.hair, PACE.mask),
        clothes: followPlane(segments.clothes, now.clothes, PACE.mask),
        facialHair: followPlane(segments.facialHair, now.facialHair, PACE.mask),
      };
    }
    this.#canvas = {
      ...this.#key,
      lab,
      matte: own,
      landmarks,
      regions: regionsOf(this.#segments, { landmarks, interocular }),
    };
  }

  #keep({ lab, coverage, silhouette }: PaintedPerson): void {
    const matte = silhouette?.matte ?? this.#canvas.matte;
    const alpha = this.#options.background === 'style' ? coverage : matte;
    this.#shown = { lab: mapLab(lab, splineCoefficients), alpha };
  }

  #show(portrait: Picture): Layer {
    this.#inverse ??= invertMap(this.#map, reachOf(this.#map, portrait), null);
    return warpOut(this.#shown as Shown, this.#inverse);
  }
}

/** Plain data, for a run that goes on later. */
export interface PersonMemory {
  readonly map: NodeMap;
  readonly inverse: NodeMap | null;
  readonly canvas: Canvas;
  readonly segments: Segments;
  readonly state: PaintState | null;
  readonly shown: Shown | null;
  readonly count: number;
  readonly paintings: number;
}

function keyCanvas(portrait: Picture, face: ParsedFace, place: Place): Canvas {
  const reach = Math.round(REACH * face.interocular);
  const { x, y, width, height } = place.rect;
  const extent = { x: x - reach, y: y - reach, width: width + 2 * reach, height: height + 2 * reach };
  return createCanvas(portrait, face, extent, fullSize(place, portrait), place.canvas.scale);
}

/** A channel changes where the lightness does. */
function followLab(before: LabPlanes, now: LabPlanes): LabPlanes {
  const { still, change, share } = PACE.colour;
  const out: LabPlanes = { l: { ...now.l }, a: { ...now.a }, b: { ...now.b } };
  for (let i = 0; i < now.l.data.length; i++) {
    const [dl, da, db] = [
      now.l.data[i] - before.l.data[i],
      now.a.data[i] - before.a.data[i],
      now.b.data[i] - before.b.data[i],
    ];
    const size = Math.sqrt(dl * dl + da * da + db * db);
    const t = Math.min(1, Math.max(0, (size - still) / (change - still)));
    const rest = 1 - (share + t * (1 - share));
    out.l.data[i] -= rest * dl;
    out.a.data[i] -= rest * da;
    out.b.data[i] -= rest * db;
  }
  return out;
}
