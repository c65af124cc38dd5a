/** Many small pictures in rows and columns with their names, for a person to look at. */
import { createPicture, type Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { drawLabel, labelHeight } from './label.ts';

export interface Cell {
  /** Already small: see `thumbnail`. */
  readonly picture: Picture;
  readonly label: string;
}

const GAP = 6;
const LABEL_SCALE = 2;

/** A picture made to fit a square of `edge` pixels; never enlarged. */
export function thumbnail(picture: Picture, edge: number): Picture {
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
  const size = (length: number) => Math.max(1, Math.round(length * scale));
  return resizePicture(picture, size(picture.width), size(picture.height));
}

/** Rows of cells on white, each cell `edge` pixels wide with its label above; null leaves a cell empty. */
export function contactSheet(rows: readonly (readonly (Cell | null)[])[], edge: number): Picture {
  const top = labelHeight(LABEL_SCALE) + GAP;
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const rowHeight = top + edge + GAP;
  const sheet = createPicture(columns * (edge + GAP) + GAP, rows.length * rowHeight + GAP);
  sheet.data.fill(255);
  rows.forEach((row, j) => {
    row.forEach((cell, i) => {
      if (!cell) return;
      const x = GAP + i * (edge + GAP);
      const y = GAP + j * rowHeight;
      drawLabel(sheet, cell.label, x, y, edge, LABEL_SCALE);
      drawOver(sheet, cell.picture, x + Math.floor((edge - cell.picture.width) / 2), y + top);
    });
  });
  return sheet;
}

/** Draws a picture over an opaque one; it must lie inside. */
function drawOver(sheet: Picture, picture: Picture, left: number, top: number): void {
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const from = (y * picture.width + x) * 4;
      const to = ((top + y) * sheet.width + left + x) * 4;
      const alpha = picture.data[from + 3] / 255;
      for (let c = 0; c < 3; c++) {
        sheet.data[to + c] = sheet.data[to + c] * (1 - alpha) + picture.data[from + c] * alpha;
      }
    }
  }
}
