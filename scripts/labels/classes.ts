/** Numbers and colours of the classes of a labelled portrait. */
import { PARSING_CLASSES, type ParsingClass, UNKNOWN } from '../../models/face/parsing-classes.ts';

/** What a label picture holds: the place of the class in the list. */
export const classNumber = (name: ParsingClass | 'unknown'): number =>
  name === 'unknown' ? UNKNOWN : PARSING_CLASSES.indexOf(name);

/** Red, green and blue of each class on sheets. */
export const COLOURS: Readonly<Record<ParsingClass, readonly [number, number, number]>> = {
  background: [110, 110, 110],
  hair: [255, 140, 0],
  facialHair: [160, 70, 255],
  faceSkin: [255, 230, 60],
  bodySkin: [60, 230, 90],
  brows: [0, 200, 200],
  eyes: [40, 90, 255],
  lips: [255, 0, 80],
  mouthInterior: [255, 255, 255],
  glasses: [0, 0, 0],
  headwear: [150, 90, 30],
  clothes: [70, 160, 255],
  other: [255, 90, 255],
};
