/** Paints the pictures of a sequence, one after the other: one plan a shot, one canvas a person. */
import { compose, type Ground, type Layer } from '../composite/compose.ts';
import { LimnerError } from '../errors.ts';
import type { Face, FaceNetworks } from '../face/index.ts';
import { luma } from '../image/luma.ts';
import { createPlane, type Picture, type Plane } from '../image/picture.ts';
import { resizePlane } from '../image/resize.ts';
import type { Canvas } from '../stylize/canvas.ts';
import { divideAmongFaces } from '../stylize/divide-faces.ts';
import { parametersFor } from '../stylize/parameters-for.ts';
import { planRender, planWarnings, type RenderPlan } from '../stylize/plan.ts';
import type { ParsedFace, PortraitAnalysis } from '../stylize/portrait-analysis.ts';
import type { PreparedStyle } from '../stylize/reference.ts';
import { type BackgroundMode, checkOptions, type StylizeOptions } from '../stylize/settings.ts';
import { groundFor, planOptions } from '../stylize/stylize.ts';
import type { TrackedFace } from '../track/index.ts';
import type { ScaledFlow } from './carry.ts';
import { misfitOf, opticalFlow } from './optical-flow.ts';
import { type PersonMemory, PersonSequence } from './person-sequence.ts';
import { type ProportionMemory, ShotProportions } from './shot-proportions.ts';
import { steadyFlow } from './steady-flow.ts';

type ParsedTrackedFace = TrackedFace & ParsedFace;

/** Settings of `stylize` that hold for a whole sequence, and those of sequences alone. */
export interface SequenceOptions
  extends Pick<
    StylizeOptions,
    | 'likeness'
    | 'tone'
    | 'shape'
    | 'strokes'
    | 'proportions'
    | 'exaggerate'
    | 'strength'
    | 'background'
    | 'faces'
    | 'quality'
    | 'parameters'
    | 'signal'
  > {
  /** 0..1: share of the patches that is drawn anew every few pictures, as hand-made animation is. Default 0. */
  readonly boil?: number;
}

/** One picture of a sequence, restyled. */
export interface SequenceFrame {
  /** Of the portrait's exact size. */
  readonly picture: Picture;
  /** The faces that were restyled; empty where none was found. */
  readonly faces: readonly TrackedFace[];
  /** Whether a shot begins. */
  readonly isCut: boolean;
  /** Of a shot's first picture, and what had not been said before. */
  readonly warnings: readonly string[];
  /** 0..1: share of the patches that were matched again. */
  readonly matchedAgain: number;
}

/** Longest side (px) of the copy that motion is found in; at most half of the picture. */
const FLOW_SIZE = 512;
/** Sigma (px of that copy) over which motion is the same where the picture does not tell it. */
const STEADY = 2;
/** Matte below which a pixel is background, as for stills. */
const FLOOR = 0.02;

/** Pictures in a row that may move the last painting along; hand-made animation is drawn "on twos", too. */
const HELD = 1;
/** Share of the people in which motion misses by more than so many grey levels, from which on it is painted anew. */
const CHANGED = { level: 12, share: 0.01 };

interface Shot {
  readonly plan: RenderPlan;
  readonly people: Map<number, Member>;
}

/** A person, and the picture they entered the shot in. */
interface Member {
  readonly sequence: PersonSequence;
  readonly entry: PortraitAnalysis;
}

/** Plain data from which another painter goes on as if it had painted all pictures before. */
export interface PainterMemory {
  readonly before: Plane | null;
  readonly matte: Plane | null;
  readonly held: number;
  readonly proportions: ProportionMemory;
  readonly shot: {
    readonly analysis: PortraitAnalysis;
    readonly people: readonly {
      readonly identity: number;
      readonly entry: PortraitAnalysis;
      readonly memory: PersonMemory;
    }[];
  } | null;
}

/** Restyles the pictures of a sequence one after another; what one leaves behind steadies the next. */
export class SequencePainter {
  readonly #style: PreparedStyle;
  readonly #networks: FaceNetworks;
  readonly #options: SequenceOptions;
  readonly #proportions: ShotProportions;
  #shot: Shot | null = null;
  /** The last picture, small, and its people. */
  #before: Plane | null = null;
  #matte: Plane | null = null;
  /** Pictures since the last painting. */
  #held = 0;

  /** @throws RangeError when a setting is out of its range */
  constructor(style: PreparedStyle, networks: FaceNetworks, options: SequenceOptions = {}) {
    checkOptions(options);
    const { boil = 0 } = options;
    if (!(boil >= 0 && boil <= 1)) throw new RangeError(`Expected 0..1 for boil but received ${boil}.`);
    this.#style = style;
    this.#networks = networks;
    this.#options = options;
    this.#proportions = new ShotProportions(style, options);
  }

