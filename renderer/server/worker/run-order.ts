/** Works on one job: reads its inputs from the storage, paints, writes the result there. */
import { createHash } from 'node:crypto';
import { LimnerError } from '../../../models/errors.ts';
import type { Face } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import type { FullScale } from '../../../models/stylize/render-full.ts';
import type { UsedReference } from '../../../models/stylize/used-reference.ts';
import { upscale } from '../../../models/upscale/upscale.ts';
import type { RequestOf } from '../../../protocol/renderer-api/index.ts';
import { paintPortrait } from '../../core/engine/paint-portrait.ts';
import { resolveSettings } from '../../core/engine/settings.ts';
import type { OutputFormat } from '../../core/pictures/encode-picture.ts';
import { decodePicture } from '../../core/pictures/read-picture.ts';
import type { Origin } from '../../provenance/origin.ts';
import { createSeal } from '../../provenance/seal.ts';
import { scaleOf } from '../jobs/check-outputs.ts';
import type { WorkDone, WorkOrder } from './messages.ts';
import { openOrderStyle } from './open-order-style.ts';
import { runAdapt } from './run-adapt.ts';
import { runExport } from './run-export.ts';
import { runSequence } from './run-sequence.ts';
import type { Workshop } from './workshop.ts';

/** @throws whatever of the error catalogue the work meets */
export async function runOrder(order: WorkOrder, shop: Workshop): Promise<WorkDone> {
  const started = performance.now();
  const done = await runKind(order, shop);
  const timings = { ...done.timings, total: performance.now() - started };
  return { ...done, timings: roundAll(timings) };
}

function runKind(order: WorkOrder, shop: Workshop): Promise<WorkDone> {
  const { request } = order;
  switch (request.kind) {
    case 'render':
      return render(request, order, shop);
    case 'upscale':
      return enlarge(request, order, shop);
    case 'export':
      return exportOrder(request, order, shop);
    case 'adapt':
      return runAdapt(request, order, shop);
    case 'sequence':
      return sequenceOrder(request, order, shop);
    default:
      throw request satisfies never;
  }
}

async function render(request: RequestOf<'render'>, order: WorkOrder, shop: Workshop): Promise<WorkDone> {
  const { engine, signal } = shop;
  const portrait = await read(request.portrait, order, shop);
  const { style, origin: of } = await openOrderStyle(request.style, order, shop);
  const painter = {
    style: style.prepared,
    networks: await engine.networks(),
    enlarger: request.mode === 'full' ? await style.enlarger() : null,
  };
  const painted = await paintPortrait(portrait, painter, {
    ...resolveSettings(request.settings, style.file),
    scale: scaleOf(request) as FullScale,
    signal,
    onProgress: (share, stage) => shop.onProgress({ percent: share * 100, stage }),
  });
  const origin: Origin = { action: 'restyled', source: request.portrait, style: of };
  const written = await write(painted.picture, request.format, origin, order, shop);
  const { device } = painter.networks;
  const facts = {
    device,
    faces: painted.faces.map(publicFace),
    reference: painted.reference && publicReference(painted.reference),
    warnings: [...painted.warnings],
  };
  const weights = painter.enlarger ? { weights: painter.enlarger.name } : {};
  return {
    result: { ...written.result, ...facts, ...weights },
    timings: { ...painted.timings, ...written.timings },
  };
}

async function enlarge(request: RequestOf<'upscale'>, order: WorkOrder, shop: Workshop): Promise<WorkDone> {
  const picture = await read(request.picture, order, shop);
  const { name, upscaler } = await shop.engine.enlarger(request.weights);
  const started = performance.now();
  const large = await upscale(picture, upscaler, {
    scale: request.scale,
    signal: shop.signal,
    onProgress: (share) => shop.onProgress({ percent: share * 100, stage: 'enlarge' }),
  });
  const timings = { enlarge: performance.now() - started };
  const written = await write(
    large,
    request.format,
    { action: 'enlarged', source: request.picture },
    order,
    shop,
  );
  const facts = { device: upscaler.session.device, weights: name, faces: [], warnings: [] };
  return { result: { ...written.result, ...facts }, timings: { ...timings, ...written.timings } };
}

const read = async (input: string, { keys }: WorkOrder, { storage, maxPixels }: Workshop): Promise<Picture> =>
  decodePicture(await storage.get(keys[input]), 'The picture', { maxPixels });

async function write(
  picture: Picture,
  format: OutputFormat,
  { source, ...made }: Origin,
  { resultKey }: WorkOrder,
  shop: Workshop,
) {
  const started = performance.now();
  const bytes = await createSeal(shop.identity, made)(picture, format, source);
  const encode = performance.now() - started;
  const { width, height } = picture;
  const stored = await store({ bytes, width, height, mediaType: `image/${format}` }, resultKey, shop);
  return { result: stored.result, timings: { encode, store: stored.time } };
}

/** A whole file, with what is known of it, into the storage. */
async function store(
  file: { bytes: Uint8Array; width: number; height: number; mediaType: string },
  resultKey: string,
  shop: Workshop,
) {
  const { bytes, ...facts } = file;
  const started = performance.now();
  if (shop.signal.aborted) throw new LimnerError('CANCELLED', 'The work was cancelled.');
  await shop.storage.put(resultKey, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const result = { type: 'picture' as const, sha256, bytes: bytes.length, ...facts };
  return { result, time: performance.now() - started };
}

async function exportOrder(
  request: RequestOf<'export'>,
  order: WorkOrder,
  shop: Workshop,
): Promise<WorkDone> {
  const started = performance.now();
  const { bytes, width, height, device, warnings } = await runExport(request, order, shop);
  const draw = performance.now() - started;
  const mediaType = request.format === 'pdf' ? 'application/pdf' : `image/${request.format}`;
  const { result, time } = await store({ bytes, width, height, mediaType }, order.resultKey, shop);
  const facts = { device, faces: [], warnings: [...warnings] };
  return { result: { ...result, ...facts }, timings: { export: draw, store: time } };
}

async function sequenceOrder(
  request: RequestOf<'sequence'>,
  order: WorkOrder,
  shop: Workshop,
): Promise<WorkDone> {
  const started = performance.now();
  const { bytes, width, height, device, warnings, frames, seconds, lost, resumed } = await runSequence(
    request,
    order,
    shop,
  );
  const sequence = performance.now() - started;
  const isVideo = request.format === 'mp4' || request.format === 'webm';
  const mediaType = `${isVideo ? 'video' : 'image'}/${request.format}`;
  const { result, time } = await store({ bytes, width, height, mediaType }, order.resultKey, shop);
  const facts = { device, faces: [], warnings: [...warnings], sequence: { frames, seconds, lost, resumed } };
  return { result: { ...result, ...facts }, timings: { sequence, store: time } };
}

const publicReference = ({ number, count, boxes, face, part }: UsedReference) => ({
  ...{ number, count },
  boxes: boxes.map((box) => ({ ...box })),
  face: { ...face.box },
  part: { ...part },
});

const publicFace = ({ box, score }: Face) => ({ box: { ...box }, score });

const roundAll = (timings: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(timings).map(([stage, time]) => [stage, Math.round(time * 10) / 10]));
