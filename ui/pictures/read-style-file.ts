/** A picture or style file that the user gives, made ready to be kept among the recent styles. */
import { decodeStyle, encodeStyle, isStyleFile, type Style } from '../../models/style-file/index.ts';
import { plainManifest } from '../../models/style-file/plain-style.ts';
import { type ChosenFace, styleOfFace } from '../../models/style-file/style-of-face.ts';
import { DEFAULT_SETTINGS, type RecentStyle } from '../../protocol/plugin-data.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import { sha256Hex } from '../../protocol/renderer-api/client/sha256.ts';
import { decodePicture } from './decode-picture.ts';
import { encodePicture } from './encode-picture.ts';
import { isAnimated } from './is-animated.ts';

/** Larger references are kept smaller, in pixels and bytes: Figma keeps 5 MB for all styles. */
const LARGEST = { width: 1600, height: 1600 };
const MOST_BYTES = 1_500_000;
const THUMBNAIL = { width: 112, height: 112 };
const LONGEST_NAME = 100;

export interface StyleToKeep {
  readonly style: RecentStyle;
  readonly file: Bytes;
}

/** @throws CORRUPT_PICTURE, PICTURE_TOO_SMALL, STYLE_DAMAGED, STYLE_TOO_LARGE, STYLE_TOO_NEW */
export async function readStyleFile(file: Bytes, fileName: string): Promise<StyleToKeep> {
  const id = (await sha256Hex(file)).slice(0, 32);
  if (isStyleFile(file)) {
    const style = decodeStyle(file);
    const thumbnail = new Uint8Array(style.thumbnail);
    return {
      style: {
        ...{ id, name: style.manifest.name, kind: 'package', thumbnail },
        referenceFace: style.manifest.settings.referenceFace,
      },
      file: withoutNetwork(file, style),
    };
  }
  const thumbnail = await encodePicture(await decodePicture(file, 0, THUMBNAIL), JPEG);
  // Of an animation its first frame is the reference.
  const kept =
    file.length <= MOST_BYTES && !isAnimated(file)
      ? file
      : await encodePicture(await decodePicture(file, 0, LARGEST), JPEG);
  return { style: { id, name: nameOf(fileName), kind: 'picture', referenceFace: 0, thumbnail }, file: kept };
}

/** Previews need no network, which is 3 MB of the 5 that Figma keeps for all styles. Renderers have the whole file. */
export function withoutNetwork(file: Bytes, style: Style = decodeStyle(file)): Bytes {
  if (Object.keys(style.weights).length === 0) return file;
  const manifest = { ...style.manifest, adaptation: null };
  return new Uint8Array(encodeStyle({ ...style, manifest, weights: {} }));
}

const JPEG: ImageEncodeOptions = { type: 'image/jpeg', quality: 0.9 };

/** A style file of a picture without a face: its texture alone is used. */
export async function textureStyle(kept: StyleToKeep): Promise<StyleToKeep> {
  const id = `${kept.style.id}-texture`;
  return { style: { ...kept.style, id, kind: 'package' }, file: await packPicture(kept) };
}

/**
 * A style whose face was corrected by hand.
 * @param face whose landmarks are given over the width of the reference
 */
export async function correctedStyle(kept: StyleToKeep, face: ChosenFace): Promise<StyleToKeep> {
  const before = decodeStyle(isStyleFile(kept.file) ? kept.file : await packPicture(kept));
  const { width } = before.manifest.reference;
  const landmarks = face.landmarks.map((value) => value * width);
  const manifest = styleOfFace(before.manifest, { ...face, landmarks });
  const file = new Uint8Array(encodeStyle({ ...before, manifest }));
  const id = (await sha256Hex(file)).slice(0, 32);
  return { style: { ...kept.style, id, kind: 'package', referenceFace: face.number }, file };
}

/** Pixels; as PNG it has at most 32 kB, as a style file demands. */
const PACKAGE_THUMBNAIL = { width: 88, height: 88 };

async function packPicture({ style, file }: StyleToKeep): Promise<Bytes> {
  const picture = await decodePicture(file, 0, LARGEST);
  const reference = await encodePicture(picture, JPEG);
  const { scale, ...settings } = DEFAULT_SETTINGS.look;
  const { width, height } = picture;
  const facts = {
    name: style.name,
    source: { sha256: await sha256Hex(file), width, height },
    reference: { width, height, type: 'image/jpeg' },
    landmarks: null,
  } as const;
  const packed = encodeStyle({
    manifest: plainManifest(facts, settings),
    reference,
    thumbnail: await encodePicture(await decodePicture(file, 0, PACKAGE_THUMBNAIL)),
    weights: {},
  });
  return new Uint8Array(packed);
}

function nameOf(fileName: string): string {
  const name = fileName
    .replace(/\.[a-z0-9]{1,6}$/i, '')
    .replace(/\p{Cc}/gu, '')
    .trim();
  return name.slice(0, LONGEST_NAME) || 'Style';
}
