/** Paints the gallery's pairs, each reference prepared once. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FaceNetworks } from '../../models/face/index.ts';
import { cropPicture } from '../../models/image/crop.ts';
import type { Picture } from '../../models/image/picture.ts';
import type { StylizeOptions } from '../../models/stylize/settings.ts';
import { type PreparedStyle, prepareStyle, stylize } from '../../models/stylize/stylize.ts';
import { readPicture } from '../../renderer/core/pictures/read-picture.ts';
import type { Pair } from './pairs.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const galleryFolder = join(root, 'test/gallery');
/** Where failures and the page for the eye are written; git ignores it. */
export const outFolder = join(root, 'out/gallery');

export const readPortrait = (name: string): Promise<Picture> =>
  readPicture(join(galleryFolder, 'portraits', `${name}.jpg`));

/** A part of the pastel that shows a flower, a coat and the ground, from light to dark, and no face. */
const TEXTURE = { x: 520, y: 440, width: 240, height: 400 };

export async function readReference(name: string): Promise<Picture> {
  if (name === 'texture') return cropPicture(await readReference('pastel'), TEXTURE);
  return readPicture(join(root, name === 'joconde' ? 'test/fixtures/joconde.jpg' : `starters/${name}.webp`));
}

export const prepareReference = async (name: string, networks: FaceNetworks): Promise<PreparedStyle> =>
  prepareStyle(await readReference(name), networks, { texture: name === 'texture' });

/** @param more options over the pair's own */
export async function paintPair(
  { portrait, options }: Pair,
  style: PreparedStyle,
  networks: FaceNetworks,
  more: StylizeOptions = {},
): Promise<Picture> {
  const { picture } = await stylize(await readPortrait(portrait), style, networks, { ...options, ...more });
  return picture;
}

/** Any that is not the product's. */
const OTHER_SEED = 1234;

/** The same with other random choices: as good a result, and so far the two may differ. */
export const paintVariation = (pair: Pair, style: PreparedStyle, networks: FaceNetworks): Promise<Picture> =>
  paintPair(pair, style, networks, { parameters: { seed: OTHER_SEED } });
