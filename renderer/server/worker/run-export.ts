/** Works on a job of the kind `export`: a frame, its portraits restyled, drawn by this process's browser. */

import { lazy } from '../../../models/lazy.ts';
import type { RequestOf } from '../../../protocol/renderer-api/index.ts';
import { paintPortrait } from '../../core/engine/paint-portrait.ts';
import { resolveSettings } from '../../core/engine/settings.ts';
import { openBrowser } from '../../export/browser.ts';
import { decodeXml } from '../../export/decode-xml.ts';
import { type Exported, exportFrame } from '../../export/export-frame.ts';
import type { Sha256 } from '../../provenance/origin.ts';
import { createSeal, unsignedXmp } from '../../provenance/seal.ts';
import type { WorkOrder } from './messages.ts';
import { openOrderStyle } from './open-order-style.ts';
import type { Workshop } from './workshop.ts';

const browser = lazy(openBrowser);

export async function runExport(
  request: RequestOf<'export'>,
  order: WorkOrder,
  { engine, storage, identity, signal, onProgress }: Workshop,
): Promise<Exported & { device: string }> {
  const svg = decodeXml(await storage.get(order.keys[request.frame]));
  const { style, origin } = await openOrderStyle(request.style, order, { engine, storage });
  const networks = await engine.networks();
  const made = { action: 'exported', style: origin } as const;
  const seal = createSeal(identity, made);
  const settings = resolveSettings(request.settings, style.file);
  const exported = await exportFrame(svg, 'The frame', browser(), {
    scale: request.scale,
    format: request.format,
    layers: request.portraits ?? null,
    seal: (picture, format) => seal(picture, format, request.frame),
    xmp: (): string | null =>
      identity ? unsignedXmp({ ...made, source: request.frame satisfies Sha256 }) : null,
    hasFace: async (picture) => (await networks.findFaces(picture)).length > 0,
    signal,
    onProgress: (share, stage) => onProgress({ percent: share * 100, stage }),
    paint: async (portrait, scale) => {
      const enlarger = scale > 1 ? await style.enlarger() : null;
      const painter = { style: style.prepared, networks, enlarger };
      return (await paintPortrait(portrait, painter, { ...settings, scale, signal })).picture;
    },
  });
  return { ...exported, device: networks.device };
}
