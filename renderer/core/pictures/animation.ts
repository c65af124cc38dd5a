/** The two kinds of animation that libvips reads as a single frame without a word. */
import type { PictureFormat } from './sniff-format.ts';

/** Whether the file is an animated PNG (PNG 3rd edition, acTL chunk) of several frames, or an AVIF sequence. */
export function isHiddenAnimation(bytes: Uint8Array, format: PictureFormat): boolean {
  if (format === 'png') return apngFrames(bytes) > 1;
  return format === 'avif' && String.fromCharCode(...bytes.subarray(8, 12)) === 'avis';
}

/** Frames named in the acTL chunk, which stands before the first IDAT; 0 without one. */
function apngFrames(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'acTL') return view.getUint32(at + 8);
    if (type === 'IDAT') return 0;
    at += 12 + length;
  }
  return 0;
}
