/**
 * One person through a shot. The person is painted on a canvas that moves along, so that on it hardly anything moves:
 * its field of patches stays, and only what has changed is matched again. Each picture is then one interpolation away
 * from the canvas, never from another picture.
 */
import type { Layer } from '../composite/compose.ts';
import type { Face } from '../face/index.ts';
import { type LabPlanes, mapLab } from '../image/colour.ts';
import type { Picture, Plane } from '../image/picture.ts';
import type { Canvas } from '../stylize/canvas.ts';
import type { Parameters } from '../stylize/parameters.ts';
import { finishPerson, type PaintedPerson, type PersonTask, preparePerson } from '../stylize/person.ts';
import { measurePerson, type PersonStatistics } from '../stylize/person-statistics.ts';
import { isWearable, type PersonPlan, type PersonSize } from '../stylize/plan.ts';
import type { ParsedFace } from '../stylize/portrait-analysis.ts';
import type { PreparedStyle } from '../stylize/reference.ts';
import type { BackgroundMode } from '../stylize/settings.ts';
import { paint } from '../synthesis/painter.ts';
import { type PaintState, paintState, type Repainted, repaint } from '../synthesis/repaint.ts';
import { boilMask } from './boil.ts';
import { holdToFace, moveMap, type ScaledFlow } from './carry.ts';
import { carryState, type Placed } from './carry-state.ts';
import { type Key, keyCanvas, mapOf } from './key-canvas.ts';
import { fade, type Leaving, leave, moveLeaving } from './leaving.ts';
import { isLost } from './lost.ts';
import { hasOutgrown, hasTurned, hasZoomed } from './new-key.ts';
import { invertMap, type NodeMap } from './node-map.ts';
import type { PersonMemory } from './person-memory.ts';
import { splineCoefficients } from './spline.ts';
import { followView } from './steady-view.ts';
import { atNodes, reachOf, type Shown, warpOut } from './warp.ts';

export interface PersonOptions {
  readonly parameters: Parameters;
  readonly shape: number;
  readonly background: BackgroundMode;
  /** 0..1: share of the patches that is drawn anew every few pictures. */
  readonly boil: number;
}

/** What is known of a person in a picture that is painted. */
export interface Seen {
  /** Of the person, at the portrait's size. */
  readonly matte: Plane;
  /** The size that the person would be painted at if the shot began here. */
  readonly size: (style: PreparedStyle) => PersonSize;
  readonly plan: (style: PreparedStyle, size: PersonSize) => PersonPlan;
}

/** Paintings between two looks at which material is where; in between materials move along. */
const SEGMENT_EVERY = 4;
/**
 * A patch is matched again when its energy has grown by this factor and this much, and forgotten when by `otherwise` more.
 * Chosen by eye on FaceBlit's clip: 0 lost the colour of an eye and a shadow below the chin, 60 left a spot there; 200 and 500 did neither.
 */
const TOLERANCE = { factor: 1.2, energy: 15, otherwise: 200 };

export class PersonSequence {
  readonly #options: PersonOptions;
  readonly #groundOf: (canvas: Canvas) => LabPlanes;
  readonly #statistics: PersonStatistics;
  readonly #shape: number;
  #key: Key;
  /** Of the canvas into the portrait, and back. */
  #map: NodeMap;
  #inverse: NodeMap | null = null;
  #canvas: Canvas;
  #state: PaintState | null = null;
  #shown: Shown | null = null;
  #leaving: Leaving | null = null;
  /** Paintings since the first. */
  #paintings = 0;
  /** Share of the patches that the last picture matched again, and whether the canvas was made for it. */
  matchedAgain = 1;
  isNewKey = false;

  /** @param groundOf the ground as a canvas shows it */
  constructor(
    portrait: Picture,
    plan: PersonPlan,
    groundOf: (canvas: Canvas) => LabPlanes,
    options: PersonOptions,
  ) {
    this.#options = options;
    this.#groundOf = groundOf;
    this.#shape = options.shape > 0 && isWearable(plan) ? options.shape : 0;
    this.#key = this.#keyFor(portrait, plan);
    const { canvas } = this.#key;
    this.#statistics = measurePerson(canvas, plan.view);
    this.#canvas = canvas;
    this.#map = mapOf(canvas);
  }

