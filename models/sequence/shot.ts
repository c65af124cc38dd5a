/** One shot: its plan, and the people who are painted in it. */
import type { Ground, Layer } from '../composite/compose.ts';
import type { Face } from '../face/index.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import type { Canvas } from '../stylize/canvas.ts';
import { divideAmongFaces, type FaceCell, MATTE_FLOOR } from '../stylize/divide-faces.ts';
import { parametersFor } from '../stylize/parameters-for.ts';
import {
  type PersonSize,
  planAt,
  planRender,
  planWarnings,
  type RenderPlan,
  sizeOf,
} from '../stylize/plan.ts';
import type { ParsedFace, PortraitAnalysis } from '../stylize/portrait-analysis.ts';
import type { PreparedStyle } from '../stylize/reference.ts';
import type { StylizeOptions } from '../stylize/settings.ts';
import { groundFor, planOptions } from '../stylize/stylize.ts';
import type { TrackedFace } from '../track/index.ts';
import type { ScaledFlow } from './carry.ts';
import type { PersonMemory } from './person-memory.ts';
import { PersonSequence, type Seen } from './person-sequence.ts';

export type ParsedTrackedFace = TrackedFace & ParsedFace;

/** What of the settings decides how people are painted. */
export interface ShotOptions
  extends Pick<
    StylizeOptions,
    'likeness' | 'tone' | 'shape' | 'strokes' | 'background' | 'quality' | 'parameters'
  > {
  readonly boil?: number;
}

interface Member {
  readonly sequence: PersonSequence;
  /** The picture they entered the shot in, and the one that they are planned from now, if it is another. */
  readonly entry: PortraitAnalysis;
  key: PortraitAnalysis | null;
  /** Whether the last picture shows them: who comes back enters anew. */
  isHere: boolean;
}

/** What of a picture is painted. */
export interface PaintedShot {
  readonly layers: readonly Layer[];
  /** 0..1: share of the patches that was matched again. */
  readonly matchedAgain: number;
  /** Whether somebody got a new canvas. */
  readonly isNewKey: boolean;
}

/** Plain data from which the shot goes on. */
export interface ShotMemory {
  readonly analysis: PortraitAnalysis;
  readonly attempt: number;
  readonly people: readonly {
    readonly identity: number;
    readonly entry: PortraitAnalysis;
    readonly key: PortraitAnalysis | null;
    readonly isHere: boolean;
    readonly memory: PersonMemory;
  }[];
}

export class Shot {
  readonly #plan: RenderPlan;
  readonly #style: PreparedStyle;
  readonly #options: ShotOptions;
  readonly #attempt: number;
  readonly #people = new Map<number, Member>();

  /**
   * @param analysis of the picture that the shot is planned from
   * @param attempt 0, 1, …: each makes its random choices otherwise
   */
  constructor(analysis: PortraitAnalysis, style: PreparedStyle, options: ShotOptions, attempt = 0) {
    this.#attempt = attempt;
    this.#style = style;
    this.#options = options;
    this.#plan = planRender(analysis, style, planOptions(options));
  }

