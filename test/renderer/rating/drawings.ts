/** Folders of small drawings, as results of methods. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import sharp from 'sharp';

/** A flat colour with a bar whose place tells drawings apart. */
export function drawing(width: number, height: number, hue: number, bar: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="hsl(${hue} 50% 60%)"/><rect x="${bar}" width="9" height="100%" fill="#223"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

export async function draw(
  path: string,
  hue: number,
  bar: number,
  [width, height] = [96, 80],
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, await drawing(width, height, hue, bar));
}

/** An animated WebP whose bar moves. */
export async function drawSequence(path: string, hue: number, step: number): Promise<void> {
  const frames = await Promise.all([0, 1, 2].map((i) => drawing(64, 64, hue, 10 + i * step)));
  await mkdir(dirname(path), { recursive: true });
  const webp = await sharp(frames, { join: { animated: true } })
    .webp({ delay: [80, 80, 80] })
    .toBuffer();
  await writeFile(path, webp);
}

export const PEOPLE = ['anna', 'ben', 'chloe', 'dan'];

/** ours/ and theirs/ with PERSON.oil.png, people/ twice as large, styles/oil.png */
export async function drawFolders(inFolder: (...names: string[]) => string): Promise<void> {
  for (const [i, person] of PEOPLE.entries()) {
    await draw(inFolder('people', `${person}.png`), i * 40, 20, [192, 160]);
    await draw(inFolder('ours', 'oils', `${person}.oil.png`), i * 40, 40);
    await draw(inFolder('theirs', 'oils', `${person}.oil.png`), i * 40, 60);
  }
  await draw(inFolder('styles', 'oil.png'), 300, 5, [120, 60]);
}
