/**
 * A process that opens files that anybody may have sent: decoders, parsers and archives run here and not in the service. It
 * has neither database nor storage, and is ended when it takes too long or too much memory.
 */
import sharp from 'sharp';
import { decodeStyle } from '../../../models/style/package/index.ts';
import { toLimnerError } from '../../core/errors.ts';
import { normalisePicture } from '../../core/pictures/read-picture.ts';
import { readFrame } from '../../export/frame.ts';
import { isFrame } from '../../export/sniff-frame.ts';
import type { FromInspection, InspectedStyle, KeptPicture, ToInspect } from './messages.ts';

// Files are looked at once: what libvips keeps of them is of no use.
sharp.cache(false);
sharp.concurrency(1);

process.on('message', async (task: ToInspect) => {
  const answer = await inspect(task).then(
    (result): FromInspection => ({ result }),
    (error: unknown): FromInspection => {
      const { code, message } = toLimnerError(error);
      return { error: { code, message } };
    },
  );
  if (process.connected) process.send?.(answer);
});
process.on('disconnect', () => process.exit(0));
// The service decides when its processes end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

async function inspect(task: ToInspect): Promise<KeptPicture | InspectedStyle> {
  if (task.type === 'style') {
    const { manifest, thumbnail } = decodeStyle(task.bytes);
    return { name: manifest.name, thumbnail };
  }
  return isFrame(task.bytes) ? keepFrame(task.bytes) : keepPicture(task.bytes, task.maxPixels);
}

async function keepPicture(bytes: Uint8Array, maxPixels: number): Promise<KeptPicture> {
  const { png, width, height } = await normalisePicture(bytes, 'The picture', { maxPixels });
  return { kept: png, width, height };
}

/** A frame is kept as it is, once it is known to be safe. */
function keepFrame(bytes: Uint8Array): KeptPicture {
  const { width, height } = readFrame(new TextDecoder().decode(bytes), 'The frame');
  return { kept: bytes, width: Math.ceil(width), height: Math.ceil(height) };
}