  /**
   * @param picture of the sequence
   * @param tracked its faces, their landmarks smoothed
   * @param isCut whether the picture begins a shot
   * @throws CANCELLED
   */
  async next(picture: Picture, tracked: readonly TrackedFace[], isCut: boolean): Promise<SequenceFrame> {
    if (this.#options.signal?.aborted) throw new LimnerError('CANCELLED', 'The sequence was cancelled.');
    if (isCut) {
      this.#shot = null;
      this.#proportions.cut();
    }
    const restyled = this.#options.faces === 'largest' ? this.#largest(tracked) : tracked;
    const changed = await this.#proportions.next({ portrait: picture, found: tracked, faces: restyled }, () =>
      this.#matteOf(picture, restyled),
    );
    const { portrait, found, faces } = changed;
    const motion = this.#motion(portrait, isCut);
    if (faces.length === 0) return this.#without(portrait, isCut);
    const isHeld = motion !== null && this.#isHeld(faces, motion);
    const matte = changed.matte ?? (isHeld ? (this.#matte as Plane) : await this.#matteOf(portrait, faces));
    this.#matte = matte;
    const parsed = await this.#parse(portrait, faces, isHeld);
    const all = found.map((face) => parsed.find(({ identity }) => identity === face.identity) ?? face);
    const analysis: PortraitAnalysis = { portrait, quarters: 0, found: all, faces: parsed, matte };
    const begins = !this.#shot;
    this.#shot ??= { plan: this.#planShot(analysis), people: new Map() };
    const { layers, matchedAgain } = this.#paint(this.#shot, analysis, motion, isHeld);
    return {
      picture: this.#compose(portrait, layers, this.#shot),
      faces,
      isCut,
      warnings: [
        ...(begins
          ? [...this.#style.warnings, ...planWarnings(this.#shot.plan, this.#options.shape ?? 0)]
          : []),
        ...changed.warnings,
      ],
      matchedAgain,
    };
  }

  /** Every second picture moves the painting along only, unless somebody came or much has changed. */
  #isHeld(faces: readonly TrackedFace[], { misfit }: ScaledFlow): boolean {
    const isKnown = faces.every(({ identity }) => this.#shot?.people.has(identity));
    const matte = this.#matte;
    if (!isKnown || !matte || this.#held >= HELD) {
      this.#held = 0;
      return false;
    }
    const isHeld = changedShare(misfit, resizePlane(matte, misfit.width, misfit.height)) < CHANGED.share;
    this.#held = isHeld ? this.#held + 1 : 0;
    return isHeld;
  }

  async #matteOf(portrait: Picture, faces: readonly Face[]): Promise<Plane> {
    const matte = await this.#networks.matte(portrait, faces[0]);
    for (const face of faces.slice(1)) widen(matte, await this.#networks.matte(portrait, face));
    return matte;
  }

  /** A picture that only moves the painting along is not parsed. */
  async #parse(
    portrait: Picture,
    faces: readonly TrackedFace[],
    isHeld: boolean,
  ): Promise<ParsedTrackedFace[]> {
    const parsed: ParsedTrackedFace[] = [];
    for (const face of faces)
      parsed.push({ ...face, parsing: isHeld ? [] : await this.#networks.parse(portrait, face) });
    return parsed;
  }

  /** All that the pictures so far have left behind, as plain data. */
  save(): PainterMemory {
    const shot = this.#shot && {
      analysis: this.#shot.plan.analysis,
      people: [...this.#shot.people].map(([identity, { sequence, entry }]) => ({
        ...{ identity, entry },
        memory: sequence.save(),
      })),
    };
    const proportions = this.#proportions.save();
    return { before: this.#before, matte: this.#matte, held: this.#held, proportions, shot };
  }

  /** Goes on where `save` was called. */
  load({ before, matte, held, proportions, shot }: PainterMemory): void {
    this.#proportions.load(proportions);
    [this.#before, this.#matte, this.#held] = [before, matte, held];
    this.#shot = shot && { plan: this.#planShot(shot.analysis), people: new Map() };
    for (const { identity, entry, memory } of shot?.people ?? []) {
      const face = (entry.faces as readonly ParsedTrackedFace[]).find((one) => one.identity === identity);
      const member = face && this.#enter(this.#shot as Shot, entry, face);
      member?.sequence.load(memory);
      if (member) this.#shot?.people.set(identity, member);
    }
  }

  /** One of those of the shot, the largest at its start. */
  #largest(found: readonly TrackedFace[]): readonly TrackedFace[] {
    const [known] = this.#shot?.people.keys() ?? [];
    return known === undefined ? found.slice(0, 1) : found.filter(({ identity }) => identity === known);
  }

  #planShot(analysis: PortraitAnalysis): RenderPlan {
    return planRender(analysis, this.#style, planOptions(this.#options));
  }

  #paint(
    shot: Shot,
    analysis: PortraitAnalysis,
    motion: ScaledFlow | null,
    isHeld: boolean,
  ): { layers: Layer[]; matchedAgain: number } {
    const { portrait, found, matte } = analysis;
    const cells = isHeld ? [] : divideAmongFaces(matte, found, FLOOR);
    const layers: Layer[] = [];
    const shares: number[] = [];
    for (const face of analysis.faces as readonly ParsedTrackedFace[]) {
      const known = shot.people.get(face.identity)?.sequence;
      const cell = cells.find((one) => one.face === face);
      if (!isHeld && !cell) continue;
      if (known && motion) {
        layers.push(known.next(portrait, face, cell ? wholeMatte(matte, cell, found) : null, motion));
        shares.push(known.matchedAgain);
        continue;
      }
      const member = this.#enter(shot, analysis, face);
      if (!member) continue;
      shot.people.set(face.identity, member);
      layers.push(member.sequence.begin(portrait));
      shares.push(1);
    }
    return { layers, matchedAgain: shares.reduce((sum, one) => sum + one, 0) / Math.max(1, shares.length) };
  }

  /** Somebody who was not there before is planned as this picture shows them, before the shot's ground. */
  #enter(shot: Shot, analysis: PortraitAnalysis, face: Face): Member | null {
    const plan = analysis.portrait === shot.plan.analysis.portrait ? shot.plan : this.#planShot(analysis);
    const person = plan.people.find((one) => one.face === face);
    if (!person) return null;
    const { shape = 0, background = 'style', boil = 0 } = this.#options;
    const options = { parameters: parametersFor(this.#options), shape, background, boil };
    const ground = (canvas: Canvas) => groundFor(canvas, shot.plan);
    return { sequence: new PersonSequence(analysis.portrait, person, ground, options), entry: analysis };
  }

  /** A picture without a face: the ground alone, or the portrait's own background. */
  #without(portrait: Picture, isCut: boolean): SequenceFrame {
    const picture = this.#shot ? this.#compose(portrait, [], this.#shot) : portrait;
    return { picture, faces: [], isCut, warnings: [], matchedAgain: 0 };
  }

  #compose(portrait: Picture, layers: readonly Layer[], { plan }: Shot): Picture {
    const { background = 'style', strength = 1 } = this.#options;
    return compose(portrait, {
      layers,
      ground: groundOf(plan, background),
      transparent: background === 'transparent',
      strength,
    });
  }

