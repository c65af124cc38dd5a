import { isStyleFile } from '../../models/style-file/index.ts';
import type { RendererClient } from '../../protocol/renderer-api/client/index.ts';
import type { StyleRef } from '../../protocol/renderer-api/identifiers.ts';

/** What jobs call a style on the renderer; it is sent there unless it is there. */
export async function rendererStyle(
  renderer: RendererClient,
  id: string,
  file: Uint8Array,
  signal: AbortSignal,
): Promise<StyleRef> {
  if (!isStyleFile(file)) return { picture: await renderer.uploadPicture(file, { signal }) };
  const known = await renderer.styles({ signal });
  if (!known.some((style) => style.id === id)) await renderer.uploadStyle(id, file, { signal });
  return { style: id };
}
