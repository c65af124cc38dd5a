/** The faces of a sequence and who is who. */
import type { FaceNetworks } from '../face/index.ts';
import type { Picture } from '../image/picture.ts';
import { type FaceTracker, loadFaceTracker, type TrackedFace } from '../track/index.ts';
import { CutDetector } from './cuts.ts';
import { HALF_WINDOW, OneEuroLandmarks, smoothedAt } from './smooth-landmarks.ts';

/** A picture, its faces with steady landmarks, and whether it begins a shot. */
export interface TrackedFrame {
  readonly picture: Picture;
  readonly faces: readonly TrackedFace[];
  readonly isCut: boolean;
}

/** How a sequence is tracked. */
export interface TrackOptions {
  /** Pictures are given as soon as they come, and landmarks are smoothed by what went before alone. */
  readonly live?: boolean;
}

/**
 * Eye distances by which smoothing moves a face at the most. Jitter's share is 0.005 in every second picture of FaceBlit's clip, and 0.017 in all
 * of one of VToonify's; more were 0.07 where somebody nods in every second picture, and 0.14 and 0.23 in every second one of `david`,
 * whose camera is held in hands: masks and guides lay so far beside the face.
 */
const MOST = 0.02;

/** Tracks and smooths; offline it holds HALF_WINDOW pictures back. */
export async function* trackSequence(
  pictures: AsyncIterable<Picture> | Iterable<Picture>,
  networks: FaceNetworks,
  { live = false }: TrackOptions = {},
): AsyncGenerator<TrackedFrame> {
  // The network is far too small to gain from a graphics card.
  const tracker = await loadFaceTracker({ networks, device: 'cpu' });
  try {
    const frames = track(pictures, tracker);
    yield* live ? smoothLive(frames) : smoothOffline(frames);
  } finally {
    await tracker.release();
  }
}

async function* track(
  pictures: AsyncIterable<Picture> | Iterable<Picture>,
  tracker: FaceTracker,
): AsyncGenerator<TrackedFrame> {
  const cuts = new CutDetector();
  for await (const picture of pictures) {
    const isCut = cuts.next(picture);
    if (isCut) tracker.cut();
    yield { picture, faces: await tracker.track(picture), isCut };
  }
}

async function* smoothLive(frames: AsyncIterable<TrackedFrame>): AsyncGenerator<TrackedFrame> {
  const filters = new Map<number, OneEuroLandmarks>();
  for await (const frame of frames) {
    if (frame.isCut) filters.clear();
    const faces = frame.faces.map((face) => {
      const filter = filters.get(face.identity) ?? new OneEuroLandmarks();
      filters.set(face.identity, filter);
      return { ...face, landmarks: filter.next(face.landmarks, face.interocular) };
    });
    yield { ...frame, faces };
  }
}

async function* smoothOffline(frames: AsyncIterable<TrackedFrame>): AsyncGenerator<TrackedFrame> {
  let window: TrackedFrame[] = [];
  /** Of the window, the next to be given. */
  let next = 0;
  for await (const frame of frames) {
    window.push(frame);
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
    return { ...face, landmarks: smoothedAt(track, at - from, MOST * face.interocular) };
  });
  return { ...frame, faces };
}
