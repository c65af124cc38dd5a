/** The last step of every picture that leaves: bytes that say how it was made. */
import { randomUUID } from 'node:crypto';
import type { Picture } from '../../models/image/picture.ts';
import type { Gamut } from '../core/pictures/colour/gamut.ts';
import { encodePicture, type OutputFormat } from '../core/pictures/encode-picture.ts';
import type { FileOrigin } from '../core/sequences/write-sequence.ts';
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
 * A signed manifest, and XMP that points to it.
 * @param identity null: results say nothing about their origin
 */
export function createSeal(identity: Identity | null, made: Omit<Origin, 'source'>): Seal {
  return async (picture, format, source, gamut) => {
    if (!identity) return encodePicture(picture, format, { gamut });
    const origin: Origin = { ...made, source: typeof source === 'string' ? source : sha256(source) };
    const id = randomUUID();
    const xmp = xmpPacket(origin, nameOf(SOFTWARE), manifestUri(manifestUrn(id)));
    const file = await encodePicture(picture, format, { xmp, gamut });
    return embedManifest(file, id, { origin, software: SOFTWARE, identity });
  };
}

/**
 * How many pixels a file may have, all its pictures together, to be signed: it is read whole for that, and takes most a pixel as a
 * GIF. Matroska has no place for a manifest.
 */
const MOST_SIGNED: Readonly<Record<string, number>> = {
  gif: 2 ** 30,
  webp: 2 ** 31,
  mp4: 2 ** 34,
  mov: 2 ** 32,
};

/**
 * What an animation or a video says, and what signs it once it is written.
 * @param pixels of all its pictures together
 */
export type FileSeal = (source: Sha256, format: string, pixels: number) => FileOrigin;

/** @param identity null: files say nothing about their origin */
export function createFileSeal(identity: Identity | null, made: Omit<Origin, 'source'>): FileSeal {
  return (source, format, pixels) => {
    if (!identity) return {};
    const origin: Origin = { ...made, source };
    if (pixels > (MOST_SIGNED[format] ?? 0)) return { xmp: unsignedXmp(origin) };
    const id = randomUUID();
    return {
      xmp: xmpPacket(origin, nameOf(SOFTWARE), manifestUri(manifestUrn(id))),
      sign: (file) => embedManifest(file, id, { origin, software: SOFTWARE, identity }),
    };
  };
}

/** For files that cannot carry a manifest. */
export const unsignedXmp = (origin: Origin): string => xmpPacket(origin, nameOf(SOFTWARE));

const nameOf = ({ name, version }: Software) => `${name} ${version}`;
