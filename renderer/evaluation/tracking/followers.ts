/** The ways to follow the target of a sequence: each is given the box of the first frame, then frame after frame. */
import { LimnerError } from '../../../models/errors.ts';
import { type Face, type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import type { Picture, Rect } from '../../../models/image/picture.ts';
import type { Device } from '../../../models/runtime/index.ts';
import { BoxTracker, loadFaceTracker, overlapOf } from '../../../models/track/index.ts';
import { type BoxRelation, boxOf, relationOf } from './face-box.ts';

export interface Follower {
  /** The box in the next frame, the first included; undefined where the target is not found. */
  next(picture: Picture): Promise<Rect | undefined>;
  release(): Promise<void>;
}

/** Of the mesh: below, it sees no face. */
const LEAST_PRESENCE = 0.5;

/** The regression network alone. */
export async function followBox(first: Rect, device: Device): Promise<Follower> {
  let tracker: BoxTracker | undefined;
  return {
    async next(picture) {
      if (tracker) return tracker.track(picture);
      tracker = await BoxTracker.load(picture, first, { device, threads: 1 });
      return first;
    },
    release: async () => tracker?.release(),
  };
}

/** Detector, mesh and regression: the product's tracker. */
export async function followFace(first: Rect, device: Device): Promise<Follower> {
  const networks = await loadFaceNetworks({ device });
  const tracker = await loadFaceTracker({ networks, device });
  let identity: number | undefined;
  const boxes = new RelatedBoxes(first);
  return {
    async next(picture) {
      const faces = await tracker.track(picture);
      if (identity !== undefined) return boxes.next(faces.find((face) => face.identity === identity));
      const face = nearest(faces, first);
      identity = face?.identity;
      return boxes.next(face);
    },
    async release() {
      await tracker.release();
      await networks.release();
    },
  };
}

/** The mesh from the last landmarks, and the detector where it sees nothing: what there is without regression. */
export async function followByMesh(first: Rect, device: Device): Promise<Follower> {
  const networks = await loadFaceNetworks({ device });
  const boxes = new RelatedBoxes(first);
  let last: Face | undefined;
  return {
    async next(picture) {
      last =
        (last && (await look(picture, last, networks))) ??
        nearest(await networks.findFaces(picture), boxes.last);
      return boxes.next(last);
    },
    release: () => networks.release(),
  };
}

async function look(picture: Picture, last: Face, networks: FaceNetworks): Promise<Face | undefined> {
  const face = await networks.locate(picture, last.landmarks);
  return face.score >= LEAST_PRESENCE ? face : undefined;
}

/** The face that overlaps a box most. */
function nearest<F extends Face>(faces: readonly F[], box: Rect): F | undefined {
  const overlaps = faces.map((face) => overlapOf(face.box, box));
  const most = Math.max(0, ...overlaps);
  return most > 0 ? faces[overlaps.indexOf(most)] : undefined;
}

/** Boxes that lie against a face as the first one did. */
class RelatedBoxes {
  last: Rect;
  #relation: BoxRelation | undefined;

  constructor(first: Rect) {
    this.last = first;
  }

  /** @throws NO_FACE when there is none in the first frame */
  next(face: Face | undefined): Rect | undefined {
    if (!face && !this.#relation)
      throw new LimnerError('NO_FACE', 'There is no face in the box of the first frame.');
    if (!face) return undefined;
    if (!this.#relation) this.#relation = relationOf(this.last, face);
    else this.last = boxOf(face, this.#relation);
    return this.last;
  }
}
