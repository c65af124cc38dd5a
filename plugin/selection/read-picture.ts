import { ChannelError } from '../../protocol/envelope.ts';
import type { Bytes, Portrait } from '../../protocol/portrait.ts';
import { exportSize } from './export-size.ts';
import { findSourceAsync } from './find-source.ts';

/** A portrait's picture: the file as it was uploaded, or a PNG of the layer as it looks. */
export async function readPictureAsync(portrait: Portrait): Promise<Bytes> {
  const node = await findSourceAsync(portrait);
  try {
    const bytes =
      portrait.imageHash === null
        ? await exportLayerAsync(node, portrait)
        : await figma.getImageByHash(portrait.imageHash)!.getBytesAsync();
    return bytes as Bytes;
  } catch {
    throw new ChannelError(
      'NOT_READABLE',
      `Figma cannot load the picture of “${portrait.name}”.`,
      'Try again.',
    );
  }
}

function exportLayerAsync(node: SceneNode & ExportMixin, portrait: Portrait): Promise<Uint8Array> {
  const { scale } = exportSize(portrait);
  return node.exportAsync({
    format: 'PNG',
    useAbsoluteBounds: true,
    constraint: { type: 'SCALE', value: scale },
    colorProfile: 'SRGB',
  });
}
