import { between, happens, type Random } from './chance.ts';
import { blur, blurred, clamp, luma } from './planes.ts';
import { AREA, lumaOf, SIDE } from './scene.ts';

/** Brush strokes along edges, large ones first, in the colours under them (after Hertzmann 1998). */
export function paintStrokes(rgb: Float32Array, random: Random): void {
  const finest = between(random, 1.2, 3.5);
  const jitter = between(random, 0.02, 0.14);
  const source = rgb.slice();
  blur(source, finest * 0.6);
  const grey = blurred(luma(source), 2);
  const relief = between(random, 0, 0.15);
  if (happens(random, 0.5)) blur(rgb, 6);
  for (const radius of [finest * 3, finest * 1.7, finest]) {
    const count = Math.round((1.6 * AREA) / (radius * radius * 7));
    for (let k = 0; k < count; k++) {
      const [x, y] = [between(random, 1, SIDE - 2), between(random, 1, SIDE - 2)];
      const i = Math.floor(y) * SIDE + Math.floor(x);
      const change = Math.abs(lumaOf(source, i) - lumaOf(rgb, i));
      if (radius === finest && change < 0.02) continue;
      stroke(rgb, source, grey, { x, y, radius, jitter, relief }, random);
    }
  }
}

interface Stroke {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly jitter: number;
  readonly relief: number;
}

function stroke(
  rgb: Float32Array,
  source: Float32Array,
  grey: Float32Array,
  s: Stroke,
  random: Random,
): void {
  const start = Math.floor(s.y) * SIDE + Math.floor(s.x);
  const gx = grey[start + 1] - grey[start - 1];
  const gy = grey[Math.min(AREA - 1, start + SIDE)] - grey[Math.max(0, start - SIDE)];
  const strength = Math.hypot(gx, gy);
  const angle = (strength > 0.01 ? Math.atan2(gx, -gy) : between(random, 0, 3.14)) + 0.3 * (random() - 0.5);
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const length = s.radius * between(random, 1.5, 4);
  const shift = s.jitter * (random() - 0.5) * 2;
  const ink = [0, 1, 2].map((c) => clamp(source[c * AREA + start] + shift + s.jitter * (random() - 0.5)));
  const reach = Math.ceil(length + s.radius);
  for (let v = -reach; v <= reach; v++) {
    const row = Math.floor(s.y) + v;
    if (row < 0 || row >= SIDE) continue;
    for (let u = -reach; u <= reach; u++) {
      const column = Math.floor(s.x) + u;
      if (column < 0 || column >= SIDE) continue;
      const [along, across] = [u * dx + v * dy, u * dy - v * dx];
      if (Math.hypot(Math.max(0, Math.abs(along) - length), across) > s.radius) continue;
      const edge = s.relief * (across / s.radius);
      const i = row * SIDE + column;
      for (let c = 0; c < 3; c++) rgb[c * AREA + i] += 0.85 * (clamp(ink[c] + edge) - rgb[c * AREA + i]);
    }
  }
}
