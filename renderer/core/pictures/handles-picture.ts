/** A style's face with its handles, for a person to look at. */
import sharp from 'sharp';
import type { Picture } from '../../../models/image/picture.ts';
import { placesOf, withCorrections } from '../../../models/stylize/corrections.ts';
import { type Corrections, HANDLE_NAMES } from '../../../models/stylize/handles.ts';
import type { StyleFace } from '../../../models/stylize/style-face.ts';

/** Eye distances. */
const RADIUS = 0.025;
const LINE = 0.008;
const LETTERS = 0.06;

/** The used part of the reference; rings where the handles are, dots where the mesh has their points. */
export async function drawHandles(
  { picture, mesh }: Pick<StyleFace, 'picture' | 'mesh'>,
  corrections: Corrections,
): Promise<Picture> {
  const { width, height, data } = picture;
  const [before, after] = [placesOf(mesh), placesOf(withCorrections(mesh, corrections))];
  const unit = mesh.interocular;
  const marks = HANDLE_NAMES.map((name) => {
    const [[fromX, fromY], [x, y]] = [before[name], after[name]];
    const right = name.startsWith('right') || name.endsWith('Right');
    return `<circle cx="${fromX}" cy="${fromY}" r="${LINE * unit}" fill="#0d99ff"/>
      <path d="M${fromX} ${fromY}L${x} ${y}" stroke="#0d99ff" stroke-width="${LINE * unit}"/>
      <circle cx="${x}" cy="${y}" r="${RADIUS * unit}" fill="none" stroke="#fff" stroke-width="${2 * LINE * unit}"/>
      <circle cx="${x}" cy="${y}" r="${RADIUS * unit}" fill="none" stroke="#0d99ff" stroke-width="${LINE * unit}"/>
      <text x="${x + (right ? 1.5 : -1.5) * RADIUS * unit}" y="${y}" text-anchor="${right ? 'start' : 'end'}">${name}</text>`;
  });
  const style = `font:${LETTERS * unit}px sans-serif;fill:#fff;paint-order:stroke;stroke:#000;stroke-width:${LINE * unit}px`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" style="${style}">${marks.join('')}</svg>`;
  const pixels = await sharp(data, { raw: { width, height, channels: 4 } })
    .composite([{ input: Buffer.from(svg) }])
    .raw()
    .toBuffer();
  return { width, height, data: new Uint8ClampedArray(pixels) };
}
