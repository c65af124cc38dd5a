/** Rows of moving pictures side by side, for a person to look at: a page that plays them, or a sheet of single ones. */
import { extname } from 'node:path';
import sharp from 'sharp';
import { LimnerError } from '../../../models/errors.ts';
import { createPicture, type Picture } from '../../../models/image/picture.ts';
import { checkWritable, saveFile } from '../../core/files/save-file.ts';
import { type Cell, contactSheet, thumbnail } from '../../core/pictures/contact-sheet.ts';
import { encodePicture, outputFormat } from '../../core/pictures/encode-picture.ts';
import { refuseInputs } from '../../core/pictures/plan-outputs.ts';
import { webpFrame, webpHeader, webpSize } from '../../core/sequences/webp.ts';
import { residualPicture } from './sequence-measures.ts';
import type { Motions } from './steadiness.ts';

/** One way of making the pictures; all have as many. */
export interface Strip {
  readonly label: string;
  readonly pictures: readonly Picture[];
}

/** Longest sides (px) of a picture where it moves, and on a sheet of single ones. */
const [MOVING, SINGLE] = [480, 220];
/** Pictures of a strip on a sheet of single ones. */
const COLUMNS = 8;
/** Seconds a picture. */
const PACE = 1 / 12;
/** Factor by which what differs is made visible. */
const GAIN = 8;

/** @param inputs files that it must not replace. @throws USAGE, OUTPUT_EXISTS_AS_INPUT, NOT_WRITABLE */
export async function checkMotionSheet(path: string, inputs: readonly string[]): Promise<void> {
  if (!isPage(path) && !PICTURES.test(path))
    throw new LimnerError('USAGE', `Expected .html, .jpg, .png or .webp for --sheet but received ${path}.`);
  await refuseInputs([path], inputs);
  await checkWritable(path);
}

const PICTURES = /\.(jpe?g|png|webp)$/i;
const isPage = (path: string) => ['.html', '.htm'].includes(extname(path).toLowerCase());

/**
 * Each strip, and below it what differs from the picture before after the portrait's motion is taken out.
 * @param words what is written under a page
 * @throws NOT_WRITABLE, CANCELLED
 */
export async function saveMotionSheet(
  path: string,
  strips: readonly Strip[],
  motions: Motions,
  words: string,
  signal?: AbortSignal,
): Promise<void> {
  const residuals = strips.map((strip) => residualStrip(strip, motions));
  if (!isPage(path)) {
    const rows = [...strips, ...residuals].map((strip) => singles(strip));
    return saveFile(path, await encodePicture(contactSheet(rows, SINGLE), outputFormat(path)), signal);
  }
  const count = strips[0].pictures.length;
  const frames = Array.from({ length: count }, (_, i) =>
    contactSheet(
      [strips, residuals].map((row) => row.map((strip) => cellOf(strip, i, MOVING))),
      MOVING,
    ),
  );
  await saveFile(path, Buffer.from(page(await animate(frames), words)), signal);
}

function residualStrip({ label, pictures }: Strip, motions: Motions): Strip {
  const [{ width, height }] = pictures;
  const first = createPicture(width, height);
  const rest = pictures.slice(1).map((to, i) => residualPicture(pictures[i], to, motions(i, i + 1), GAIN));
  return { label: `${label} error`, pictures: [first, ...rest] };
}

/** Pictures of a strip as far apart as there is room. */
function singles(strip: Strip): Cell[] {
  const count = Math.min(COLUMNS, strip.pictures.length);
  return Array.from({ length: count }, (_, k) =>
    cellOf(strip, Math.round((k * (strip.pictures.length - 1)) / Math.max(1, count - 1)), SINGLE),
  );
}

const cellOf = ({ label, pictures }: Strip, i: number, edge: number): Cell => ({
  picture: thumbnail(pictures[i], edge),
  label: `${label} ${i + 1}`,
});

/** All strips in one animation, so that they keep step. */
async function animate(frames: readonly Picture[]): Promise<Uint8Array> {
  const [{ width, height }] = frames;
  const parts = [webpHeader(width, height, false, false)];
  for (const { data } of frames) {
    const raw = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
    const single = await raw.webp({ quality: 88 }).toBuffer();
    parts.push(webpFrame(single, width, height, PACE, false));
  }
  const file = Buffer.concat(parts);
  file.set(webpSize(file.length), 4);
  return file;
}

const page = (animation: Uint8Array, words: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Limner: a sequence</title>
<style>body { margin: 16px; font: 14px system-ui, sans-serif; } img { max-width: 100%; }</style>
<img alt="The portrait and how it is painted, moving" src="data:image/webp;base64,${Buffer.from(animation).toString('base64')}">
<pre>${escaped(words)}</pre>
</html>
`;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
