/** Works on a job of the kind `sequence`: a GIF, an animated WebP or a video, painted steady in time. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestOf } from '../../../protocol/renderer-api/index.ts';
import { paintSequenceFile, type SequenceReport } from '../../core/engine/paint-sequence.ts';
import { resolveSettings } from '../../core/engine/settings.ts';
import { inProcessFolder } from '../../core/files/process-folder.ts';
import { ANIMATION_LIMITS, VIDEO_LIMITS } from '../../core/sequences/sequence.ts';
import { videoKind } from '../../core/sequences/strip-video.ts';
import { createFileSeal, createSeal } from '../../provenance/seal.ts';
import { backUpFrames } from './back-up-frames.ts';
import type { WorkOrder } from './messages.ts';
import { openOrderStyle } from './open-order-style.ts';
import type { Workshop } from './workshop.ts';

export interface PaintedSequence extends SequenceReport {
  readonly bytes: Uint8Array;
  readonly device: string;
}

/**
 * Pictures lie on the disk while they are painted; what a killed process left there goes when another begins. The next
 * attempt, maybe on another machine, goes on with what is in the storage.
 */
export async function runSequence(
  request: RequestOf<'sequence'>,
  order: WorkOrder,
  { engine, storage, identity, signal, onProgress }: Workshop,
): Promise<PaintedSequence> {
  const { style, origin } = await openOrderStyle(request.style, order, { engine, storage });
  const networks = await engine.networks();
  const made = { action: 'restyled', style: origin } as const;
  return inProcessFolder('sequence', async (folder) => {
    const [input, output] = [join(folder, 'animation'), join(folder, `result.${request.format}`)];
    const bytes = await storage.get(order.keys[request.animation]);
    const isVideo = videoKind(bytes) !== null;
    await writeFile(input, bytes);
    const { from, to, fps, boil } = request;
    const settings = resolveSettings(request.settings, style.file);
    const report = await paintSequenceFile({
      ...{ input, name: isVideo ? 'The video' : 'The animation', output, networks, signal },
      style: style.prepared,
      options: { ...settings, boil },
      limits: isVideo ? VIDEO_LIMITS : ANIMATION_LIMITS,
      part: { from, to, fps },
      backup: order.kept ? backUpFrames(storage, order.kept) : undefined,
      origin: {
        file: (_, format, pixels) => createFileSeal(identity, made)(request.animation, format, pixels),
        seal: (picture) => createSeal(identity, made)(picture, 'png', request.animation),
      },
      onProgress: (share, stage) =>
        onProgress({ percent: share * 100, stage: stage === 'writing' ? 'write' : 'paint' }),
    });
    return { ...report, bytes: await readFile(output), device: networks.device };
  });
}
