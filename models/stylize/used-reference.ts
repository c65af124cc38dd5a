/** What of a reference is used: one of its people, and the part of the picture that is that one's own. */
import { LimnerError } from '../errors.ts';
import { type Face, type FaceNetworks, turnFace, type UprightPicture } from '../face/index.ts';
import { ownPart } from '../face/parts.ts';
import { NOSE_TIP } from '../face/topology.ts';
import { cropPicture } from '../image/crop.ts';
import { createPlane, type Picture, type Plane, type Rect } from '../image/picture.ts';
import { turnedSize, turnRect } from '../image/turn.ts';
import { movedFace } from './matte-within.ts';

/** Where nothing is said: the largest face. */
export const LARGEST = 0;

/** A frame narrower than this (share of the picture) belongs to it, as the margin of a print does. */
const FRAME = 0.035;
/** A part that leaves out less than this share of the picture is not worth a word. */
const WORTH_SAYING = 0.02;

/** A face that was chosen before. It is known by its place, because another size or file may show more faces or fewer. */
export interface KnownFace {
  /** Counted from the left then. */
  readonly number: number;
  /** The tip of its nose over width and height of the picture as it was given, 0..1. */
  readonly at: readonly [number, number];
}

export interface UsedReference {
  /** Its number among them, counted from the left, from 1. */
  readonly number: number;
  /** How many faces the reference shows. */
  readonly count: number;
  /** Where they are, from the left, in pixels of the reference as it was given. */
  readonly boxes: readonly Rect[];
  /** In pixels of the reference as it was given. */
  readonly face: Face;
  /** What is used, in whole pixels of the reference as it was given. */
  readonly part: Rect;
  /** The same in words, where a user should know: one of several faces, or less than the picture. It is among the warnings. */
  readonly note: string | null;
}

/** One person's part of a reference, upright. */
export interface ReferencePart {
  readonly used: UsedReference;
  readonly picture: Picture;
  readonly face: Face;
  /** 0..1: what of `picture` is another's, or was never there; null where all of it is used. */
  readonly leftOut: Plane | null;
}

/** @param number of the face, from the left, from 1 */
export function usedPart(upright: UprightPicture, number: number): ReferencePart {
  const { picture: whole, faces, quarters } = upright;
  const order = fromLeft(upright);
  const index = order[number - 1];
  const { rect, others } = ownPart(whole, faces, index, FRAME);
  const isWhole = rect.width === whole.width && rect.height === whole.height;
  const picture = isWhole ? whole : cropPicture(whole, rect);
  const given = turnedSize(whole, -quarters);
  const facts = {
    number,
    count: faces.length,
    boxes: order.map((i) => turnRect(faces[i].box, -quarters, whole)),
    face: turnFace(faces[index], -quarters, whole),
    part: turnRect(rect, -quarters, whole),
  };
  return {
    used: { ...facts, note: describe(facts, given, others.length > 0) },
    picture,
    face: movedFace(faces[index], rect),
    leftOut: leftOutOf(picture, rect, others),
  };
}

const centreOf = ({ box }: Face) => box.x + box.width / 2;

/** The order of the faces from the left of the picture as it was given, as indices. */
function fromLeft({ picture, faces, quarters }: UprightPicture): number[] {
  const asGiven = faces.map((face) => turnFace(face, -quarters, picture));
  return faces.map((_, i) => i).sort((a, b) => centreOf(asGiven[a]) - centreOf(asGiven[b]));
}

/** The number of a face. @param wanted that number, the one of `known`, or LARGEST @throws NO_SUCH_FACE */
export function numberIn(upright: UprightPicture, wanted: number, known?: KnownFace): number {
  const { length } = upright.faces;
  if (wanted === LARGEST) return fromLeft(upright).indexOf(0) + 1;
  if (wanted === known?.number) return fromLeft(upright).indexOf(nearestTo(upright, known.at)) + 1;
  if (wanted <= length) return wanted;
  throw new LimnerError(
    'NO_SUCH_FACE',
    `The reference shows ${length} face${length === 1 ? '' : 's'}, but number ${wanted} was chosen.`,
  );
}

/** The index of the face whose nose is nearest to a place, over the size of the picture as it was given. */
function nearestTo({ picture, faces, quarters }: UprightPicture, at: KnownFace['at']): number {
  const { width, height } = turnedSize(picture, -quarters);
  const distances = faces.map((face) => {
    const [x, y] = noseOf(turnFace(face, -quarters, picture).landmarks);
    return Math.hypot(x - at[0] * width, y - at[1] * height);
  });
  return distances.indexOf(Math.min(...distances));
}

const noseOf = (landmarks: ArrayLike<number>) =>
  [landmarks[3 * NOSE_TIP], landmarks[3 * NOSE_TIP + 1]] as const;

/**
 * The face that a style was made by; undefined where that is the largest, or none.
 * @param landmarks px of a picture of this size
 */
export function knownFace(
  number: number,
  landmarks: ArrayLike<number> | null,
  { width, height }: { readonly width: number; readonly height: number },
): KnownFace | undefined {
  if (number === LARGEST || !landmarks) return undefined;
  const [x, y] = noseOf(landmarks);
  return { number, at: [x / width, y / height] };
}

function leftOutOf(picture: Picture, { x, y }: Rect, others: readonly Rect[]): Plane | null {
  const { width, height, data } = picture;
  const out = createPlane(width, height);
  let isAny = others.length > 0;
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = 1 - data[4 * i + 3] / 255;
    isAny ||= out.data[i] > 0;
  }
  for (const other of others) {
    for (let row = other.y - y; row < other.y - y + other.height; row++) {
      out.data.fill(1, row * width + other.x - x, row * width + other.x - x + other.width);
    }
  }
  return isAny ? out : null;
}

function describe(
  { number, count, part }: Omit<UsedReference, 'note'>,
  given: { readonly width: number; readonly height: number },
  leavesOut: boolean,
): string | null {
  const share = (part.width * part.height) / (given.width * given.height);
  const where = `${part.width}×${part.height} px at ${part.x}, ${part.y}`;
  const isPart = share < 1 - WORTH_SAYING;
  if (count > 1) {
    const rest = isPart ? `, of the picture ${where}` : leavesOut ? ', without the pictures in it' : '';
    return `The reference shows ${count} faces; number ${number} from the left is used${rest}. Another can be chosen as the reference face.`;
  }
  return isPart ? `The reference has a frame or margin, which is left out: used are ${where}.` : null;
}

/** Of a picture that is all visible this much is person at the most: else its alpha is not cut along the person. */
const CUT_OUT = 0.8;

/**
 * The matte of a reference's person. A cut-out's alpha is its matte; of any other picture nothing that is left out is
 * the person's.
 */
export async function referenceMatte(
  { picture, face, leftOut }: Pick<ReferencePart, 'picture' | 'face' | 'leftOut'>,
  networks: FaceNetworks,
): Promise<Plane> {
  const matte = await networks.matte(picture, face);
  if (!leftOut) return matte;
  let [person, visible] = [0, 0];
  for (let i = 0; i < matte.data.length; i++) {
    const kept = 1 - leftOut.data[i];
    person += kept * matte.data[i];
    visible += kept;
  }
  const isCutOut = visible < 0.98 * matte.data.length && person > CUT_OUT * visible;
  for (let i = 0; i < matte.data.length; i++) {
    const kept = 1 - leftOut.data[i];
    matte.data[i] = isCutOut ? kept : kept * matte.data[i];
  }
  return matte;
}
