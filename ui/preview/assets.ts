import type { AssetName } from '../../protocol/window-assets.ts';

/** One asset as it travels: as text through the plugin, as bytes from the renderer that serves the window. */
export type PackedAsset = { readonly base64: string } | { readonly gzip: ArrayBuffer };

/** Reads one asset. The window decides from where. */
export type ReadAsset = (name: AssetName) => Promise<PackedAsset>;

export async function unpackAsset(packed: PackedAsset): Promise<ArrayBuffer> {
  const gzip =
    'gzip' in packed
      ? packed.gzip
      : Uint8Array.from(atob(packed.base64), (character) => character.charCodeAt(0));
  const stream = new Blob([gzip]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}
