import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FaceNetworks } from '../../../models/face/index.ts';
import type { PreparedStyle } from '../../../models/stylize/stylize.ts';
import { paintSequenceFile } from '../../core/engine/paint-sequence.ts';
import type { resolveSettings } from '../../core/engine/settings.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { DEFAULT_LIMITS } from '../../core/sequences/sequence.ts';
import type { FileSeal, Seal } from '../../provenance/seal.ts';
import type { Painted, PaintOptions, Portrait } from './studio.ts';

interface Painter {
  readonly style: PreparedStyle;
  readonly networks: FaceNetworks;
  readonly settings: ReturnType<typeof resolveSettings>;
}

interface Options extends PaintOptions {
  /** Most pixels of one of its pictures. */
  readonly maxPixels: number;
  readonly seal: Seal;
  readonly sealFile: FileSeal;
}

/**
 * An animation at its own size, steady in time. What is painted of it lies hidden beside the result, so that a run that
 * was killed goes on from there.
 * @throws what `paintSequenceFile` throws
 */
export async function paintAnimation(
  { path, output, bytes }: Portrait,
  { style, networks, settings }: Painter,
  { signal, onProgress, maxPixels, seal, sealFile }: Options,
): Promise<Painted> {
  const hidden = join(dirname(output), `.${basename(output)}`);
  const report = await paintSequenceFile({
    ...{ input: path, output: hidden, style, networks, signal },
    options: { ...settings, boil: 0 },
    limits: { ...DEFAULT_LIMITS, maxPixels },
    part: {},
    origin: { file: sealFile, seal: (picture) => seal(picture, 'png', bytes) },
    onProgress: (share) => onProgress(share),
  });
  try {
    const { width, height, warnings } = report;
    return { bytes: await readFileBytes(hidden), width, height, device: networks.device, warnings };
  } finally {
    await rm(hidden, { force: true });
  }
}