  #motion(portrait: Picture, isCut: boolean): ScaledFlow | null {
    const before = this.#before;
    const now = smallLuma(portrait);
    this.#before = now;
    if (!before || isCut || before.width !== now.width || before.height !== now.height) return null;
    const raw = opticalFlow(before, now);
    const people = this.#matte && resizePlane(this.#matte, now.width, now.height);
    const flow = steadyFlow(raw, before, misfitOf(raw, before, now), people, STEADY);
    return { flow, misfit: misfitOf(flow, before, now), width: portrait.width, height: portrait.height };
  }
}

function smallLuma(portrait: Picture): Plane {
  const { width, height } = portrait;
  const scale = Math.min(0.5, FLOW_SIZE / Math.max(width, height));
  const grey = luma(portrait);
  return resizePlane(grey, Math.max(16, Math.round(width * scale)), Math.max(16, Math.round(height * scale)));
}

/** The share of people of whom the motion does not tell what they show now. */
function changedShare(misfit: Plane, people: Plane): number {
  let [changed, all] = [0, 0];
  for (let i = 0; i < misfit.data.length; i++) {
    if (people.data[i] < 0.5) continue;
    all++;
    if (misfit.data[i] > CHANGED.level) changed++;
  }
  return changed / Math.max(1, all);
}

function widen(matte: Plane, other: Plane): void {
  for (let i = 0; i < matte.data.length; i++) matte.data[i] = Math.max(matte.data[i], other.data[i]);
}

/** A face's part of the matte at the portrait's size. */
function wholeMatte(
  matte: Plane,
  cell: { rect: { x: number; y: number; width: number; height: number }; matte: Plane },
  found: readonly Face[],
): Plane {
  if (found.length === 1) return matte;
  const out = createPlane(matte.width, matte.height);
  const { rect } = cell;
  for (let y = 0; y < rect.height; y++)
    out.data.set(
      cell.matte.data.subarray(y * rect.width, (y + 1) * rect.width),
      (rect.y + y) * matte.width + rect.x,
    );
  return out;
}

/** With `keep` the portrait's own background moves and is left as it is. */
const groundOf = (plan: RenderPlan, background: BackgroundMode): Ground | null =>
  background === 'style' ? plan.ground() : null;
