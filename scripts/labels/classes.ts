/** What a pixel of a labelled portrait can be. The number of a class is its place in the list. */
export const CLASSES = [
  'background',
  'hair',
  'facialHair',
  'faceSkin',
  'bodySkin',
  'brows',
  'eyes',
  'lips',
  'mouthInterior',
  'glasses',
  'headwear',
  'clothes',
  'other',
] as const;
export type ClassName = (typeof CLASSES)[number];

/** Of a pixel that nobody can name. */
export const UNKNOWN = 255;

export const classNumber = (name: ClassName | 'unknown'): number =>
  name === 'unknown' ? UNKNOWN : CLASSES.indexOf(name);

/** Red, green and blue of each class on sheets. */
export const COLOURS: Readonly<Record<ClassName, readonly [number, number, number]>> = {
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
