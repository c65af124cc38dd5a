/** A labelled picture for a person to judge: tints, outlines of the classes, and a grid to read coordinates from. */
import sharp from 'sharp';
import { PARSING_CLASSES, UNKNOWN } from '../../models/face/parsing-classes.ts';
import type { Picture } from '../../models/image/picture.ts';
import { COLOURS } from './classes.ts';
import type { LabelMap } from './label-map.ts';

/** Share of a class's colour within it. */
const TINT = 0.22;
/** px of the picture between lines of the grid. */
const GRID = 64;

/** @param zoom times the picture's size; @returns PNG of the labelled picture, with its plain copy at the left if wanted */
export async function overlay(
  name: string,
  picture: Picture,
  labels: LabelMap,
  zoom: number,
  withPlain: boolean,
): Promise<Buffer> {
  const plain = await enlarge(picture, zoom);
  const [width, height] = [Math.round(picture.width * zoom), Math.round(picture.height * zoom)];
  const tinted = Buffer.from(plain);
  const at = (x: number, y: number) =>
    labels.data[
      Math.min(labels.height - 1, Math.floor(y / zoom)) * labels.width +
        Math.min(labels.width - 1, Math.floor(x / zoom))
    ];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const label = at(x, y);
      const isBorder = label !== at(x + 1, y) || label !== at(x, y + 1);
      const colour = label === UNKNOWN ? ([128, 128, 128] as const) : COLOURS[PARSING_CLASSES[label]];
      const tint = isBorder ? 1 : PARSING_CLASSES[label] === 'background' ? 0.2 : TINT;
      const i = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) tinted[i + c] += tint * (colour[c] - tinted[i + c]);
    }
  }
  const raw = { raw: { width, height, channels: 3 as const } };
  const panels = withPlain ? [plain, tinted] : [tinted];
  const grid = Buffer.from(gridSvg(name, picture, zoom));
  return sharp({ create: { width: panels.length * width, height, channels: 3, background: 'black' } })
    .composite(
      panels.flatMap((input, k) => [
        { input, ...raw, left: k * width, top: 0 },
        { input: grid, left: k * width, top: 0 },
      ]),
    )
    .png({ compressionLevel: 3 })
    .toBuffer();
}

function enlarge({ width, height, data }: Picture, zoom: number): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .resize(Math.round(width * zoom), Math.round(height * zoom), { kernel: 'cubic' })
    .raw()
    .toBuffer();
}

function gridSvg(name: string, { width, height }: Picture, zoom: number): string {
  const [w, h] = [Math.round(width * zoom), Math.round(height * zoom)];
  const lines: string[] = [];
  const text = (x: number, y: number, words: string) =>
    `<text x="${x}" y="${y}" font-size="12" font-family="sans-serif" fill="white" stroke="black" stroke-width="2.5" paint-order="stroke">${words}</text>`;
  for (let v = GRID; v < Math.max(width, height); v += GRID) {
    const p = v * zoom;
    if (v < width) lines.push(`<path d="M${p} 0V${h}"/>`);
    if (v < height) lines.push(`<path d="M0 ${p}H${w}"/>`);
  }
  const words: string[] = [text(3, h - 4, name)];
  for (let v = GRID; v < Math.max(width, height); v += GRID) {
    if (v < width) words.push(text(v * zoom + 2, 11, `${v}`), text(v * zoom + 2, h * 0.6, `${v}`));
    if (v < height) words.push(text(2, v * zoom - 2, `${v}`), text(w / 2 + 2, v * zoom - 2, `${v}`));
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><g stroke="white" stroke-opacity="0.35" stroke-width="1">${lines.join('')}</g>${words.join('')}</svg>`;
}
