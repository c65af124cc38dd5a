/** A document to try the plugin on: a portrait, a painting, a frame of avatars, and a drawing without a face. */
import type { Paint } from '@figma/plugin-typings/plugin-api-standalone.d.ts';
import type { FigmaHost } from '../sandbox/figma-host.ts';
import type { NodeSpec } from '../sandbox/scene-spec.ts';

/** Avatars are one public portrait in several crops and tints: shares of the picture, and a filter. */
const AVATARS: readonly {
  readonly name: string;
  readonly crop: readonly [number, number, number];
  readonly filter: string;
}[] = [
  { name: 'Eileen', crop: [0.2, 0, 0.5], filter: 'none' },
  { name: 'Evening', crop: [0.22, 0.02, 0.45], filter: 'sepia(0.6) brightness(0.8)' },
  { name: 'Grey', crop: [0.25, 0.03, 0.4], filter: 'grayscale(1)' },
  { name: 'Wide', crop: [0, 0, 0.9], filter: 'none' },
  { name: 'Warm', crop: [0.18, 0, 0.55], filter: 'hue-rotate(-15deg) saturate(1.3)' },
  { name: 'Bright', crop: [0.2, 0, 0.5], filter: 'brightness(1.25)' },
  { name: 'Dark', crop: [0.2, 0, 0.5], filter: 'brightness(0.6)' },
  { name: 'Shuttle', crop: [0.65, 0.05, 0.33], filter: 'none' },
];

export async function plantSamples(host: FigmaHost): Promise<void> {
  const [portrait, painting] = await Promise.all(['astronaut.png', 'joconde.jpg'].map(load));
  const avatars = await Promise.all(
    AVATARS.map(async ({ name, crop, filter }): Promise<NodeSpec> => {
      const bytes = await cropped(portrait, crop, filter);
      return { type: 'ELLIPSE', name, width: 160, height: 160, fills: [fill(host, bytes)] };
    }),
  );
  host.plant([
    {
      type: 'RECTANGLE',
      name: 'Eileen Collins',
      width: 480,
      height: 480,
      topLeftRadius: 24,
      bottomRightRadius: 24,
      fills: [fill(host, portrait)],
    },
    { type: 'RECTANGLE', name: 'Mona Lisa', x: 1080, width: 320, height: 480, fills: [fill(host, painting)] },
    {
      type: 'FRAME',
      name: 'Team',
      y: 540,
      width: 740,
      height: 380,
      layoutMode: 'HORIZONTAL',
      layoutWrap: 'WRAP',
      itemSpacing: 20,
      paddingLeft: 20,
      paddingTop: 20,
      fills: [solid(0.93, 0.95, 1)],
      children: avatars,
    },
    {
      type: 'GROUP',
      name: 'Drawing without a face',
      children: [
        { type: 'RECTANGLE', x: 800, y: 560, width: 240, height: 200, fills: [solid(1, 0.8, 0.3)] },
        { type: 'ELLIPSE', x: 840, y: 600, width: 120, height: 120, fills: [solid(0.2, 0.4, 0.8)] },
      ],
    },
  ]);
}

async function load(name: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(`/fixtures/${name}`)).arrayBuffer());
}

function fill(host: FigmaHost, bytes: Uint8Array): Paint {
  return { type: 'IMAGE', scaleMode: 'FILL', imageHash: host.images.keep(bytes).hash };
}

function solid(r: number, g: number, b: number): Paint {
  return { type: 'SOLID', color: { r, g, b } };
}

async function cropped(
  picture: Uint8Array,
  [left, top, edge]: readonly [number, number, number],
  filter: string,
): Promise<Uint8Array> {
  const bitmap = await createImageBitmap(new Blob([picture.slice()]));
  const size = edge * bitmap.width;
  const canvas = new OffscreenCanvas(Math.round(size), Math.round(size));
  const context = canvas.getContext('2d')!;
  context.filter = filter;
  context.drawImage(bitmap, -left * bitmap.width, -top * bitmap.height);
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}
