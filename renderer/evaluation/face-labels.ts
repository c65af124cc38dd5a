/**
 * Reads label pictures, whose classes are merged into the segments of a portrait: in the colours of CelebAMask-HQ, or
 * grey, where a pixel's level is an index into PARSING_CLASSES.
 */

import { PARSING_CLASSES, type ParsingClass } from '../../models/face/index.ts';
import type { Picture } from '../../models/image/picture.ts';
import type { SegmentName } from '../../models/segment/segments.ts';

const colours = (name: SegmentName, ...list: readonly number[]) =>
  list.map((colour) => [colour, name] as const);

/** What is not named is skin, or lies on it. */
const SEGMENT_OF_CLASS: Readonly<Partial<Record<ParsingClass, SegmentName>>> = {
  background: 'background',
  hair: 'hair',
  headwear: 'hair',
  clothes: 'clothes',
  other: 'clothes',
};

/** 0xRRGGBB of each class. What is worn on the head counts as hair, as it does for painting. */
const SEGMENT_OF_COLOUR: ReadonlyMap<number, SegmentName> = new Map([
  ...colours('background', 0x000000),
  // Skin, nose, glasses, eyes, brows, ears, mouth, lips, neck; earrings and necklaces lie on them.
  ...colours('skin', 0xcc0000, 0x4c9900, 0xcccc00, 0x3333ff, 0xcc00cc, 0x00ffff, 0xffcccc, 0x663300),
  ...colours('skin', 0xff0000, 0x66cc00, 0xffff00, 0x000099, 0xff9933, 0x00cccc, 0x003300),
  ...colours('hair', 0x0000cc, 0xff3399), // hair, hat
  ...colours('clothes', 0x00cc00),
  // Black is ground in both.
  ...PARSING_CLASSES.flatMap((name, index) => colours(SEGMENT_OF_CLASS[name] ?? 'skin', 0x010101 * index)),
]);

/** The segment of each pixel; undefined where the colour is none of either. */
export function readFaceLabels({ data }: Picture): (SegmentName | undefined)[] {
  return Array.from({ length: data.length / 4 }, (_, i) =>
    SEGMENT_OF_COLOUR.get((data[i * 4] << 16) | (data[i * 4 + 1] << 8) | data[i * 4 + 2]),
  );
}
