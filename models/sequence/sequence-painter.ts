/** Paints the pictures of a sequence, one after the other: one plan a shot, one canvas a person. */
import { compose, type Layer } from '../composite/compose.ts';
import { LimnerError } from '../errors.ts';
import { cosineSimilarity, type Face, type FaceNetworks } from '../face/index.ts';
import type { Picture, Plane } from '../image/picture.ts';
import type { PortraitAnalysis } from '../stylize/portrait-analysis.ts';
import type { PreparedStyle } from '../stylize/reference.ts';
import { checkOptions, type StylizeOptions } from '../stylize/settings.ts';
import type { TrackedFace } from '../track/index.ts';
import type { ScaledFlow } from './carry.ts';
import { hasChanged, type MotionMemory, type PictureFlow, PictureMotion } from './picture-motion.ts';
import { type ParsedTrackedFace, Shot, type ShotMemory } from './shot.ts';
import { type ProportionMemory, ShotProportions } from './shot-proportions.ts';
import type { TrackedFrame } from './track-faces.ts';

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
  /** Whether somebody got a new canvas because their head has turned. */
  readonly isNewKey: boolean;
}

type PaintedFrame = Pick<SequenceFrame, 'picture' | 'warnings' | 'matchedAgain' | 'isNewKey'>;

/** Pictures in a row that may move the last painting along; hand-made animation is drawn "on twos", too. */
const HELD = 1;

/** Plain data from which another painter goes on as if it had painted all pictures before. */
export interface PainterMemory {
  readonly before: MotionMemory | null;
  readonly matte: Plane | null;
  readonly held: number;
  readonly proportions: ProportionMemory;
  readonly shot: ShotMemory | null;
}

