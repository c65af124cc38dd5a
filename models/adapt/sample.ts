/**
 * Samples of a style: the reference smoothly deformed, as if the painter had made another picture, and what the product's
 * own synthesis paints when it is given one as a portrait. The first is the truth for the second.
 */
import type { FaceNetworks } from '../face/index.ts';
import { catmullRom } from '../image/catmull-rom.ts';
import { createPicture, type Picture } from '../image/picture.ts';
import type { Distribution } from '../style-file/index.ts';
import { type PreparedStyle, stylize } from '../stylize/stylize.ts';
import { movingLeastSquares, type PositionMap } from '../synthesis/moving-least-squares.ts';

export interface Sample {
  readonly picture: Picture;
  /** Where in the reference each pixel comes from, px. */
  readonly source: PositionMap;
  /** The sample as the product paints it; null where it shows no face. */
  readonly repainted: Picture | null;
}

/** @param random uniform in 0..1 */
export async function drawSample(
  reference: Picture,
  style: PreparedStyle,
  networks: FaceNetworks,
  distribution: Distribution,
  random: () => number,
  signal?: AbortSignal,
): Promise<Sample> {
  const source = drawWarp(reference, distribution, random);
  const picture = resample(reference, source);
  const repainted = await repaint(picture, style, networks, signal);
  return { picture, source, repainted };
}

/** A picture in the style; null where it shows no face. */
export async function repaint(
  picture: Picture,
  style: PreparedStyle,
  networks: FaceNetworks,
  signal?: AbortSignal,
): Promise<Picture | null> {
  if ((await networks.findFaces(picture)).length === 0) return null;
  return (await stylize(picture, style, networks, { signal, faces: 'largest' })).picture;
}

/** Control points on a coarse grid, moved by one similarity and each a little by itself. */
function drawWarp(
  { width, height }: Picture,
  { scale, turn, bend }: Distribution,
  random: () => number,
): PositionMap {
  const within = (low: number, high: number) => low + (high - low) * random();
  const zoom = 1 / within(...scale);
  const angle = within(-turn, turn);
  const [cos, sin] = [zoom * Math.cos(angle), zoom * Math.sin(angle)];
  const from: number[] = [];
  const to: number[] = [];
  const reach = bend * Math.min(width, height);
  for (let row = 0; row < 4; row++)
    for (let column = 0; column < 4; column++) {
      const [x, y] = [(column / 3) * (width - 1), (row / 3) * (height - 1)];
      const [dx, dy] = [x - width / 2, y - height / 2];
      from.push(x, y);
      to.push(
        width / 2 + cos * dx - sin * dy + within(-reach, reach),
        height / 2 + sin * dx + cos * dy + within(-reach, reach),
      );
    }
  return movingLeastSquares(width, height, { from: Float32Array.from(from), to: Float32Array.from(to) });
}

/** Catmull-Rom; outside the reference its border is repeated. */
function resample({ width, height, data }: Picture, { x, y }: PositionMap): Picture {
  const out = createPicture(x.width, x.height);
  for (let i = 0; i < x.data.length; i++) {
    const u = Math.min(width - 3, Math.max(1, x.data[i]));
    const v = Math.min(height - 3, Math.max(1, y.data[i]));
    const [column, row] = [Math.floor(u), Math.floor(v)];
    const [wx, wy] = [catmullRom(u - column), catmullRom(v - row)];
    for (let c = 0; c < 3; c++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) {
        const at = ((row + k - 1) * width + column - 1) * 4 + c;
        sum +=
          wy[k] * (wx[0] * data[at] + wx[1] * data[at + 4] + wx[2] * data[at + 8] + wx[3] * data[at + 12]);
      }
      out.data[4 * i + c] = sum;
    }
    out.data[4 * i + 3] = 255;
  }
  return out;
}