  #keyFor(portrait: Picture, plan: PersonPlan): Key {
    const canvas = keyCanvas(portrait, plan, this.#shape > 0 ? plan.wide() : plan.own());
    return { plan, canvas, ground: this.#groundOf(canvas) };
  }

  /** The shot's first picture. */
  begin(portrait: Picture): Layer {
    const { style, view } = this.#key.plan;
    const task = this.#prepare();
    const painted = paint(style.kernels, task.target, view.source, task.options);
    this.#state = paintState(painted, task.target);
    this.#keep(finishPerson(task, painted, this.#canvas));
    return this.#show(portrait);
  }

  /** @param seen null where the last painting is only moved along */
  next(portrait: Picture, face: ParsedFace, seen: Seen | null, motion: ScaledFlow): Layer {
    [this.matchedAgain, this.isNewKey] = [0, false];
    this.#move(portrait, face, motion);
    if (seen) this.#paint(portrait, face, seen);
    return this.#show(portrait);
  }

  /** Whether the person has moved too far to be followed, or has been covered. */
  isLost(motion: ScaledFlow, face: Face): boolean {
    const [map, { landmarks }] = [this.#map, this.#key.canvas];
    return isLost(motion, { matte: atNodes(this.#canvas.matte, map), map, landmarks }, face);
  }

  #paint(portrait: Picture, face: ParsedFace, seen: Seen): void {
    this.#paintings++;
    const size = this.#newSize(face, seen);
    this.isNewKey = size !== null;
    const before = size ? this.#changeKey(portrait, seen.plan(this.#key.plan.style, size)) : null;
    if (!before) this.#look(portrait, face, seen.matte);
    const task = this.#prepare();
    const painted = this.#repaint(task, before);
    this.#state = painted.state;
    this.matchedAgain = painted.matchedAgain;
    this.#keep(finishPerson(task, painted, this.#canvas));
  }

  /** Of the new canvas that the person needs; null where the one that there is still fits. */
  #newSize(face: Face, seen: Seen): PersonSize | null {
    const { plan, canvas } = this.#key;
    const inFace = atNodes(this.#canvas.regions.face, this.#map);
    const isTurned = hasTurned(canvas.landmarks, face.landmarks, this.#map, inFace, canvas.interocular);
    const isNeeded = isTurned || hasOutgrown(seen.matte, this.#inverse as NodeMap, canvas);
    const isZoomed = hasZoomed(this.#map, canvas.scale);
    if (!isNeeded && !isZoomed) return null;
    const now = seen.size(plan.style);
    if (isZoomed && (isNeeded || now.viewScale !== plan.viewScale)) return now;
    const { viewScale, scale } = plan;
    return isNeeded ? { viewScale, scale, turn: now.turn } : null;
  }

  /** All that the pictures so far have left behind. */
  save(): PersonMemory {
    const { viewScale, turn, scale } = this.#key.plan;
    return {
      size: { viewScale, turn, scale },
      map: this.#map,
      inverse: this.#inverse,
      canvas: this.#canvas,
      state: this.#state,
      shown: this.#shown,
      leaving: this.#leaving,
      paintings: this.#paintings,
    };
  }

  load(memory: PersonMemory): void {
    this.#map = memory.map;
    this.#inverse = memory.inverse;
    this.#canvas = memory.canvas;
    this.#state = memory.state;
    this.#shown = memory.shown;
    this.#leaving = memory.leaving;
    this.#paintings = memory.paintings;
  }

  /** @returns what puts all back to how it is now */
  mark(): () => void {
    const [key, memory] = [this.#key, this.save()];
    return () => {
      this.#key = key;
      this.load(memory);
    };
  }

  /** Before `load`, where the canvas was not that of the first picture. */
  restoreKey(portrait: Picture, seen: Seen, size: PersonSize): void {
    this.#key = this.#keyFor(portrait, seen.plan(this.#key.plan.style, size));
  }

  #prepare(): PersonTask {
    const { plan, ground } = this.#key;
    const { parameters } = this.#options;
    return preparePerson(this.#canvas, plan, ground, this.#shape, parameters, this.#statistics);
  }

  /** @param before the painting on the canvas before, where this is a new one */
  #repaint(task: PersonTask, before: Placed | null): Repainted {
    const { width, height, anchor, interocular } = this.#canvas;
    const { style, view } = this.#key.plan;
    const redrawn = boilMask({ width, height, anchor, interocular }, this.#paintings, this.#options.boil);
    const options = { ...task.options, tolerance: TOLERANCE, redrawn };
    const state = before ? carryState(before, this.#map, view, view.source[0]) : (this.#state as PaintState);
    return repaint(style.kernels, task.target, view.source[0], state, options);
  }

  #move(portrait: Picture, face: Face, motion: ScaledFlow): void {
    const { interocular, matte, regions } = this.#canvas;
    const moved = moveMap(this.#map, motion, atNodes(matte, this.#map), interocular);
    const centred = (landmarks: Float32Array) =>
      landmarks.map((value, i) => (i % 3 === 2 ? value : value - 0.5));
    const inFace = atNodes(regions.face, this.#map);
    const key = centred(this.#key.canvas.landmarks);
    this.#map = holdToFace(moved, inFace, key, centred(face.landmarks), interocular);
    this.#inverse = invertMap(this.#map, reachOf(this.#map, portrait), this.#inverse);
    this.#leaving = moveLeaving(this.#leaving, motion, portrait);
  }

  #look(portrait: Picture, face: ParsedFace, matte: Plane): void {
    const view = { portrait, face, matte, map: this.#map, inverse: this.#inverse as NodeMap };
    const looksAgain = this.#paintings % SEGMENT_EVERY === 0;
    this.#canvas = followView(this.#canvas, view, looksAgain);
  }

  /** The person gets a canvas as this picture shows them. @returns the painting as it is */
  #changeKey(portrait: Picture, plan: PersonPlan): Placed {
    const { width, height, interocular } = this.#canvas;
    const [map, inverse] = [this.#map, this.#inverse as NodeMap];
    const matte = atNodes(this.#canvas.matte, map);
    this.#leaving = leave({ shown: this.#shown as Shown, map, inverse, matte, interocular });
    const { view } = this.#key.plan;
    const before = { state: this.#state as PaintState, width, height, inverse, view };
    this.#key = this.#keyFor(portrait, plan);
    this.#canvas = this.#key.canvas;
    this.#map = mapOf(this.#canvas);
    this.#inverse = null;
    return before;
  }

  #keep({ lab, coverage, silhouette }: PaintedPerson): void {
    const matte = silhouette?.matte ?? this.#canvas.matte;
    const alpha = this.#options.background === 'style' ? coverage : matte;
    this.#shown = { lab: mapLab(lab, splineCoefficients), alpha };
  }

  #show(portrait: Picture): Layer {
    this.#inverse ??= invertMap(this.#map, reachOf(this.#map, portrait), null);
    const layer = warpOut(this.#shown as Shown, this.#inverse);
    return this.#leaving ? fade(layer, this.#leaving) : layer;
  }
}
