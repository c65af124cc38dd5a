/**
 * `style.json` of a style file. A file of a later version is refused; all earlier ones are read.
 * 1: the first. 2: `corrections`, which no style without any is written with. 3: `correctedFace`, likewise where it is 0.
 */
import { z } from 'zod';
import { LANDMARK_COUNT } from '../face/topology.ts';
import { FURTHEST_STEP, HANDLE_NAMES } from '../stylize/handles.ts';
import { BACKGROUND_MODES, MOST_REFERENCE_FACES, QUALITIES, STROKES } from '../stylize/settings.ts';

/** Of the schema below; files of a later one are refused. */
export const STYLE_VERSION = 3;

const share = z.number().min(0).max(1);
const step = z.number().min(-FURTHEST_STEP).max(FURTHEST_STEP);
const referenceFace = z.int().min(0).max(MOST_REFERENCE_FACES).default(0);
const edge = z.int().min(1).max(65_535);
const range = z.tuple([z.number(), z.number()]);

/** What a style may be called: 1 to 100 characters, none of them a control character. */
export const styleNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, 'a name has no control characters');

/** How samples of the style are drawn from its one reference; see adapt/distribution.ts for their meaning. */
export const distributionSchema = z.strictObject({
  scale: range.describe('size of a sample over that of the reference'),
  turn: z.number().describe('radians, to either side'),
  bend: z.number().describe('displacement of a warp, in edges of a crop'),
  lightness: range.describe('mean and spread, 0..100, over the crops of the reference'),
  exposure: z.number().describe('change of lightness, 0..100, to either side'),
  mirrored: z.boolean(),
});

/** On the part of the reference that adaptation never saw, with the weights that ship and with the adapted ones. */
export const heldOutSchema = z.strictObject({
  psnrBase: z.number(),
  psnrAdapted: z.number(),
  textureBase: z.number(),
  textureAdapted: z.number(),
  spectrumBase: z.number(),
  spectrumAdapted: z.number(),
});

export const manifestSchema = z.strictObject({
  version: z.int().min(1).max(STYLE_VERSION),
  name: styleNameSchema,
  /** The file that the style was made from. */
  source: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), width: edge, height: edge }),
  /** The reference as the style carries it: pixels and media type. */
  reference: z.strictObject({
    width: edge,
    height: edge,
    type: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  }),
  /** x, y, z of each landmark in pixels of the carried reference; null where no face was found. */
  landmarks: z
    .array(z.number())
    .length(3 * LANDMARK_COUNT)
    .nullable(),
  /** What a render uses where nobody says otherwise. */
  settings: z.strictObject({
    likeness: share,
    tone: share.default(0.5),
    shape: share.default(0),
    strokes: z.number().min(STROKES.least).max(STROKES.most).default(1),
    proportions: z.union([z.literal('auto'), share]).default('auto'),
    exaggerate: share.default(0),
    strength: share,
    background: z.enum(BACKGROUND_MODES),
    referenceFace,
    quality: z.enum(QUALITIES).default('standard'),
  }),
  /** How far a person has moved points of one face (see stylize/handles.ts), in eye distances. */
  corrections: z.partialRecord(z.enum(HANDLE_NAMES), z.tuple([step, step]).readonly()).default({}),
  /** Which face that is, counted from the left; 0: the largest. */
  correctedFace: referenceFace,
  /** Null for a style that was saved without adaptation. */
  adaptation: z
    .strictObject({
      seed: z.int(),
      device: z.string(),
      steps: z.int().min(0),
      distribution: distributionSchema,
      /** By network. Where `used` is false the adapted weights were no better and the style carries none. */
      networks: z.partialRecord(
        z.enum(['srgan', 'srgan-lite']),
        z.strictObject({ steps: z.int(), used: z.boolean(), heldOut: heldOutSchema }),
      ),
    })
    .nullable(),
  /** A picture with at least this probability was made in the style. */
  classifier: z.strictObject({ threshold: share }).nullable(),
  warnings: z.array(z.string().max(500)).max(20),
});

/** `style.json`. */
export type StyleManifest = z.infer<typeof manifestSchema>;
/** See `distributionSchema`. */
export type Distribution = z.infer<typeof distributionSchema>;
/** Scores on the part of the reference that adaptation never saw. */
export type HeldOut = z.infer<typeof heldOutSchema>;
