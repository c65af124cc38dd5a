/** Frames to pixels and to PDF. */
import type { Page } from 'puppeteer-core';
import sharp from 'sharp';
import type { Picture } from '../../models/image/picture.ts';
import { showDocument } from './browser.ts';
import { type Frame, writeFrame } from './frame.ts';

/** Edge (px) of what the browser draws at once. */
const TILE = 2048;
/** No name resolves and nothing is allowed but what lies in the file. */
const POLICY =
  "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src 'none'; form-action 'none'";

/** XML, as the frame was checked: a parser of HTML would understand some of it differently. */
const pageOf = (svg: string, more: string) =>
  `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>frame</title><style>html,body{margin:0;background:transparent;overflow:hidden}` +
  `body>svg{display:block;position:absolute;left:0;top:0}${more}</style></head><body>${svg}</body></html>`;

/** Shows a frame `scale` times as large, and waits for its pictures and fonts. */
export async function showFrame(page: Page, frame: Frame, scale: number, more = ''): Promise<void> {
  await showDocument(page, {
    body: pageOf(writeFrame(frame, scale), more),
    contentType: 'application/xhtml+xml; charset=utf-8',
    policy: POLICY,
  });
  await page.evaluate(() => document.fonts.ready.then(() => true));
}

/**
 * The frame at exactly its size times `scale`, rounded, tile by tile. Every tile draws the whole frame moved by whole
 * pixels, so neighbours meet without a seam.
 */
export async function drawFrame(
  page: Page,
  frame: Frame,
  scale: number,
  onTile: (done: number) => void = () => undefined,
): Promise<Picture> {
  const [width, height] = [Math.round(frame.width * scale), Math.round(frame.height * scale)];
  const viewport = { width: Math.min(width, TILE), height: Math.min(height, TILE), deviceScaleFactor: 1 };
  await page.setViewport(viewport);
  await showFrame(page, frame, scale);
  const data = new Uint8ClampedArray(width * height * 4);
  const tiles = tilesOf(width, height);
  for (const [i, { x, y }] of tiles.entries()) {
    await moveTo(page, x, y);
    const png = await page.screenshot({ type: 'png', omitBackground: true, captureBeyondViewport: false });
    const { data: samples, info } = await sharp(png)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    place(
      { ...info, data: new Uint8ClampedArray(samples.buffer, samples.byteOffset, samples.length) },
      { width, height, data },
      x,
      y,
    );
    onTile((i + 1) / tiles.length);
  }
  return { width, height, data };
}

function tilesOf(width: number, height: number): { x: number; y: number }[] {
  const starts = (length: number) => Array.from({ length: Math.ceil(length / TILE) }, (_, i) => i * TILE);
  return starts(height).flatMap((y) => starts(width).map((x) => ({ x, y })));
}

const moveTo = (page: Page, x: number, y: number) =>
  page.evaluate(
    (left, top) => {
      const svg = document.querySelector('svg');
      if (!svg) return;
      svg.style.left = `${-left}px`;
      svg.style.top = `${-top}px`;
    },
    x,
    y,
  );

function place(tile: Picture, whole: Picture, x: number, y: number): void {
  const columns = Math.min(tile.width, whole.width - x);
  for (let row = 0; row < Math.min(tile.height, whole.height - y); row++) {
    const from = row * tile.width * 4;
    whole.data.set(tile.data.subarray(from, from + columns * 4), ((y + row) * whole.width + x) * 4);
  }
}

/** One page of exactly the frame's size; text and shapes stay what they are. */
export async function printFrame(page: Page, frame: Frame, scale: number): Promise<Uint8Array> {
  const [width, height] = [frame.width * scale, frame.height * scale].map(Math.round);
  await showFrame(page, frame, scale, `@page{size:${width}px ${height}px;margin:0}`);
  return page.pdf({
    width: `${width}px`,
    height: `${height}px`,
    printBackground: true,
    preferCSSPageSize: true,
    pageRanges: '1',
  });
}