/** Restyles the pictures of a sequence one after another; what one leaves behind steadies the next. */
export class SequencePainter {
  readonly #style: PreparedStyle;
  readonly #networks: FaceNetworks;
  readonly #options: SequenceOptions;
  readonly #proportions: ShotProportions;
  readonly #motion = new PictureMotion();
  #shot: Shot | null = null;
  /** The people of the last painting. */
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
   * @param tries paintings of a shot's first picture, of which the one whose faces are nearest to the portrait's is kept
   * @throws CANCELLED
   */
  async next(
    picture: Picture,
    tracked: readonly TrackedFace[],
    isCut: boolean,
    tries = 1,
  ): Promise<SequenceFrame> {
    if (this.#options.signal?.aborted) throw new LimnerError('CANCELLED', 'The sequence was cancelled.');
    if (isCut) this.#cut();
    const restyled = this.#options.faces === 'largest' ? this.#largest(tracked) : tracked;
    const changed = await this.#proportions.next({ portrait: picture, found: tracked, faces: restyled }, () =>
      this.#matteOf(picture, restyled),
    );
    const { portrait, found, faces } = changed;
    const motion = this.#motion.next(portrait, faces, isCut, this.#matte);
    if (faces.length === 0) return this.#without(portrait, isCut);
    const isHeld = motion !== null && this.#isHeld(faces, motion);
    const matte = changed.matte ?? (isHeld ? (this.#matte as Plane) : await this.#matteOf(portrait, faces));
    this.#matte = matte;
    const parsed = await this.#parse(portrait, faces, isHeld);
    const all = found.map((face) => parsed.find(({ identity }) => identity === face.identity) ?? face);
    const analysis: PortraitAnalysis = { portrait, quarters: 0, found: all, faces: parsed, matte };
    const painted = this.#shot
      ? this.#paint(this.#shot, analysis, motion, isHeld)
      : await this.#begin(analysis, tries);
    const warnings = [...painted.warnings, ...changed.warnings];
    return { ...painted, warnings, faces, isCut };
  }

  /** The shot's first painting, the best of so many. */
  async #begin(analysis: PortraitAnalysis, tries: number): Promise<PaintedFrame> {
    let [best, nearest]: [PaintedFrame | null, number] = [null, Number.NEGATIVE_INFINITY];
    for (let attempt = 0; attempt < Math.max(1, tries); attempt++) {
      const shot = new Shot(analysis, this.#style, this.#options, attempt);
      const painted = this.#paint(shot, analysis, null, false);
      const likeness = tries > 1 ? await this.#likeness(analysis, painted.picture) : 0;
      if (best && likeness <= nearest) continue;
      [best, nearest, this.#shot] = [{ ...painted, warnings: shot.warnings() }, likeness, shot];
    }
    return best as PaintedFrame;
  }

  #paint(shot: Shot, analysis: PortraitAnalysis, motion: ScaledFlow | null, isHeld: boolean): PaintedFrame {
    const { layers, matchedAgain, isNewKey } = shot.paint(analysis, motion, isHeld);
    return { picture: this.#compose(analysis.portrait, layers, shot), warnings: [], matchedAgain, isNewKey };
  }

  /** How near the painted faces are to those of the portrait, the sum of cosines. */
  async #likeness({ portrait, faces }: PortraitAnalysis, painted: Picture): Promise<number> {
    let sum = 0;
    for (const face of faces) {
      const own = await this.#networks.embed(portrait, face);
      sum += cosineSimilarity(own, await this.#networks.embed(painted, face));
    }
    return sum;
  }

  /** Whether this picture is the first of its shot that shows somebody. */
  begins({ faces, isCut }: TrackedFrame): boolean {
    return faces.length > 0 && (isCut || !this.#shot);
  }

  #cut(): void {
    this.#shot = null;
    this.#proportions.cut();
  }

  /** Every second picture moves the painting along only, unless somebody came, or much or an expression has changed. */
  #isHeld(faces: readonly TrackedFace[], motion: PictureFlow): boolean {
    const isKnown = faces.every(({ identity }) => this.#shot?.hasHere(identity));
    const isHeld = isKnown && this.#held < HELD && this.#matte !== null && !hasChanged(motion, this.#matte);
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
    const shot = this.#shot?.save() ?? null;
    const [before, proportions] = [this.#motion.save(), this.#proportions.save()];
    return { before, matte: this.#matte, held: this.#held, proportions, shot };
  }

  /** @returns what puts all back to how it is now, within a shot; faster than `load` */
  mark(): () => void {
    const [before, proportions] = [this.#motion.save(), this.#proportions.save()];
    const [shot, matte, held, restore] = [this.#shot, this.#matte, this.#held, this.#shot?.mark()];
    return () => {
      this.#motion.load(before);
      this.#proportions.load(proportions);
      [this.#shot, this.#matte, this.#held] = [shot, matte, held];
      restore?.();
    };
  }

  /** Goes on where `save` was called. */
  load({ before, matte, held, proportions, shot }: PainterMemory): void {
    this.#proportions.load(proportions);
    this.#motion.load(before);
    [this.#matte, this.#held] = [matte, held];
    this.#shot = shot && Shot.load(shot, this.#style, this.#options);
  }

  /** One of those of the shot, the largest at its start. */
  #largest(found: readonly TrackedFace[]): readonly TrackedFace[] {
    const [known] = this.#shot?.identities ?? [];
    return known === undefined ? found.slice(0, 1) : found.filter(({ identity }) => identity === known);
  }

  /** A picture without a face: the ground alone, or the portrait's own background. */
  #without(portrait: Picture, isCut: boolean): SequenceFrame {
    this.#shot?.setHere([]);
    const picture = this.#shot ? this.#compose(portrait, [], this.#shot) : portrait;
    return { picture, faces: [], isCut, warnings: [], matchedAgain: 0, isNewKey: false };
  }

  #compose(portrait: Picture, layers: readonly Layer[], shot: Shot): Picture {
    const { background, strength = 1 } = this.#options;
    const transparent = background === 'transparent';
    return compose(portrait, { layers, ground: shot.ground(), transparent, strength });
  }
}

function widen(matte: Plane, other: Plane): void {
  for (let i = 0; i < matte.data.length; i++) matte.data[i] = Math.max(matte.data[i], other.data[i]);
}
