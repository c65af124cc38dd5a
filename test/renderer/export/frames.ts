/** Frames as Figma exports them, with a face, made rather than stored. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { astronaut } from '../run-limner.ts';

/** A portrait of 256×320 px and a picture without a face, as data URIs. */
export async function pictures(): Promise<{ portrait: string; turned: string; scenery: string }> {
  const head = sharp(await readFile(astronaut)).extract({ left: 105, top: 0, width: 240, height: 300 });
  const portrait = await head.resize(256, 320).png().toBuffer();
  const turned = await sharp(portrait).rotate(-90).png().toBuffer();
  const scenery = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#3a7' } })
    .png()
    .toBuffer();
  const uri = (png: Buffer) => `data:image/png;base64,${png.toString('base64')}`;
  return { portrait: uri(portrait), turned: uri(turned), scenery: uri(scenery) };
}

export const svg = (width: number, height: number, body: string) =>
  `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" fill="none" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${body}</svg>`;

/** A picture fill as Figma writes it: a pattern over the shape's box, with the picture scaled into it. */
export const fill = (id: string, image: string, [width, height] = [256, 320]) =>
  `<pattern id="${id}" patternContentUnits="objectBoundingBox" width="1" height="1"><use xlink:href="#${image}" transform="scale(${1 / width} ${1 / height})"/></pattern>`;

/**
 * 240×200 px: a gradient with text, one portrait with rounded corners at (20, 40) of 64×80 px, the same turned by a
 * quarter at (100, 40), one behind a circular mask with a blend mode at (180, 80), scenery at (20, 150).
 */
export async function teamFrame(): Promise<string> {
  const { portrait, turned, scenery } = await pictures();
  return svg(
    240,
    200,
    `<g id="Team"><rect id="Sky" width="240" height="30" fill="url(#sky)"/>
     <text id="Title" x="20" y="20" font-family="DejaVu Sans" font-size="14" fill="white">Our team</text>
     <rect id="Jane" x="20" y="40" width="64" height="80" rx="12" fill="url(#fill0)"/>
     <rect id="Joan" x="100" y="40" width="64" height="80" fill="url(#fill1)"/>
     <mask id="round"><circle cx="205" cy="80" r="30" fill="white"/></mask>
     <g id="Jean" mask="url(#round)" style="mix-blend-mode:multiply"><rect x="173" y="40" width="64" height="80" fill="url(#fill0)"/></g>
     <rect id="Hill" x="20" y="150" width="200" height="30" fill="url(#fill2)"/></g>
     <defs>${fill('fill0', 'image0')}
     <pattern id="fill1" patternContentUnits="objectBoundingBox" width="1" height="1"><use xlink:href="#image1" transform="matrix(0 ${1 / 320} ${-1 / 256} 0 1 0)"/></pattern>
     ${fill('fill2', 'image2', [64, 64])}
     <linearGradient id="sky" x1="0" y1="0" x2="240" y2="0" gradientUnits="userSpaceOnUse"><stop stop-color="#124"/><stop offset="1" stop-color="#48c"/></linearGradient>
     <image id="image0" width="256" height="320" xlink:href="${portrait}"/>
     <image id="image1" width="320" height="256" xlink:href="${turned}"/>
     <image id="image2" width="64" height="64" xlink:href="${scenery}"/></defs>`,
  );
}
