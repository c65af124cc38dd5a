/**
 * A style as one file, `NAME.limner`. Nothing here decodes pictures or runs networks: the bytes of both are handed on
 * to whoever can.
 */
import { z } from 'zod';
import { LimnerError } from '../errors.ts';
import { isCorrected } from '../stylize/handles.ts';
import type { PrepareOptions } from '../stylize/reference.ts';
import { knownFace } from '../stylize/used-reference.ts';
import { type Entries, packArchive, unpackArchive } from './archive.ts';
import { manifestSchema, STYLE_VERSION, type StyleManifest } from './manifest.ts';

export { MAX_STYLE_BYTES } from './archive.ts';
export {
  type Distribution,
  type HeldOut,
  STYLE_VERSION,
  type StyleManifest,
  styleNameSchema,
} from './manifest.ts';

/** The networks that a style may bring weights for. */
export const ADAPTABLE = ['srgan', 'srgan-lite'] as const;
/** One of `ADAPTABLE`. */
export type AdaptableName = (typeof ADAPTABLE)[number];

/** What a `.limner` file holds. */
export interface Style {
  readonly manifest: StyleManifest;
  /** A file of the type that the manifest names. */
  readonly reference: Uint8Array;
  /** PNG, for lists. */
  readonly thumbnail: Uint8Array;
  /** ONNX models: adapted generators. */
  readonly weights: Readonly<Partial<Record<AdaptableName, Uint8Array>>>;
  /** Read by `decodeClassifier`; there if and only if the manifest has a threshold. */
  readonly classifier?: Uint8Array;
}

const MANIFEST = 'style.json';
const THUMBNAIL = 'thumbnail.png';
const CLASSIFIER = 'classifier.json';
const weightsEntry = (name: AdaptableName) => `${name}.onnx`;
const EXTENSIONS = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' } as const;
const referenceEntry = ({ reference }: StyleManifest) => `reference.${EXTENSIONS[reference.type]}`;

const MEGABYTE = 2 ** 20;
/** Most bytes of each entry, unpacked. */
const LIMITS = {
  [MANIFEST]: MEGABYTE / 4,
  /** As much as the plugin keeps of a style used lately. */
  [THUMBNAIL]: 2 ** 15,
  [CLASSIFIER]: MEGABYTE / 8,
  ...Object.fromEntries(Object.values(EXTENSIONS).map((type) => [`reference.${type}`, 8 * MEGABYTE])),
  ...Object.fromEntries(ADAPTABLE.map((name) => [weightsEntry(name), 4 * MEGABYTE])),
};

/** How the reference of a style, or a plain picture, is prepared. @param style null for a picture */
export const prepareOptionsOf = (style: Pick<Style, 'manifest'> | null): Omit<PrepareOptions, 'notes'> => ({
  texture: style?.manifest.landmarks === null,
  corrections: style?.manifest.corrections,
  correctedFace: style?.manifest.correctedFace,
  knownFace: style ? faceOf(style.manifest) : undefined,
});

const faceOf = ({ settings, landmarks, reference }: StyleManifest) =>
  knownFace(settings.referenceFace, landmarks, reference);

/** Whether bytes begin like a zip, which no picture does. @param bytes of any file */
export const isStyleFile = (bytes: Uint8Array): boolean =>
  [0x50, 0x4b, 3, 4].every((byte, i) => bytes[i] === byte);

/** Equal styles give equal bytes. @returns a `.limner` file @throws STYLE_TOO_LARGE; ZodError for a manifest that breaks the schema */
export function encodeStyle({ manifest, reference, thumbnail, weights, classifier }: Style): Uint8Array {
  const entries: Record<string, Uint8Array> = {
    [MANIFEST]: new TextEncoder().encode(`${JSON.stringify(writtenManifest(manifest), null, 1)}\n`),
    [referenceEntry(manifest)]: reference,
    [THUMBNAIL]: thumbnail,
  };
  for (const name of ADAPTABLE) if (weights[name]) entries[weightsEntry(name)] = weights[name];
  if (classifier) entries[CLASSIFIER] = classifier;
  return packArchive(entries);
}

/**
 * The style in a file.
 * @param bytes a `.limner` file
 * @throws STYLE_TOO_LARGE before anything is unpacked; STYLE_TOO_NEW for a later version of the schema; STYLE_DAMAGED for
 * anything else that `encodeStyle` would not have written
 */
export function decodeStyle(bytes: Uint8Array): Style {
  const entries = unpackArchive(bytes, LIMITS);
  const manifest = readManifest(need(entries, MANIFEST));
  const weights = ADAPTABLE.map((name) => [name, entries[weightsEntry(name)]]).filter(([, data]) => data);
  const reference = need(entries, referenceEntry(manifest));
  const thumbnail = need(entries, THUMBNAIL);
  const classifier = manifest.classifier ? need(entries, CLASSIFIER) : undefined;
  const known = 3 + weights.length + (classifier ? 1 : 0);
  if (Object.keys(entries).length !== known)
    throw damaged('holds an entry that its style.json does not know');
  return {
    manifest,
    reference,
    thumbnail,
    weights: Object.fromEntries(weights),
    ...(classifier && { classifier }),
  };
}

const damaged = (what: string) => new LimnerError('STYLE_DAMAGED', `The style file ${what}.`);

/** As old a version as says all of it, so that earlier Limners read what they can. @throws ZodError */
function writtenManifest(manifest: StyleManifest): object {
  const { corrections, correctedFace, ...rest } = manifestSchema.parse({
    ...manifest,
    version: STYLE_VERSION,
  });
  if (!isCorrected(corrections)) return { ...rest, version: 1 };
  return correctedFace === 0 ? { ...rest, version: 2, corrections } : { ...rest, corrections, correctedFace };
}

function need(entries: Entries, name: string): Uint8Array {
  const data = entries[name];
  if (data === undefined) throw damaged(`has no ${name}`);
  return data;
}

function readManifest(bytes: Uint8Array): StyleManifest {
  const json = parseJson(bytes);
  const version = z.object({ version: z.int() }).safeParse(json).data?.version ?? 0;
  if (version > STYLE_VERSION)
    throw new LimnerError(
      'STYLE_TOO_NEW',
      `The style file has version ${version}; this Limner knows ${STYLE_VERSION}.`,
    );
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  throw damaged(`is wrong in ${MANIFEST}, ${path.join('.') || 'all of it'}: ${message}`);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged(`has no readable ${MANIFEST}`);
  }
}
