/** Words on contact sheets: a 5×7 pixel font, so that a machine without any font can write them. */
import type { Picture } from '../../../models/image/picture.ts';

/** Five columns a glyph, two hexadecimal digits each, lowest bit on top. */
// biome-ignore format: a table
const GLYPHS: Record<string, string> = {
  '0': '3e5149453e', '1': '00427f4000', '2': '4261514946', '3': '2141454b31', '4': '1814127f10',
  '5': '2745454539', '6': '3c4a494930', '7': '0171090503', '8': '3649494936', '9': '064949291e',
  A: '7e1111117e', B: '7f49494936', C: '3e41414122', D: '7f4141221c', E: '7f49494941', F: '7f09090901',
  G: '3e4149497a', H: '7f0808087f', I: '00417f4100', J: '2040413f01', K: '7f08142241', L: '7f40404040',
  M: '7f020c027f', N: '7f0408107f', O: '3e4141413e', P: '7f09090906', Q: '3e4151215e', R: '7f09192946',
  S: '4649494931', T: '01017f0101', U: '3f4040403f', V: '1f2040201f', W: '3f4038403f', X: '6314081463',
  Y: '0708700807', Z: '6151494543', '-': '0808080808', _: '4040404040', '.': '0060600000', ' ': '0000000000',
};
const UNKNOWN = '007f417f00';
/** Advance of a character and height of a line, in font pixels. */
const ADVANCE = 6;
const HEIGHT = 7;

/** Height in pixels of a label drawn at `scale`. */
export const labelHeight = (scale: number): number => HEIGHT * scale;

/** Writes black capitals with the top left corner at x, y; what does not fit into `room` pixels is left out. */
export function drawLabel(
  picture: Picture,
  text: string,
  x: number,
  y: number,
  room: number,
  scale: number,
): void {
  const letters = [...text.toUpperCase()].slice(0, Math.floor(room / (ADVANCE * scale)));
  letters.forEach((letter, i) => {
    drawGlyph(picture, GLYPHS[letter] ?? UNKNOWN, x + i * ADVANCE * scale, y, scale);
  });
}

function drawGlyph(picture: Picture, glyph: string, left: number, top: number, scale: number): void {
  for (let column = 0; column < 5; column++) {
    const bits = Number.parseInt(glyph.slice(2 * column, 2 * column + 2), 16);
    for (let row = 0; row < HEIGHT; row++) {
      if (bits & (1 << row)) drawDot(picture, left + column * scale, top + row * scale, scale);
    }
  }
}

function drawDot({ width, height, data }: Picture, left: number, top: number, size: number): void {
  for (let y = Math.max(0, top); y < Math.min(height, top + size); y++) {
    for (let x = Math.max(0, left); x < Math.min(width, left + size); x++) {
      data.set([0, 0, 0, 255], (y * width + x) * 4);
    }
  }
}
