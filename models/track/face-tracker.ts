/**
 * Tracks the faces of a sequence. Between detections every face is followed by itself (./track.ts); the detector is asked
 * at the start, when a face was not seen, while somebody is missing, and now and then for newcomers.
 */
import { type Face, type FaceNetworks, Sampler } from '../face/index.ts';
import type { Picture } from '../image/picture.ts';
import { Identities } from './identities.ts';
import { overlapOf } from './overlap.ts';
import type { MotionRegressor } from './regressor.ts';
import { type Frame, Track, type TrackedFace } from './track.ts';

/** Frames between detections while everybody is seen, and while somebody who was seen is missing. */
export const DETECT_EVERY = 24;
const SEARCH_EVERY = 6;
/** A detected face that overlaps a tracked one at least so much is that one. */
const SAME_FACE = 0.3;
/** Two tracks that overlap at least so much have run onto one face. */
const SAME_PLACE = 0.5;

/** Follows all faces of a sequence. */
export class FaceTracker {
  readonly #networks: FaceNetworks;
  readonly #regressor: MotionRegressor;
  readonly #detectEvery: number;
  readonly #identities = new Identities();
  #tracks: Track[] = [];
  #sinceDetection = 0;

  constructor(networks: FaceNetworks, regressor: MotionRegressor, detectEvery = DETECT_EVERY) {
    this.#networks = networks;
    this.#regressor = regressor;
    this.#detectEvery = detectEvery;
  }

  /** The faces of the next frame, largest first. */
  async track(picture: Picture): Promise<TrackedFace[]> {
    const frame = { picture, sampler: new Sampler(picture) };
    const kept: Track[] = [];
    for (const track of this.#tracks) if (await track.advance(frame, this.#networks)) kept.push(track);
    this.#tracks = await this.#withoutDoubles(kept, frame);
    this.#sinceDetection++;
    if (this.#isDetectionDue()) await this.#detect(frame);
    return this.#tracks.map(({ face }) => face).sort((a, b) => area(b) - area(a));
  }

  /** A new shot begins: where faces were is forgotten, who they were is not. */
  cut(): void {
    this.#tracks = [];
  }

  /** The regression network; the face networks belong to whoever loaded them. */
  release(): Promise<void> {
    return this.#regressor.release();
  }

  #isDetectionDue(): boolean {
    const { length } = this.#tracks;
    if (length === 0 || this.#tracks.some(({ isBridged }) => isBridged)) return true;
    const isMissing = length < this.#identities.count;
    return (
      this.#sinceDetection >= (isMissing ? Math.min(SEARCH_EVERY, this.#detectEvery) : this.#detectEvery)
    );
  }

  async #detect(frame: Frame): Promise<void> {
    this.#sinceDetection = 0;
    const faces = await this.#networks.findFaces(frame.picture);
    const strangers: Face[] = [];
    const taken = new Set<number>();
    for (const face of faces) {
      const [track, ...others] = this.#tracks.filter(
        ({ face: { box } }) => overlapOf(box, face.box) >= SAME_FACE,
      );
      if (!track || others.length > 0 || taken.has(track.identity)) {
        strangers.push(face);
        continue;
      }
      taken.add(track.identity);
      this.#identities.learn(track.identity, await this.#networks.embed(frame.picture, face));
      if (track.isBridged) track.see({ ...face, identity: track.identity, source: 'detector' }, frame);
    }
    for (const face of strangers) await this.#identify(face, taken, frame);
  }

  /** A face that no place tells: somebody who has come back, or crossed another, or a newcomer. */
  async #identify(face: Face, taken: Set<number>, frame: Frame): Promise<void> {
    const embedding = await this.#networks.embed(frame.picture, face);
    const known = this.#identities.recognise(embedding, taken);
    const identity = known ?? this.#identities.add(embedding);
    if (known !== undefined) this.#identities.learn(known, embedding);
    taken.add(identity);
    const seen: TrackedFace = { ...face, identity, source: 'detector' };
    const track = this.#tracks.find((one) => one.identity === identity);
    if (track) track.see(seen, frame);
    else this.#tracks.push(new Track(seen, frame, this.#regressor));
  }

  /** Where two tracks have run onto one face, its embedding says whose it is; the other's is hidden. */
  async #withoutDoubles(tracks: readonly Track[], frame: Frame): Promise<Track[]> {
    const hidden = new Set<Track>();
    for (const [i, a] of tracks.entries()) {
      for (const b of tracks.slice(i + 1)) {
        if (hidden.has(a) || hidden.has(b) || overlapOf(a.face.box, b.face.box) < SAME_PLACE) continue;
        const embedding = await this.#networks.embed(frame.picture, a.isBridged ? b.face : a.face);
        const isA =
          this.#identities.similarity(a.identity, embedding) >=
          this.#identities.similarity(b.identity, embedding);
        hidden.add(isA ? b : a);
      }
    }
    return tracks.filter((track) => !hidden.has(track));
  }
}

const area = ({ box }: Face): number => box.width * box.height;
