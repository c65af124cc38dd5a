/**
 * A process that opens files that anybody may have sent: decoders, parsers and archives run here and not in the service. It
 * has neither database nor storage, and is ended when it takes too long or too much memory.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { LimnerError } from '../../../models/errors.ts';
import { decodeStyle } from '../../../models/style-file/index.ts';
import { failureOf } from '../../core/errors.ts';
import { inProcessFolder } from '../../core/files/process-folder.ts';
import { decodePicture, normalisePicture } from '../../core/pictures/read-picture.ts';
import { mayBeAnimation, openAnimation } from '../../core/sequences/read-animation.ts';
import { ANIMATION_LIMITS, VIDEO_LIMITS } from '../../core/sequences/sequence.ts';
import { stripAnimation } from '../../core/sequences/strip-animation.ts';
import {
  type StrippedVideo,
  stripVideo,
  type VideoKind,
  videoKind,
} from '../../core/sequences/strip-video.ts';
import { encodeThumbnail } from '../../core/styles/pack-style.ts';
import { decodeXml } from '../../export/decode-xml.ts';
import { embeddedPictures, otherPictures, readFrame } from '../../export/frame.ts';
import { isFrame } from '../../export/sniff-frame.ts';
import { sha256 } from '../../provenance/origin.ts';
import { type FromInspection, INTAKE, type Inspected, type KeptPicture, type ToInspect } from './messages.ts';

// Files are looked at once: what libvips keeps of them is of no use.
sharp.cache(false);
sharp.concurrency(1);

process.on('message', async (task: ToInspect) => {
  const answer = await inspect(task).then(
    (result): FromInspection => ({ result }),
    (error: unknown): FromInspection => ({ error: failureOf(error) }),
  );
  if (process.connected) process.send?.(answer);
});
process.on('disconnect', () => process.exit(0));
// The service decides when its processes end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

async function inspect(task: ToInspect): Promise<Inspected<ToInspect['type']>> {
  if (task.type === 'thumbnail')
    return { thumbnail: await encodeThumbnail(await decodePicture(task.bytes, 'The picture')) };
  if (task.type === 'style') {
    const { manifest, reference, thumbnail } = decodeStyle(task.bytes);
    for (const picture of [reference, thumbnail]) await refuseMetadata(picture);
    return { name: manifest.name, thumbnail };
  }
  if (isFrame(task.bytes)) return keepFrame(task.bytes);
  const kind = videoKind(task.bytes);
  if (kind) return keepVideo(task.bytes, kind);
  return (await keepAnimation(task.bytes)) ?? keepPicture(task.bytes, task.maxPixels);
}

/** Null for what is no animation. @throws TOO_MANY_FRAMES, TOO_MANY_PIXELS, TRUNCATED_PICTURE, CORRUPT_PICTURE */
async function keepAnimation(bytes: Uint8Array): Promise<KeptPicture | null> {
  if (!mayBeAnimation(bytes)) return null;
  const name = 'The animation';
  const { width, height, count } = await openAnimation(bytes, name, Number.POSITIVE_INFINITY);
  if (count === null || count < 2) return null;
  refuseLarge(name, { width, height, count, seconds: 0 }, ANIMATION_LIMITS);
  return { kind: 'animation', contains: [], kept: stripAnimation(bytes, name), width, height };
}

/** @throws TOO_MANY_FRAMES and all that `stripVideo` throws */
function keepVideo(bytes: Uint8Array, kind: VideoKind): Promise<KeptPicture> {
  return inProcessFolder(INTAKE, async (folder) => {
    const [sent, stripped] = [join(folder, 'sent'), join(folder, 'stripped')];
    await writeFile(sent, bytes);
    const task = { kind, name: 'The video', maxPixels: VIDEO_LIMITS.maxPixels };
    const facts = await stripVideo(sent, stripped, task);
    refuseLarge(task.name, facts, VIDEO_LIMITS);
    const { width, height } = facts;
    return { kind: 'animation', contains: [], kept: await readFile(stripped), width, height };
  });
}

/** @throws TOO_MANY_FRAMES, TOO_MANY_PIXELS */
function refuseLarge(
  name: string,
  { width, height, count, seconds }: StrippedVideo,
  limits: typeof ANIMATION_LIMITS | typeof VIDEO_LIMITS,
): void {
  const { maxPixels, pixels, maxFrames, maxSeconds } = limits;
  const hint = 'Shrink it, or send a shorter part.';
  if (count > maxFrames || seconds > maxSeconds)
    throw new LimnerError(
      'TOO_MANY_FRAMES',
      `${name} has ${count} pictures in ${Math.ceil(seconds)} s; the limits are ${maxFrames} and ${maxSeconds} s.`,
      { hint },
    );
  if (width * height > maxPixels || width * height * count > pixels)
    throw new LimnerError(
      'TOO_MANY_PIXELS',
      `${name} has ${count} pictures of ${width}×${height} px; the limits are ${maxPixels} pixels each and ${pixels} together.`,
      { hint },
    );
}

async function keepPicture(bytes: Uint8Array, maxPixels: number): Promise<KeptPicture> {
  const { png, width, height } = await normalisePicture(bytes, 'The picture', { maxPixels });
  return { kind: 'picture', contains: [], kept: png, width, height };
}

/** Styles that Limner makes have none, so whoever added some knows how to take it away. @throws STYLE_DAMAGED */
async function refuseMetadata(picture: Uint8Array): Promise<void> {
  const { exif, xmp, iptc } = await sharp(picture).metadata();
  if (exif || xmp || iptc)
    throw new LimnerError('STYLE_DAMAGED', 'A picture of the style says where or by whom it was taken.');
}

/** A frame is kept as it is, once it is known to be safe. */
function keepFrame(bytes: Uint8Array): KeptPicture {
  const frame = readFrame(decodeXml(bytes), 'The frame');
  const [width, height] = [Math.ceil(frame.width), Math.ceil(frame.height)];
  const pictures = [...embeddedPictures(frame).map((picture) => picture.bytes), ...otherPictures(frame)];
  const contains = [...new Set(pictures.map(sha256))];
  return { kind: 'frame', contains, kept: bytes, width, height };
}
