import type { AssetName } from '../../protocol/window-assets.ts';

/** One asset as it travels: as text through the plugin, as bytes from the renderer that serves the window. */
export type PackedAsset = { readonly base64: string } | { readonly gzip: ArrayBuffer };

/** Reads one asset. The window decides from where. */
export type ReadAsset = (name: AssetName) => Promise<PackedAsset>;

export async function unpackAsset(packed: PackedAsset): Promise<ArrayBuffer> {
  const gzip = 'gzip' in packed ? packed.gzip : bytesOf(packed.base64);
  const stream = new Blob([gzip]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

/** A loop: `Uint8Array.from` walks a string of megabytes by its iterator, which takes a fifth of a second. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
