import { MAX_IMAGE_EDGE } from '../../protocol/plugin-messages.ts';

/** The longer edge, in pixels, up to which small layers are exported: enough for every face the method sees. */
const WANTED_EDGE = 1024;

/** Scale and size in pixels at which a layer of some size is exported: never smaller than it is, nor too large for Figma. */
export function exportSize({ width, height }: { readonly width: number; readonly height: number }) {
  const longest = Math.max(width, height);
  const scale = Math.min(Math.max(1, WANTED_EDGE / longest), MAX_IMAGE_EDGE / longest);
  return { scale, width: Math.round(width * scale), height: Math.round(height * scale) };
}
