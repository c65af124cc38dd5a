/** What the parsing network tells apart, in the order of its output, which is that of the label pictures. */
export const PARSING_CLASSES = [
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
/** One of `PARSING_CLASSES`. */
export type ParsingClass = (typeof PARSING_CLASSES)[number];

/** Value of a label picture where nobody said what there is. */
export const UNKNOWN = 255;

/** Of the network's input: red, green, blue, the person matte, and where the mesh has face, brows, eyes and lips. */
export const PARSING_CHANNELS = 8;
/** Side of the network's input, px. Its output has half of that. */
export const PARSING_SIDE = 256;
