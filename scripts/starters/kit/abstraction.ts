import { gaussianBlur } from '../../../models/image/blur.ts';
import type { LabPlanes } from '../../../models/image/colour.ts';
import { createPlane, type Plane } from '../../../models/image/picture.ts';
import type { Field } from './field.ts';

/**
 * Flat areas with clean borders: a bilateral filter across the edges, then along them, a few times over (Kyprianidis and Döllner 2008,
 * "Image abstraction by structure adaptive filtering").
 * @param reach px to each side
 * @param range Lab distance at which a neighbour's weight is 0.6
 */
export function abstractColours(
  lab: LabPlanes,
  field: Field,
  reach: number,
  range: number,
  rounds: number,
): LabPlanes {
  let planes = [lab.l, lab.a, lab.b];
  for (let round = 0; round < rounds; round++) {
    planes = bilateralAlong(planes, field, 'across', reach, range);
    planes = bilateralAlong(planes, field, 'along', reach, range);
  }
  return { l: planes[0], a: planes[1], b: planes[2] };
}

function bilateralAlong(
  [l, a, b]: readonly Plane[],
  { x: fx, y: fy }: Field,
  way: 'across' | 'along',
  reach: number,
  range: number,
): Plane[] {
  const { width, height } = l;
  const out = [0, 1, 2].map(() => createPlane(width, height));
  const falloff = 1 / (2 * range * range);
  const spread = 2 / (reach * reach);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [dx, dy] = way === 'along' ? [fx.data[i], fy.data[i]] : [-fy.data[i], fx.data[i]];
      let [sl, sa, sb, sum] = [0, 0, 0, 0];
      for (let k = -reach; k <= reach; k++) {
        const px = Math.min(width - 1, Math.max(0, Math.round(x + k * dx)));
        const py = Math.min(height - 1, Math.max(0, Math.round(y + k * dy)));
        const j = py * width + px;
        const d = (l.data[j] - l.data[i]) ** 2 + (a.data[j] - a.data[i]) ** 2 + (b.data[j] - b.data[i]) ** 2;
        const w = Math.exp(-d * falloff - k * k * spread);
        sl += w * l.data[j];
        sa += w * a.data[j];
        sb += w * b.data[j];
        sum += w;
      }
      out[0].data[i] = sl / sum;
      out[1].data[i] = sa / sum;
      out[2].data[i] = sb / sum;
    }
  }
  return out;
}

/** Mean along the field over `reach` px each way. */
export function smoothAlong(plane: Plane, { x: fx, y: fy }: Field, reach: number): Plane {
  const { width, height, data } = plane;
  const out = createPlane(width, height);
  for (let i = 0; i < data.length; i++) {
    let [sum, count] = [data[i], 1];
    for (const sign of [-1, 1]) {
      let [x, y] = [(i % width) + 0.5, Math.floor(i / width) + 0.5];
      let [dx, dy] = [sign * fx.data[i], sign * fy.data[i]];
      for (let k = 0; k < reach; k++) {
        x += dx;
        y += dy;
        if (x < 0 || y < 0 || x >= width || y >= height) break;
        const j = Math.floor(y) * width + Math.floor(x);
        sum += data[j];
        count++;
        const turn = Math.sign(fx.data[j] * dx + fy.data[j] * dy) || 1;
        [dx, dy] = [turn * fx.data[j], turn * fy.data[j]];
      }
    }
    out.data[i] = sum / count;
  }
  return out;
}

/**
 * Dark lines: difference of Gaussians across, averaged along the flow (Kang 2007; Winnemöller 2012). In units of lightness, above 0
 * where a line would be drawn.
 * @param sigma px, half the width of the lines sought
 */
export function darkLines(lightness: Plane, field: Field, sigma: number): Plane {
  const inner = gaussianBlur(lightness, sigma);
  const outer = gaussianBlur(lightness, 2.2 * sigma);
  const difference = { ...lightness, data: outer.data.map((v, i) => v - inner.data[i]) };
  return smoothAlong(difference, field, Math.round(4 * sigma));
}
