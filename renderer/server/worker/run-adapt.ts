/** Works on a job of the kind `adapt`: one picture becomes a style file. */
import { createHash } from 'node:crypto';
import { composeStyle } from '../../../models/adapt/compose-style.ts';
import { type AdaptProgress, adaptStyle } from '../../../models/adapt/index.ts';
import type { Device } from '../../../models/runtime/index.ts';
import { encodeStyle } from '../../../models/style-file/index.ts';
import type { RequestOf } from '../../../protocol/renderer-api/index.ts';
import { DEFAULT_STYLE_SETTINGS } from '../../../protocol/style-settings.ts';
import { decodePicture } from '../../core/pictures/read-picture.ts';
import { carriedReference, packFiles } from '../../core/styles/pack-style.ts';
import type { Progress } from '../jobs/run-state.ts';
import type { WorkDone, WorkOrder } from './messages.ts';
import type { Workshop } from './workshop.ts';

export async function runAdapt(
  { reference, name, budget, settings }: RequestOf<'adapt'>,
  { job, keys, resultKey }: WorkOrder,
  { engine, storage, maxPixels, signal, onProgress }: Workshop,
): Promise<WorkDone> {
  const started = performance.now();
  const file = await storage.get(keys[reference]);
  const original = await decodePicture(file, 'The reference', { maxPixels });
  const picture = carriedReference(original);
  const networks = await engine.networks();
  const adapted = await adaptStyle(picture, networks, {
    budget,
    referenceFace: settings.referenceFace,
    device: networks.device as Device,
    signal,
    onProgress: (at) => onProgress(progressOf(at)),
  });
  const files = await packFiles(name, file, original, picture);
  const bytes = encodeStyle(composeStyle(adapted, files, { ...DEFAULT_STYLE_SETTINGS, ...settings }));
  const adapt = performance.now() - started;
  await storage.put(resultKey, bytes);
  const [{ heldOut }] = Object.values(adapted.adaptation.networks);
  const { steps } = adapted.adaptation;
  const facts = { steps, heldOut: { ...heldOut }, warnings: [...adapted.warnings] };
  return {
    result: { type: 'style', style: job, bytes: bytes.length, ...facts },
    style: { name, sha256: createHash('sha256').update(bytes).digest('hex') },
    timings: { adapt, store: performance.now() - started - adapt },
  };
}

function progressOf({ stage, share, training }: AdaptProgress): Progress {
  const percent = share * 100;
  if (!training) return { percent, stage };
  const { step, steps, loss, gain } = training;
  return { percent, stage, details: { step, steps, loss, gain } };
}
