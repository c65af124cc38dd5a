/** What an adaptation learnt, for a person to look at. */

import type { Adaptation } from '../../../models/adapt/index.ts';
import { enlargedCopy } from '../../../models/adapt/judge.ts';
import { windowsOf } from '../../../models/adapt/windows.ts';
import { cropPicture } from '../../../models/image/crop.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { openAdaptedUpscaler } from '../../../models/style-file/adapted-network.ts';
import type { Style } from '../../../models/style-file/index.ts';
import { loadUpscaler } from '../../../models/upscale/upscale.ts';
import { saveFile } from '../../core/files/save-file.ts';
import { type Cell, contactSheet, thumbnail } from '../../core/pictures/contact-sheet.ts';
import { encodePicture, outputFormat } from '../../core/pictures/encode-picture.ts';

/** Edge of a cell in px; the lower row shows pixels at their own size. */
const CELL = 288;

/**
 * First row: the reference and its samples, each beside what the product paints of it. Second row: the middle of the part
 * that was held out, as it is, and from a copy a quarter its size by the shipped and by the adapted network.
 */
export async function savePreview(
  path: string,
  reference: Picture,
  { samples }: Adaptation,
  style: Style,
  signal: AbortSignal,
): Promise<void> {
  const cell = (picture: Picture, label: string): Cell => ({ picture: thumbnail(picture, CELL), label });
  const first = samples
    .slice(0, 2)
    .flatMap(({ picture, repainted }, i) => [
      cell(picture, `sample ${i + 1}`),
      ...(repainted ? [cell(repainted, 'repainted')] : []),
    ]);
  const rows = [[cell(reference, style.manifest.name), ...first], await enlargements(reference, style)];
  await saveFile(path, await encodePicture(contactSheet(rows, CELL), outputFormat(path)), signal);
}

async function enlargements(reference: Picture, style: Style): Promise<Cell[]> {
  const truth = cropPicture(reference, windowsOf(reference).heldOut);
  const shipped = await loadUpscaler('srgan');
  const adapted = await openAdaptedUpscaler(style);
  const before = await enlargedCopy(truth, shipped);
  const after = adapted ? await enlargedCopy(truth, adapted.upscaler) : before;
  await Promise.all([shipped.session.release(), adapted?.upscaler.session.release()]);
  return [
    { picture: middle(truth), label: 'held out' },
    { picture: middle(before), label: 'shipped' },
    { picture: middle(after), label: adapted ? 'adapted' : 'not adapted' },
  ];
}

function middle(picture: Picture): Picture {
  const [width, height] = [Math.min(CELL, picture.width), Math.min(CELL, picture.height)];
  return cropPicture(picture, {
    x: (picture.width - width) >> 1,
    y: (picture.height - height) >> 1,
    width,
    height,
  });
}
