/**
 * Splits a portrait into the materials that a painter treats differently: what the parsing network saw, brought to the
 * picture's size by a guided filter, so that borders follow the picture's edges. The planes are soft, sum to 1 and have
 * the size of the picture.
 */

import { applyLinearModels, fitLinearModels } from '../face/guided-filter.ts';
import {
  type ParsedSquare,
  type Parsing,
  type ParsingClass,
  type Placement,
  readParsing,
  SAME_PLACE,
} from '../face/index.ts';
import { createPlane, type Picture, type Plane, type Rect } from '../image/picture.ts';
import { shrinkPicture } from '../image/shrink.ts';
import type { TensorData } from '../runtime/index.ts';

export const SEGMENT_NAMES = ['background', 'skin', 'hair', 'clothes'] as const;
export type SegmentName = (typeof SEGMENT_NAMES)[number];
export interface Segments extends Readonly<Record<SegmentName, Plane>> {
  /** Beard and moustache: how much of the skin they grow on. */
  readonly facialHair: Plane;
}

/** Of the person: what is worn on the head is painted as hair is, and what is held before it as clothes are. */
const CLASSES: readonly (readonly ParsingClass[])[] = [
  ['faceSkin', 'bodySkin', 'facialHair', 'brows', 'eyes', 'lips', 'mouthInterior', 'glasses'],
  ['hair', 'headwear'],
  ['clothes', 'other'],
  ['facialHair'],
];
/** px: of the mesh; 0 where nothing was seen. */
const faceHeight = ([first]: Parsing): number => (first ? first.square.size / first.look.size : 0);

/** Share of clothes where the network sees nobody and the matte may. */
const LEAST = 1e-4;
/** Longest side (samples) of the grid on which the shares are fitted to the picture's colours. */
const WORK_SIZE = 256;
/**
 * Of the guided filter that brings the shares to full size: share of the network's near square, samples of the grid, and
 * squared colour units. Five of the network's own samples: borders of labelled faces are met best with 4 to 6.
 */
const REACH = { share: 0.104, least: 2, most: 20 } as const;
const EPSILON = 1e-3;

/**
 * @param picture the portrait
 * @param parsing what the network saw around its main face, in pixels as large as the picture's; all is clothes where that is nothing
 * @param matte probability 0..1 that a pixel belongs to the person
 * @param at where a place of the picture is in the one that the network saw, if that is another
 */
export function segmentPortrait(
  picture: Picture,
  parsing: Parsing,
  matte: Plane,
  at: Placement = SAME_PLACE,
): Segments {
  const { width, height } = matte;
  const scale = Math.min(1, WORK_SIZE / Math.max(width, height));
  const [w, h] = [width, height].map((length) => Math.max(2, Math.round(length * scale)));
  const guide = guideOf(shrinkPicture(picture, w, h));
  const rect = { x: 0, y: 0, width, height };
  const reach = Math.round(REACH.share * faceHeight(parsing) * scale);
  const radius = Math.min(REACH.most, Math.max(REACH.least, reach));
  const shares = sharesOfPerson(parsing, rect, w, h, at);
  const [skin, hair, clothes, facialHair] = fitLinearModels(guide, shares, radius, EPSILON).map((models) =>
    applyLinearModels(picture, rect, models),
  );
  return { ...splitPerson(matte, skin, hair, clothes), facialHair: within(facialHair, skin, matte) };
}

/**
 * The network learned from portraits that end at the chest, and takes cloth further down for hair or skin: there only that
 * counts of which it is sure. Fractions of its near square's side below that square's middle, and the odds that are left.
 */
const CHEST = { from: 1.242, to: 1.71, odds: 0.05 } as const;

/** Shares of skin, hair and clothes, which sum to 1, and of facial hair, at the middles of w × h cells. */
function sharesOfPerson(
  parsing: Parsing,
  rect: Rect,
  w: number,
  h: number,
  at: Placement,
): readonly Float32Array[] {
  const { shares } = readParsing(parsing, CLASSES, rect, w, h, at);
  const [skin, hair, clothes, facialHair] = shares;
  const odds = parsing.length > 0 ? oddsAgainstClothes(parsing[0], rect, w, h, at) : null;
  for (let i = 0; i < skin.length; i++) {
    skin[i] *= odds?.[i] ?? 1;
    hair[i] *= odds?.[i] ?? 1;
    facialHair[i] *= odds?.[i] ?? 1;
    clothes[i] += LEAST;
    const sum = skin[i] + hair[i] + clothes[i];
    for (const share of shares) share[i] /= sum;
  }
  return shares;
}

/** Makes the three shares sum to the matte and the background to the rest. */
function splitPerson(
  matte: Plane,
  skin: Plane,
  hair: Plane,
  clothes: Plane,
): Readonly<Record<SegmentName, Plane>> {
  const { width, height } = matte;
  const background = createPlane(width, height);
  for (let i = 0; i < matte.data.length; i++) {
    const person = matte.data[i];
    const s = Math.max(0, skin.data[i]);
    const h = Math.max(0, hair.data[i]);
    const c = Math.max(0, clothes.data[i]);
    const gain = person / Math.max(1e-6, s + h + c);
    background.data[i] = 1 - person;
    skin.data[i] = s * gain;
    hair.data[i] = h * gain;
    clothes.data[i] = c * gain;
  }
  return { background, skin, hair, clothes };
}

/** Of the person, and no more than there is skin. */
function within(share: Plane, skin: Plane, matte: Plane): Plane {
  const data = share.data.map((value, i) => Math.max(0, Math.min(value * matte.data[i], skin.data[i])));
  return { ...share, data };
}

function guideOf({ width, height, data }: Picture): TensorData {
  const size = width * height;
  const guide = new Float32Array(size * 3);
  for (let i = 0; i < size; i++) for (let c = 0; c < 3; c++) guide[c * size + i] = data[i * 4 + c] / 255;
  return { dims: [1, 3, height, width], data: guide };
}

function oddsAgainstClothes(
  { look, square: { x, y, size, angle } }: ParsedSquare,
  rect: Rect,
  w: number,
  h: number,
  at: Placement,
): Float32Array {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return Float32Array.from({ length: w * h }, (_, i) => {
    const [px, py] = at(
      rect.x + (((i % w) + 0.5) * rect.width) / w,
      rect.y + ((Math.floor(i / w) + 0.5) * rect.height) / h,
    );
    const [dx, dy] = [px - x, py - y];
    const below = look.below + ((dy * cos - dx * sin) * look.size) / size;
    const t = Math.min(1, Math.max(0, (below - CHEST.from) / (CHEST.to - CHEST.from)));
    return 1 + t * (CHEST.odds - 1);
  });
}
