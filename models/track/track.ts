/** One face from frame to frame: regression says where to look, the mesh what is there. */
import { type Face, type FaceNetworks, faceOf, faceSquare, type Sampler } from '../face/index.ts';
import type { Picture } from '../image/picture.ts';
import { carryPoints } from './motion.ts';
import { overlapOf } from './overlap.ts';
import { likeness, type MotionRegressor, type Template } from './regressor.ts';

/** A face of a sequence. */
export interface TrackedFace extends Face {
  /** Who it is: 0, 1, … in the order of first appearance; kept over the sequence, across cuts, too. */
  readonly identity: number;
  /**
   * `detector`: found anew; `mesh`: by the mesh where it was expected; `regression`: bridged: neither saw a face, and the
   * last landmarks are moved as the regression network says.
   */
  readonly source: 'detector' | 'mesh' | 'regression';
}

/** A frame as the networks see it. */
export interface Frame {
  readonly picture: Picture;
  readonly sampler: Sampler;
}

/** Of the mesh: below, there is no face. A well-placed crop of a face has more than 0.99. */
const LEAST_PRESENCE = 0.5;
/** The mesh has gone astray when its box overlaps the expected one less than this. */
const LEAST_OVERLAP = 0.3;
/** Frames that are bridged at most: one second of film. */
const MOST_BRIDGED = 24;
/** A bridged face correlates at least so much with what the mesh last saw; anything else is background. */
const LEAST_LIKENESS = 0.3;

export class Track {
  readonly identity: number;
  face: TrackedFace;
  #template: Template;
  /** What the mesh last saw. */
  #seen: Template;
  #bridged = 0;
  readonly #regressor: MotionRegressor;

  constructor(face: TrackedFace, frame: Frame, regressor: MotionRegressor) {
    this.identity = face.identity;
    this.face = face;
    this.#regressor = regressor;
    this.#template = this.#seen = regressor.template(frame.sampler, faceSquare(face.landmarks));
  }

  get isBridged(): boolean {
    return this.face.source === 'regression';
  }

  /** Finds the face in the next frame. @returns whether it is still there */
  async advance(frame: Frame, networks: FaceNetworks): Promise<boolean> {
    const { landmarks } = this.face;
    const last = faceSquare(landmarks);
    const square = await this.#regressor.follow(this.#template, frame.sampler, last);
    const expected = faceOf(carryPoints(landmarks, last, square), 0);
    const seen = (await look(frame, expected, networks)) ?? (await look(frame, this.face, networks));
    if (seen) {
      this.see({ ...seen, identity: this.identity, source: 'mesh' }, frame);
      return true;
    }
    this.face = { ...expected, identity: this.identity, source: 'regression' };
    this.#template = this.#regressor.template(frame.sampler, square);
    const { x, y } = square;
    const isInside = x > 0 && y > 0 && x < frame.picture.width && y < frame.picture.height;
    return (
      ++this.#bridged <= MOST_BRIDGED && isInside && likeness(this.#template, this.#seen) > LEAST_LIKENESS
    );
  }

  /** The mesh has seen the face here. */
  see(face: TrackedFace, { sampler }: Frame): void {
    this.face = face;
    this.#bridged = 0;
    this.#template = this.#seen = this.#regressor.template(sampler, faceSquare(face.landmarks));
  }
}

/** What the mesh sees where a face is expected. */
async function look({ picture }: Frame, expected: Face, networks: FaceNetworks): Promise<Face | undefined> {
  const face = await networks.locate(picture, expected.landmarks);
  const isThere = face.score >= LEAST_PRESENCE && overlapOf(face.box, expected.box) >= LEAST_OVERLAP;
  return isThere ? face : undefined;
}
