/** A frame, from SVG to the file that leaves. */
import { LimnerError } from '../../models/errors.ts';
import type { Picture } from '../../models/image/picture.ts';
import { checkOutputSize } from '../core/pictures/encode-picture.ts';
import { sha256 } from '../provenance/origin.ts';
import type { Browser } from './browser.ts';
import { drawFrame, printFrame } from './draw-frame.ts';
import { readFrame } from './frame.ts';
import { labelPdf } from './label-pdf.ts';
import { measurePictures } from './measure-pictures.ts';
import { type Restyled, type RestyleOptions, restyleFrame } from './restyle-frame.ts';

export const EXPORT_FORMATS = ['png', 'webp', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Longest edge (px) of an export. */
export const LONGEST_EDGE = 16_384;

export interface ExportOptions extends Omit<RestyleOptions, 'onProgress'> {
  readonly format: ExportFormat;
  /** Turns pixels into a file. @param source SHA-256 of the frame */
  readonly seal: (picture: Picture, format: 'png' | 'webp', source: string) => Promise<Uint8Array>;
  /** XMP for a PDF, or null for none. */
  readonly xmp: (source: string) => string | null;
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number, stage: string) => void;
}

export interface Exported extends Restyled {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** @throws BAD_SVG, UNSAFE_SVG, NO_LAYER, USAGE for a size, BROWSER_FAILED, EXPORT_TIMEOUT, CANCELLED, and what painting throws */
export async function exportFrame(
  svg: string,
  name: string,
  browser: Browser,
  options: ExportOptions,
): Promise<Exported> {
  const { scale, format, signal, onProgress = () => undefined } = options;
  const frame = readFrame(svg, name);
  const source = sha256(svg);
  const [width, height] = [Math.round(frame.width * scale), Math.round(frame.height * scale)];
  checkSize(width, height, format);
  const { placements, missingFonts } = await browser.withPage((page) => measurePictures(page, frame), signal);
  const { portraits, unstyled, warnings } = await restyleFrame(frame, placements, {
    ...options,
    onProgress: (share) => onProgress(0.8 * share, 'restyle'),
  });
  const fonts = missingFonts.map(
    (font) => `The font ${JSON.stringify(font)} is not here: another one was drawn.`,
  );
  const restyled = { portraits, unstyled, warnings: [...warnings, ...fonts] };
  if (format === 'pdf') {
    const pdf = await browser.withPage((page) => printFrame(page, frame, scale), signal);
    const xmp = options.xmp(source);
    return { ...restyled, bytes: xmp === null ? pdf : await labelPdf(pdf, xmp), width, height };
  }
  const onTile = (share: number) => onProgress(0.8 + 0.2 * share, 'draw');
  const picture = await browser.withPage((page) => drawFrame(page, frame, scale, onTile), signal);
  if (!isVisible(picture)) throw new LimnerError('BAD_OUTPUT', `${name} shows nothing at all.`);
  return { ...restyled, bytes: await options.seal(picture, format, source), width, height };
}

function checkSize(width: number, height: number, format: ExportFormat): void {
  if (Math.min(width, height) < 1 || Math.max(width, height) > LONGEST_EDGE) {
    const received = `${width}×${height} px`;
    throw new LimnerError('USAGE', `Expected 1 to ${LONGEST_EDGE} px an edge but received ${received}.`);
  }
  if (format !== 'pdf') checkOutputSize({ width, height }, format);
}

function isVisible({ data }: Picture): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) return true;
  return false;
}
