/** The faces of a sequence and who is who. */
import type { Face, FaceNetworks } from '../face/index.ts';
import type { Picture } from '../image/picture.ts';
import { CutDetector } from './cuts.ts';
import { HALF_WINDOW, OneEuroLandmarks, smoothedAt } from './smooth-landmarks.ts';

export interface TrackedFace extends Face {
  /** 0, 1, … in order of first appearance. */
  readonly identity: number;
}

/** A picture, its faces with steady landmarks, and whether it begins a shot. */
export interface TrackedFrame {
  readonly picture: Picture;
  readonly faces: readonly TrackedFace[];
  readonly isCut: boolean;
}

/** A face that has moved further than this (eye distances) is another. */
const FURTHEST = 1.5;

class FaceFollower {
  readonly #networks: FaceNetworks;
  #known: TrackedFace[] = [];
  #next = 0;
  constructor(networks: FaceNetworks) {
    this.#networks = networks;
  }
  async track(picture: Picture): Promise<TrackedFace[]> {
    const found = await this.#networks.findFaces(picture);
    const taken = new Set<number>();
    const faces = found.map((face) => {
      const near = this.#known.find(
        (one) =>
          !taken.has(one.identity) &&
          Math.hypot(one.landmarks[3] - face.landmarks[3], one.landmarks[4] - face.landmarks[4]) <
            FURTHEST * face.interocular,
      );
      const identity = near?.identity ?? this.#next++;
      taken.add(identity);
      return { ...face, identity };
    });
    if (faces.length > 0)
      this.#known = [...faces, ...this.#known.filter(({ identity }) => !taken.has(identity))];
    return faces;
  }
  cut(): void {}
}

export interface TrackOptions {
  /** Pictures are given as soon as they come, and landmarks are smoothed by what went before alone. */
  readonly live?: boolean;
}

/** Tracks and smooths; offline it holds HALF_WINDOW pictures back. */
export async function* trackSequence(
  pictures: AsyncIterable<Picture> | Iterable<Picture>,
  networks: FaceNetworks,
  { live = false }: TrackOptions = {},
): AsyncGenerator<TrackedFrame> {
  const cuts = new CutDetector();
  const tracker = new FaceFollower(networks);
  if (live) {
    const filters = new Map<number, OneEuroLandmarks>();
    for await (const picture of pictures) {
      const isCut = cuts.next(picture);
      if (isCut) {
        filters.clear();
        tracker.cut();
      }
      const faces = (await tracker.track(picture)).map((face) => {
        const filter = filters.get(face.identity) ?? new OneEuroLandmarks();
        filters.set(face.identity, filter);
        return { ...face, landmarks: filter.next(face.landmarks, face.interocular) };
      });
      yield { picture, faces, isCut };
    }
    return;
  }
  let window: TrackedFrame[] = [];
  /** Of the window, the next to be given. */
  let next = 0;
  for await (const picture of pictures) {
    const isCut = cuts.next(picture);
    if (isCut) tracker.cut();
    window.push({ picture, faces: await tracker.track(picture), isCut });
    if (window.length - next > HALF_WINDOW) yield smoothFrame(window, next++);
    if (next > HALF_WINDOW) {
      window = window.slice(next - HALF_WINDOW);
      next = HALF_WINDOW;
    }
  }
  while (next < window.length) yield smoothFrame(window, next++);
}

function smoothFrame(window: readonly TrackedFrame[], at: number): TrackedFrame {
  const frame = window[at];
  // A shot's window ends where the shot does.
  const begins = window.findLastIndex(({ isCut }, i) => isCut && i <= at);
  const from = Math.max(0, begins);
  const ends = window.findIndex(({ isCut }, i) => isCut && i > at);
  const shot = window.slice(from, ends < 0 ? undefined : ends);
  const faces = frame.faces.map((face) => {
    const track = shot.map(
      ({ faces: all }) => all.find(({ identity }) => identity === face.identity)?.landmarks ?? null,
    );
    return { ...face, landmarks: smoothedAt(track, at - from) };
  });
  return { ...frame, faces };
}
