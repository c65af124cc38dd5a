import { decodeStyle, isStyleFile } from '../../models/style-file/index.ts';
import type { Bytes } from '../../protocol/portrait.ts';

/** The picture in a style file, which may have been made of a texture without a face; any other file is the picture. */
export function openStyle(file: Bytes): { readonly reference: Bytes; readonly texture: boolean } {
  if (!isStyleFile(file)) return { reference: file, texture: false };
  const { reference, manifest } = decodeStyle(file);
  return { reference: new Uint8Array(reference), texture: manifest.landmarks === null };
}
