/** The last step of every picture that leaves: bytes that say how it was made. */
import { randomUUID } from 'node:crypto';
import type { Picture } from '../../models/image/picture.ts';
import type { Gamut } from '../core/pictures/colour/gamut.ts';
import { encodePicture, type OutputFormat } from '../core/pictures/encode-picture.ts';
import { VERSION } from '../core/version.ts';
import type { Identity } from './identity.ts';
import { embedManifest, manifestUri, manifestUrn, type Software } from './manifest.ts';
import { type Origin, type Sha256, sha256 } from './origin.ts';
import { xmpPacket } from './xmp.ts';

export const SOFTWARE: Software = { name: 'Limner', version: VERSION };

/**
 * Encodes a result.
 * @param source the bytes of the file that the result was made from, or their SHA-256
 * @param gamut of the picture's codes; default sRGB
 */
export type Seal = (
  picture: Picture,
  format: OutputFormat,
  source: Uint8Array | Sha256,
  gamut?: Gamut,
) => Promise<Uint8Array>;

/**
 * PNG and JPEG get a signed manifest and XMP that points to it, WebP XMP alone.
 * @param identity null: results say nothing about their origin
 */
export function createSeal(identity: Identity | null, made: Omit<Origin, 'source'>): Seal {
  return async (picture, format, source, gamut) => {
    if (!identity) return encodePicture(picture, format, { gamut });
    const origin: Origin = { ...made, source: typeof source === 'string' ? source : sha256(source) };
    if (format === 'webp') return encodePicture(picture, format, { xmp: unsignedXmp(origin), gamut });
    const id = randomUUID();
    const xmp = xmpPacket(origin, nameOf(SOFTWARE), manifestUri(manifestUrn(id)));
    const file = await encodePicture(picture, format, { xmp, gamut });
    return embedManifest(file, id, { origin, software: SOFTWARE, identity });
  };
}

/** For files that cannot carry a manifest. */
export const unsignedXmp = (origin: Origin): string => xmpPacket(origin, nameOf(SOFTWARE));

const nameOf = ({ name, version }: Software) => `${name} ${version}`;