  get identities(): readonly number[] {
    return [...this.#people.keys()];
  }

  /** Whether the last picture shows somebody. */
  hasHere(identity: number): boolean {
    return this.#people.get(identity)?.isHere ?? false;
  }

  /** A picture shows only these. */
  setHere(faces: readonly TrackedFace[]): void {
    for (const [identity, member] of this.#people)
      member.isHere = faces.some((face) => face.identity === identity);
  }

  /** What to say of the picture that it is planned from. */
  warnings(): readonly string[] {
    return [...this.#style.warnings, ...planWarnings(this.#plan, this.#options.shape ?? 0)];
  }

  /** With `keep` the portrait's own background moves and is left as it is. */
  ground(): Ground | null {
    const { background = 'style' } = this.#options;
    return background === 'style' ? this.#plan.ground() : null;
  }

  /**
   * @param motion since the picture before; null where there is none
   * @param isHeld whether the last painting is only moved along
   */
  paint(analysis: PortraitAnalysis, motion: ScaledFlow | null, isHeld: boolean): PaintedShot {
    const { portrait, found, matte } = analysis;
    const cells = isHeld ? [] : divideAmongFaces(matte, found, MATTE_FLOOR);
    const layers: Layer[] = [];
    const sequences: PersonSequence[] = [];
    const faces = analysis.faces as readonly ParsedTrackedFace[];
    for (const face of faces) {
      const cell = cells.find((one) => one.face === face);
      if (!isHeld && !cell) continue;
      const member = this.#people.get(face.identity);
      if (member?.isHere && motion && (isHeld || !member.sequence.isLost(motion, face))) {
        const { sequence } = member;
        layers.push(sequence.next(portrait, face, cell ? this.#seen(analysis, cell, face) : null, motion));
        if (sequence.isNewKey) member.key = analysis;
        sequences.push(sequence);
        continue;
      }
      const entered = this.#enter(analysis, face);
      if (!entered) continue;
      this.#people.set(face.identity, entered);
      layers.push(entered.sequence.begin(portrait));
      sequences.push(entered.sequence);
    }
    this.setHere(faces);
    const matched = sequences.reduce((sum, one) => sum + one.matchedAgain, 0);
    return {
      layers,
      matchedAgain: matched / Math.max(1, sequences.length),
      isNewKey: sequences.some((one) => one.isNewKey),
    };
  }

  #seen({ matte, found, portrait }: PortraitAnalysis, cell: FaceCell, face: ParsedTrackedFace): Seen {
    return {
      matte: wholeMatte(matte, cell, found),
      size: (style) => sizeOf(face, cell, style, planOptions(this.#options)),
      plan: (style, size) => planAt({ portrait, found, matte }, face, cell, style, size),
    };
  }

  /** Somebody who was not there before is planned as this picture shows them, before the shot's ground. */
  #enter(analysis: PortraitAnalysis, face: Face): Member | null {
    const isFirst = analysis.portrait === this.#plan.analysis.portrait;
    const plan = isFirst ? this.#plan : planRender(analysis, this.#style, planOptions(this.#options));
    const person = plan.people.find((one) => one.face === face);
    if (!person) return null;
    const { shape = 0, background = 'style', boil = 0 } = this.#options;
    const asked = parametersFor(this.#options);
    const parameters = { ...asked, seed: asked.seed + this.#attempt };
    const options = { parameters, shape, background, boil };
    const ground = (canvas: Canvas) => groundFor(canvas, this.#plan);
    const sequence = new PersonSequence(analysis.portrait, person, ground, options);
    return { sequence, entry: analysis, key: null, isHere: true };
  }

  save(): ShotMemory {
    const people = [...this.#people].map(([identity, { sequence, ...member }]) => ({
      ...{ identity, ...member },
      memory: sequence.save(),
    }));
    return { analysis: this.#plan.analysis, attempt: this.#attempt, people };
  }

  /** @returns what puts all back to how it is now; faster than `load` */
  mark(): () => void {
    const people = [...this.#people].map(
      ([identity, member]) => [identity, { ...member }, member.sequence.mark()] as const,
    );
    return () => {
      this.#people.clear();
      for (const [identity, member, restore] of people) {
        restore();
        this.#people.set(identity, member);
      }
    };
  }

  /** As it was when it was saved. */
  static load({ analysis, attempt, people }: ShotMemory, style: PreparedStyle, options: ShotOptions): Shot {
    const shot = new Shot(analysis, style, options, attempt);
    for (const { identity, entry, key, isHere, memory } of people) {
      const entered = faceOf(entry, identity);
      const member = entered && shot.#enter(entry, entered);
      if (!member) continue;
      shot.#people.set(identity, { ...member, key, isHere });
      if (key) shot.#restoreKey(member.sequence, key, identity, memory.size);
      member.sequence.load(memory);
    }
    return shot;
  }

  #restoreKey(sequence: PersonSequence, key: PortraitAnalysis, identity: number, size: PersonSize): void {
    const face = faceOf(key, identity);
    const cell = divideAmongFaces(key.matte, key.found, MATTE_FLOOR).find((one) => one.face === face);
    if (face && cell) sequence.restoreKey(key.portrait, this.#seen(key, cell, face), size);
  }
}

const faceOf = ({ faces }: PortraitAnalysis, identity: number): ParsedTrackedFace | undefined =>
  (faces as readonly ParsedTrackedFace[]).find((one) => one.identity === identity);

/** A face's part of the matte at the portrait's size. */
function wholeMatte(matte: Plane, { rect, matte: own }: FaceCell, found: readonly Face[]): Plane {
  if (found.length === 1) return matte;
  const out = createPlane(matte.width, matte.height);
  for (let y = 0; y < rect.height; y++)
    out.data.set(
      own.data.subarray(y * rect.width, (y + 1) * rect.width),
      (rect.y + y) * matte.width + rect.x,
    );
  return out;
}
