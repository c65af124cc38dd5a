import { decodeStyle, isStyleFile, prepareOptionsOf } from '../../models/style-file/index.ts';
import type { PrepareOptions } from '../../models/stylize/reference.ts';
import type { Bytes } from '../../protocol/portrait.ts';

/** The picture in a style file and how it is prepared; any other file is the picture. */
export function openStyle(file: Bytes): { readonly reference: Bytes; readonly options: PrepareOptions } {
  if (!isStyleFile(file)) return { reference: file, options: prepareOptionsOf(null) };
  const style = decodeStyle(file);
  return { reference: new Uint8Array(style.reference), options: prepareOptionsOf(style) };
}
